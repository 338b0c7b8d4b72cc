"""Analyses as tables a person reads in a terminal."""

from __future__ import annotations

from dataclasses import asdict
from math import isnan
from typing import Any, Final

import numpy as np
import pandas as pd

from chb.cli.output import print_frame, print_table, say
from chb.services.harm.analysis import Analysis
from chb.services.harm.association import Associations
from chb.services.harm.forward_test import SCORES, ForwardTests
from chb.services.harm.hotspots import Hotspots
from chb.services.harm.priority import COMPONENTS
from chb.services.harm.stability import StabilityMap
from chb.services.harm.trends import Trends
from geo import frames
from geo.cells import to_text
from geo.hotspots.stability import Steadiness
from geo.validation.bootstrap import Interval

_MOST: Final = 20
_QUIET: Final = ("none", "intermittent", "not enough data")
_MOST_A_CLASS: Final = 5
_SIGNIFICANT: Final = 0.05
_CLASSES: Final = ((3, "high"), (2, "middle"), (1, "low"))
_SIZE: Final = {
    "rank": "rank (range)",
    "hotspot": "no.",
    "name": "name",
    frames.AREA_KM2: "km2",
    frames.COUNT: "count",
    "harm": "harm",
    "percent": "% of harm",
    "mean_z": "mean z",
}
_NATURE: Final = {
    "hotspot": "no.",
    "name": "name",
    "main_categories": "main categories of harm",
    "frequency_desert": "few incidents",
}
_WORST: Final = {
    frames.CELL: "cell",
    "place_name": "near",
    "change": "class",
    "months_hot": "months hot",
    "harm": "harm",
    "trend": "trend",
}


def print_hotspots(found: Hotspots) -> None:
    """Hotspots by priority, the parts of the ranking, and what became of earlier ones."""
    table = found.table.sort_values(["priority_rank", "hotspot"])
    ranges = zip(table["priority_rank"], table["best_rank"], table["worst_rank"], strict=True)
    table = table.assign(
        rank=[f"{rank} ({best}-{worst})" for rank, best, worst in ranges],
        percent=100 * table["share_of_harm"],
        harm=table[frames.HARM_DAYS].round().astype("int64"),
    )
    _print_some(_title(found, "Hotspots"), table, _SIZE)
    followed = {"status": "since", "earlier": "earlier"} if "status" in table else {}
    _print_some("What happens there", table, _NATURE | followed)
    points = {f"{key}_points": component.label for key, component in COMPONENTS.items()}
    named = {column: label for column, label in points.items() if column in table}
    _print_some(
        "Priority: points of each component, adding up to the score",
        table,
        {"rank": "rank (range)", "name": "name", **named, "priority_score": "score"},
    )
    if not found.earlier.empty:
        shown = {"hotspot": "no.", "name": "name", "status": "became", "later": "now"}
        _print_some(f"Hotspots of {found.request.against}", found.earlier, shown)
    _print_small_print(found)


def print_trends(found: Trends) -> None:
    """Classes with their cells and harm, then the worst cells of each class that stands out."""
    table = found.table.assign(percent=100 * found.table["share_of_harm"])
    headings = {
        "change": "class",
        "n_cells": "cells",
        frames.COUNT: "count",
        frames.HARM_DAYS: "harm",
        "percent": "% of harm",
    }
    print_frame(_title(found, "Change"), table, headings)
    cells = found.cells[~found.cells["change"].isin(_QUIET)]
    cells = cells.sort_values(frames.HARM_DAYS, ascending=False, kind="stable")
    worst = cells.groupby("change").head(_MOST_A_CLASS).sort_values("change", kind="stable")
    steady = worst["trend_p"] > _SIGNIFICANT
    worst = worst.assign(
        cell=to_text(worst[frames.CELL].to_numpy()),
        trend=np.select([steady, worst["trend_z"] > 0], ["", "rising"], "falling"),
        harm=worst[frames.HARM_DAYS].round().astype("int64"),
    )
    print_frame(f"Worst {_MOST_A_CLASS} cells of each class", worst, _WORST)
    _print_small_print(found)


