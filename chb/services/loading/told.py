"""What a child told, made into readings: nothing of it is believed unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Final

import numpy as np
import pandas as pd

from chb.domain.periods import Month
from chb.domain.quality import QualityReport, RefusedRows
from chb.domain.refusal import Refusal
from chb.services.isolation.answers import Answer, GarbledError
from chb.sources.asset_headings import Headings
from chb.sources.disruptions import LogReading
from chb.sources.police_uk import FILE_COLUMN, OUTSIDE_COLUMN
from chb.sources.reading import (
    ASSET_COLUMNS,
    ASSET_DETAIL_COLUMNS,
    BOUNDARY_COLUMNS,
    CONTEXT_COLUMNS,
    DEPRIVATION_COLUMNS,
    INCIDENT_COLUMNS,
    OCG_LOCATION_COLUMNS,
    PEOPLE_COLUMNS,
    POPULATION_COLUMNS,
    POSTCODE_COLUMNS,
    REFUSED_ROW_COLUMNS,
    ROW_COLUMNS,
    AssetReading,
    Reading,
)

_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "boundaries": BOUNDARY_COLUMNS,
    "context": CONTEXT_COLUMNS,
    "deprivation": DEPRIVATION_COLUMNS,
    "population": POPULATION_COLUMNS,
    "assets": (*ASSET_COLUMNS, *ASSET_DETAIL_COLUMNS, *ROW_COLUMNS),
    "ocg-locations": OCG_LOCATION_COLUMNS,
    "people": PEOPLE_COLUMNS,
    "postcodes": POSTCODE_COLUMNS,
    "lookup": (),
    "disruptions": (),
}
"""Those that a kind must have; other columns may come with them."""
_COUNTS: Final = ("rows_read", "kept", "without_location", "outside_area", "repeated_ids")


@contextmanager
def checked(title: str) -> Iterator[None]:
    """Turn what no reader makes into a Refusal."""
    try:
        yield
    except (GarbledError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise Refusal(
            f"{title} could not be read",
            found="What the reader handed back does not hold together",
            cause="The file was probably made to mislead it",
            remedy="Ask whoever sent it; nothing was imported",
        ) from error


def text(value: Any) -> str:
    """The value, if it is text."""
    if not isinstance(value, str):
        raise GarbledError("A text is none")
    return value


def number(value: Any) -> int:
    """The value, if it is a count."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise GarbledError("A count is none")
    return value


def report_of(plain: Mapping[str, Any]) -> QualityReport:
    """The account; it cannot be made when it does not add up."""
    return QualityReport(
        kind=text(plain["kind"]),
        source=text(plain["source"]),
        **{name: number(plain[name]) for name in _COUNTS},
        refused=tuple(_refused(each) for each in plain["refused"]),
        months_present=tuple(Month.parse(text(each)) for each in plain["months_present"]),
        months_missing=tuple(Month.parse(text(each)) for each in plain["months_missing"]),
        notes=tuple(text(each) for each in plain["notes"]),
    )


def reading_of(answer: Answer) -> Reading[Any]:
    """A reading whose frame has the columns of its kind, and as many rows as were kept."""
    plain, frame = answer.plain, answer.frames["frame"]
    report = report_of(plain["report"])
    kind = text(plain["kind"])
    if len(frame) != report.kept or not set(_COLUMNS[kind]) <= set(frame.columns):
        raise GarbledError("The frame is not what the account says")
    return Reading(
        kind=kind,
        name=text(plain["name"]),
        frame=frame,
        report=report,
        sha256=text(plain["sha256"]),
        attribution=text(plain["attribution"]),
        details={text(name): text(value) for name, value in plain["details"].items()},
    )


def log_of(answer: Answer) -> LogReading:
    """A disruption log, with its refused rows one by one."""
    reading = reading_of(answer)
    known = {each.name: getattr(reading, each.name) for each in fields(reading)}
    refused = tuple(_refused(each) for each in answer.plain["refused_rows"])
    return LogReading(**known, refused_rows=refused)


def assets_of(answer: Answer) -> AssetReading:
    """Assets, and the rows without a position or refused: as many as the account says."""
    reading = reading_of(answer)
    unplaced, refused = answer.frames["unplaced"], answer.frames["refused_rows"]
    report = reading.report
    columns = set(_COLUMNS["assets"])
    if len(unplaced) != report.without_location or not columns <= set(unplaced.columns):
        raise GarbledError("The rows without a position are not what the account says")
    n_refused = report.refused_rows + report.outside_area
    if len(refused) != n_refused or set(refused.columns) != set(REFUSED_ROW_COLUMNS):
        raise GarbledError("The refused rows are not what the account says")
    known = {each.name: getattr(reading, each.name) for each in fields(reading)}
    return AssetReading(**known, unplaced=unplaced, refused_rows=refused)


def headings_of(answer: Answer) -> Headings:
    """Headings, the first rows under them, and the columns that were proposed."""
    plain = answer.plain
    headings = tuple(text(each) for each in plain["headings"])
    rows = tuple(tuple(text(cell) for cell in row) for row in plain["rows"])
    proposed = {text(ours): text(theirs) for ours, theirs in plain["proposed"].items()}
    if not set(proposed.values()) <= set(headings) or any(len(r) != len(headings) for r in rows):
        raise GarbledError("The columns are not of the headings")
    return Headings(text(plain["name"]), text(plain["fingerprint"]), headings, rows, proposed)


def incidents_of(frame: pd.DataFrame, report: QualityReport, *, n_files: int) -> pd.DataFrame:
    """The rows of incidents, if they agree with their account and their files."""
    rows = report.kept + report.without_location + report.outside_area
    wanted = {*INCIDENT_COLUMNS, FILE_COLUMN, OUTSIDE_COLUMN}
    if len(frame) != rows or set(frame.columns) != wanted:
        raise GarbledError("The frame is not what the account says")
    if not frame[FILE_COLUMN].between(0, n_files - 1).all():
        raise GarbledError("A row is of no file")
    months = np.unique(frame["month_ordinal"])
    if not {Month.from_ordinal(int(month)) for month in months} <= set(report.months_present):
        raise GarbledError("A row is of a month that the account does not name")
    return frame


def _refused(plain: Mapping[str, Any]) -> RefusedRows:
    return RefusedRows(
        reason=text(plain["reason"]),
        rows=number(plain["rows"]),
        first_row=number(plain["first_row"]),
        example=text(plain["example"]),
        remedy=text(plain["remedy"]),
    )
