"""Reference tables of the planner: the menu of tactics, prompts and levels of disruption."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from chb.domain.places.phases import Phase
from chb.domain.planning.disruptions import DisruptionLevel, ImpactKind, ImpactPrompt
from chb.domain.planning.plans import Pillar, PreventLevel
from chb.domain.planning.tactics import Tactic, TacticHeading
from chb.domain.refusal import Refusal
from chb.sources.reference import REFERENCE_FOLDER

Made = TypeVar("Made")


@cache
def tactics(folder: Path = REFERENCE_FOLDER) -> tuple[Tactic, ...]:
    """The menu of tactics in the table's order; Refusal for a row that is not whole."""
    return read_table(folder / "tactics.csv", _tactic)


@cache
def impact_prompts(folder: Path = REFERENCE_FOLDER) -> tuple[ImpactPrompt, ...]:
    """Questions that help to assess a disruption."""
    return read_table(
        folder / "disruption_prompts.csv",
        lambda row: ImpactPrompt(row["key"], ImpactKind(row["kind"]), row["question"], row["help"]),
    )


@cache
def disruption_levels(folder: Path = REFERENCE_FOLDER) -> dict[DisruptionLevel, str]:
    """What each level means, in words that a partnership may edit."""
    rows = read_table(
        folder / "disruption_levels.csv",
        lambda row: (DisruptionLevel(row["level"]), f"{row['meaning']} {row['example']}"),
    )
    return dict(rows)


def _tactic(row: dict[str, str]) -> Tactic:
    return Tactic(
        key=row["key"],
        heading=TacticHeading(row["heading"]),
        pillar=Pillar(row["pillar"]),
        prevent_level=PreventLevel(row["prevent_level"]) if row["prevent_level"] else None,
        what=row["what"],
        power_or_agency=row["power_or_agency"],
        phases=tuple(Phase(word.strip()) for word in row["phases"].split(";")),
        note=row["note"],
        source_section=row["source_section"],
    )


def read_table(file: Path, make: Callable[[dict[str, str]], Made]) -> tuple[Made, ...]:
    """A reference table, each row made into what it stands for; Refusal for one that cannot be."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    made = []
    for line, row in enumerate(rows, start=2):
        try:
            made.append(make(row))
        except (KeyError, ValueError, AttributeError) as fault:
            raise Refusal(
                f"The reference table {file.name} is not whole",
                found=f"Row {line}: {fault}",
                cause="A column is missing, or a word is not one of those known",
                remedy="Correct the row; the other rows show how",
            ) from fault
    return tuple(made)
