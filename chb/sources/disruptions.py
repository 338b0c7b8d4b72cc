"""A disruption log as CSV or workbook: our own list, or what another agency fills in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from chb.domain.planning.disruptions import DisruptionLevel
from chb.domain.planning.plans import Pillar
from chb.domain.quality import RefusedRows
from chb.domain.spreadsheet_text import as_typed
from chb.domain.wording import LONGEST_LINE, LONGEST_TEXT
from chb.sources.account import Account, AnyFrame
from chb.sources.attributions import OWN
from chb.sources.columns import Columns
from chb.sources.dates import date_rows
from chb.sources.files import Sources, only_file
from chb.sources.naming import stem
from chb.sources.planner_reference import impact_prompts
from chb.sources.reading import Reading
from chb.sources.tables import read_table
from chb.sources.vocabulary import text_rows, word_rows

DISRUPTION_COLUMNS: Final = (
    "reference",  # the originator's number; a row with one that is known is not kept again
    "happened_on",  # ISO date text
    "what",
    "level",
    "pillar",
    "agency",
    "ocg_code",  # text, empty when the event is about a place only
    "place",  # a place's name, empty when the event is about an OCG only
    "credited",  # other Ps it counts for, "; " between them
)
"""Plus ``impact_<key>`` for each prompt of the reference table that the file has."""

_REQUIRED: Final = {
    "happened_on": ("date", "date of disruption"),
    "what": ("description", "summary", "activity"),
    "level": ("disruption level", "assessment", "proposed level"),
    "pillar": ("p", "4p", "primary p"),
    "agency": ("organisation", "lead agency"),
}
_OPTIONAL: Final = {
    "reference": ("ref", "unique reference", "urn"),
    "ocg_code": ("ocg", "code"),
    "place": ("place name", "location"),
    "credited": ("credited ps", "other ps"),
}


@dataclass(frozen=True)
class KnownSubjects:
    """Code names of OCGs and names of places, as the register has them."""

    codes: Collection[str]
    places: Collection[str]


@dataclass(frozen=True, kw_only=True)
class LogReading(Reading[pd.DataFrame]):
    """A log that was read, with an entry for each row that was refused."""

    refused_rows: tuple[RefusedRows, ...]


def read_disruptions(sources: Sources, *, known: KnownSubjects, today: date) -> LogReading:
    """Read one log. Raises Refusal when a column is missing or nothing is left.

    Rows about a group or place that is not known are refused: a log never makes one.
    """
    file = only_file(sources)
    columns = _columns()
    table = read_table(file, fits=columns.fits).select(columns)
    account = _RowByRow("disruptions", table.name, table.rows_read, list(table.refused))
    account.note(*table.notes)
    absent = [name for name in _OPTIONAL if name not in table.frame.columns]
    frame = table.frame.map(as_typed).assign(**dict.fromkeys(absent, ""))
    frame = _dated(frame, account, today)
    frame = _worded(frame, account)
    frame = _belonging(frame, account, known)
    return LogReading(
        kind="disruptions",
        name=stem(file.name),
        frame=frame.reset_index(drop=True),
        report=account.report(kept=len(frame)),
        sha256=file.sha256,
        attribution=OWN,
        refused_rows=tuple(sorted(account.refused, key=lambda each: each.first_row)),
    )


class _RowByRow(Account):
    """An account with an entry for each row: whoever sent the log mends it by hand."""

    def without(
        self, frame: AnyFrame, bad: ArrayLike, reason: str, *, show: str | None, remedy: str = ""
    ) -> AnyFrame:
        flags = np.asarray(bad, dtype=bool)
        for at in np.flatnonzero(flags).tolist():
            super().without(frame.iloc[[at]], [True], reason, show=show, remedy=remedy)
        return frame.loc[~flags]


def _columns() -> Columns:
    impact = {f"impact_{prompt.key}": (prompt.question,) for prompt in impact_prompts()}
    return Columns(
        what="a disruption log",
        required=_REQUIRED,
        optional={**_OPTIONAL, **impact},
        remedy="python -m chb template disruptions writes an empty log with the right columns",
    )


def _dated(frame: pd.DataFrame, account: Account, today: date) -> pd.DataFrame:
    frame = date_rows(frame, "happened_on", account)
    frame = account.without(
        frame, frame["happened_on"] == "", "The date is missing", show="what", remedy="Fill it in"
    )
    return account.without(
        frame,
        frame["happened_on"] > today.isoformat(),
        "The date is in the future",
        show="happened_on",
        remedy="Correct the day or the year: a disruption has happened",
    )


def _worded(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    frame = word_rows(frame, "level", account, DisruptionLevel)
    frame = word_rows(frame, "pillar", account, Pillar)
    frame = text_rows(frame, "what", account, longest=LONGEST_TEXT)
    frame = text_rows(frame, "agency", account, longest=LONGEST_LINE)
    for column in ("reference", "credited"):
        frame = text_rows(frame, column, account, longest=LONGEST_LINE, required=False)
    for column in frame.columns[frame.columns.str.startswith("impact_")]:
        frame = text_rows(frame, column, account, longest=LONGEST_TEXT, required=False)
    frame = account.without(
        frame,
        ~frame["credited"].map(_are_pillars),
        f"A credited P is not one of: {', '.join(Pillar)}",
        show="credited",
        remedy="Put a semicolon between them",
    )
    return account.without(
        frame,
        (frame["reference"] != "") & frame["reference"].duplicated(),
        "The reference was given before",
        show="reference",
        remedy="Keep one row for each event; the first was kept",
    )


def _belonging(frame: pd.DataFrame, account: Account, known: KnownSubjects) -> pd.DataFrame:
    for column, names, what in (
        ("ocg_code", known.codes, "OCG"),
        ("place", known.places, "place"),
    ):
        by_folded = {_folded(name): name for name in names} | {"": ""}
        given = frame[column].map(_folded)
        frame = account.without(
            frame,
            ~given.isin(list(by_folded)),
            f"The {what} is not known here",
            show=column,
            remedy=f"Register the {what} first, or correct its name",
        )
        found = given.loc[frame.index].map(by_folded).astype("str")
        frame = frame.assign(**{column: found})
    return account.without(
        frame,
        (frame["ocg_code"] == "") & (frame["place"] == ""),
        "The event belongs to no OCG and no place",
        show="what",
        remedy="Fill in the OCG's code, the place's name, or both",
    )


def _are_pillars(words: str) -> bool:
    return all(word.strip() in set(Pillar) for word in words.split(";") if word.strip())


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