def print_forward_test(found: ForwardTests) -> None:
    """Scores by size of map, their denominators, and the answer in a sentence."""
    rows = found.table.to_dict("records")
    maps = [(f"{row['share_of_area']:.1%}", row["measure"]) for row in rows]
    print_table(
        _title(found, f"{found.n_tests} forward tests"),
        ("map", "of", "hit rate", "PAI", "PEI", "recapture"),
        [
            (*one, *(_range(row, name) for name in SCORES))
            for one, row in zip(maps, rows, strict=True)
        ],
    )
    amounts = ("inside", "total", "map_km2", "area_km2")
    print_table(
        "Denominators",
        ("map", "of", "inside", "total", "map km2", "area km2"),
        [(*one, *(row[name] for name in amounts)) for one, row in zip(maps, rows, strict=True)],
    )
    for measure, overlap in found.rank_overlap.items():
        say(f"Rank-biased overlap of successive maps of {measure}: {_interval(overlap)}.")
    gini = found.concentration
    say(
        f"Concentration of incidents: Gini {gini.gini:.2f} against {gini.expected:.2f} by chance"
        f" (p {gini.p:.3f})."
    )
    say(forward_answer(found))
    _print_small_print(found)


def forward_answer(found: ForwardTests) -> str:
    """One sentence a person can repeat, of the middle size of map."""
    first = found.table[found.table["measure"] == found.table["measure"].iloc[0]]
    row = first.iloc[len(first) // 2]
    request = found.request
    return (
        f"A map of {request.learn_months} months showing {row['share_of_area']:.1%} of the area"
        f" would have held {row['hit_rate']:.0%} of the {row['measure']} of the"
        f" {request.test_months} months after it, {row['pai']:.1f} times what chance would put"
        " there."
    )


def forward_extras(found: ForwardTests) -> dict[str, Any]:
    """What the table of scores does not hold, for a machine."""
    overlaps = {
        measure: {key: None if isnan(value) else value for key, value in asdict(one).items()}
        for measure, one in found.rank_overlap.items()
    }
    return {
        "answer": forward_answer(found),
        "n_tests": found.n_tests,
        "n_skipped": found.n_skipped,
        "rank_overlap": overlaps,
        "concentration": asdict(found.concentration),
    }


def print_stability(found: StabilityMap) -> None:
    """How many cells stay, and which choice moves the map most."""
    counts = found.cells["steadiness"].value_counts()
    named = [(str(name), int(counts.get(str(name), 0))) for name in Steadiness]
    print_table(_title(found, f"{len(found.table)} runs"), ("cell is", "cells"), named)
    varied = ("scheme", "bandwidth_m", "resolution", "grid_shift", "year")
    rows = [
        (choice.removesuffix("_m").replace("_", " "), str(value), 100 * float(shared))
        for choice in varied
        for value, shared in found.table.groupby(choice)["shared_with_asked"].mean().items()
    ]
    title = "Hottest cells shared with the map as asked, mean over runs"
    print_table(title, ("choice", "value", "% shared"), rows)
    _print_small_print(found)


def print_associations(found: Associations) -> None:
    """Correlations, then the nine classes of the two-variable map."""
    headings = {
        "measure": "harm",
        "domain": "domain",
        "rho": "rho",
        "rho_low": "low",
        "rho_high": "high",
        "n_used": "cells",
    }
    print_frame(_title(found, "Rank correlation"), found.table, headings)
    nine = pd.crosstab(found.cells["harm_class"], found.cells["deprivation_class"])
    nine = nine.reindex(index=(3, 2, 1), columns=(1, 2, 3), fill_value=0)
    rows = [(f"{name} harm", *map(int, nine.loc[at])) for at, name in _CLASSES]
    print_table(
        f"Cells by thirds of harm density and of {found.against}",
        ("", *(f"{name} deprivation" for _, name in reversed(_CLASSES))),
        rows,
    )
    _print_small_print(found)


def _print_some(title: str, frame: pd.DataFrame, headings: dict[str, str]) -> None:
    print_frame(title, frame.head(_MOST), headings)
    if len(frame) > _MOST:
        say(f"... and {len(frame) - _MOST:,} more: --out or --json gives all")


def _title(found: Analysis, what: str) -> str:
    made = found.provenance
    return f"{what}: {made.area}, {made.period}, {made.scheme} {made.edition}"


def _print_small_print(found: Analysis) -> None:
    for choice in found.provenance.choices:
        say(f"Chosen: {choice}")
    for caveat in found.provenance.caveats:
        say(f"Caveat: {caveat}")


def _range(row: dict[Any, Any], name: str) -> str:
    return f"{row[name]:.2f} ({row[f'{name}_low']:.2f}-{row[f'{name}_high']:.2f})"


def _interval(found: Interval) -> str:
    if isnan(found.low):
        return f"{found.estimate:.2f} (too few tests for an interval)"
    return f"{found.estimate:.2f} ({found.low:.2f}-{found.high:.2f})"
