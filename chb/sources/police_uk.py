"""Street-level crime of data.police.uk: one set of monthly files, any number of forces.

Identical rows are separate incidents and are never dropped: anti-social
behaviour has no Crime ID, and two calls on one evening look alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import PurePosixPath

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb.domain.harm import CrimeCategory
from chb.domain.periods import Month
from chb.domain.quality import QualityReport
from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.sources.account import Account
from chb.sources.attributions import POLICE_UK
from chb.sources.coordinates import (
    ENGLAND_AND_WALES,
    Flags,
    outside,
    place_rows,
    without_location,
)
from chb.sources.files import InputFile, InputSet, Sources, open_inputs
from chb.sources.reading import INCIDENT_COLUMNS
from chb.sources.street_files import FileRole, StreetTable, read_street_file, role_of, text_column

Progress = Callable[[int, int, str], None]
"""Called before each file with the files done, the files in all, and the file's name."""

FILE_COLUMN = "file"
OUTSIDE_COLUMN = "outside_area"
_TEXT_COLUMNS = ("crime_id", "month", "force", "category", "street", "lsoa_code", "outcome")


@dataclass(frozen=True)
class IncidentFile:
    """One file of the set, and the rows read from it."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class IncidentSet:
    """What was read from all files together.

    ``frame`` has INCIDENT_COLUMNS, ``file`` (position in ``files``) and
    ``outside_area``. Rows without location and outside the area are in it too:
    the first still count, the second steady the edges of a density.
    """

    files: tuple[IncidentFile, ...]
    frame: pd.DataFrame
    report: QualityReport
    attribution: str = POLICE_UK


def read_incidents(
    sources: Sources,
    *,
    today: date,
    area: BaseGeometry | None = None,
    progress: Progress | None = None,
) -> IncidentSet:
    """Read street-level files, folders or archives of them.

    ``area`` (degrees WGS84) tells rows inside from outside; without it the
    envelope of England and Wales does. A month after ``today`` is refused.
    Raises Refusal when a file is damaged, lacks a column, or none is street-level.
    """
    inputs = open_inputs(sources)
    account = Account("incidents", source_name(sources, inputs))
    account.note(*inputs.notes)
    frames, files = _read_all(inputs, account, Month(today.year, today.month), progress)
    frame = pd.concat(frames, ignore_index=True)
    frame[OUTSIDE_COLUMN] = outside(
        frame["longitude"].to_numpy(), frame["latitude"].to_numpy(), area or ENGLAND_AND_WALES
    )
    return IncidentSet(tuple(files), frame, _report(frame, files, account))


def _read_all(
    inputs: InputSet, account: Account, last_month: Month, progress: Progress | None
) -> tuple[list[pd.DataFrame], list[IncidentFile]]:
    frames: list[pd.DataFrame] = []
    files: list[IncidentFile] = []
    for done, file in enumerate(_street_files(inputs, account, progress)):
        street = read_street_file(file)
        files.append(IncidentFile(file.name, file.sha256, street.rows_read))
        account.rows_read += street.rows_read
        account.refused += street.refused
        account.note(*street.notes, *_missing_column_notes(street))
        frames.append(
            _checked(street, file.name, account, last_month).assign(**{FILE_COLUMN: np.int32(done)})
        )
    if not frames:
        raise Refusal(
            f"{account.source} has no street-level crimes in it",
            found="; ".join(account.notes[:3]),
            cause="These are other files of the same publisher",
            remedy="Download the street-level CSV files and import those",
        )
    return frames, files


def _street_files(
    inputs: InputSet, account: Account, progress: Progress | None
) -> Iterable[InputFile]:
    """The street-level files, each content once; the others are noted."""
    seen: dict[str, str] = {}
    for done, file in enumerate(inputs):
        if progress is not None:
            progress(done, inputs.n_files, file.name)
        if inputs.n_files > 1 and PurePosixPath(file.name).suffix.lower() != ".csv":
            account.note(f"{file.name} was left out: it is not a CSV")
        elif file.sha256 in seen:
            account.note(f"{file.name} was left out: it is the same file as {seen[file.sha256]}")
        elif (role := role_of(file)) != FileRole.STREET:
            account.note(f"{file.name} was left out: it holds {role.value}")
        else:
            seen[file.sha256] = file.name
            yield file


def _checked(
    street: StreetTable, file_name: str, account: Account, last_month: Month
) -> pd.DataFrame:
    """One file's rows with wrong ones refused, under INCIDENT_COLUMNS."""
    table = street.table
    columns = {name: text_column(table, name) for name in _TEXT_COLUMNS}
    frame = pa.table(
        {**columns, **{name: table[name] for name in ("longitude", "latitude")}}
    ).to_pandas()
    frame.index = pd.Index(street.lines)
    frame = frame.assign(month_ordinal=_ordinals(columns["month"]), file_name=file_name)
    frame = _known_months(frame, account, last_month)
    frame = _known_categories(frame, account)
    frame = place_rows(frame, account, file_name)
    return frame[list(INCIDENT_COLUMNS)]


def _ordinals(months: pa.ChunkedArray) -> NDArray[np.int32]:
    """Month ordinal of each row, -1 where the text is no month."""
    encoded = pc.dictionary_encode(months).combine_chunks()
    ordinals = np.array([_ordinal(text) for text in encoded.dictionary.to_pylist()], dtype=np.int32)
    rows: NDArray[np.int32] = ordinals[encoded.indices.to_numpy()]
    return rows


def _ordinal(text: str) -> int:
    try:
        return Month.parse(text).ordinal
    except Refusal:
        return -1


def _known_months(frame: pd.DataFrame, account: Account, last_month: Month) -> pd.DataFrame:
    frame = account.without(
        frame,
        frame["month_ordinal"] < 0,
        "The month is not written as year-month",
        show="month",
        remedy="Write, for example, 2025-01",
    )
    return account.without(
        frame,
        frame["month_ordinal"] > last_month.ordinal,
        "The month is in the future",
        show="month",
        remedy="Correct the month",
    )


def _known_categories(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    known = [category.value for category in CrimeCategory]
    unknown = ~frame["category"].isin(known)
    for name in frame.loc[unknown, "category"].unique()[:20]:
        near = get_close_matches(name, known, n=1)
        frame = account.without(
            frame,
            frame["category"] == name,
            f"The crime type {name[:40]!r} is not one of the fourteen",
            show="category",
            remedy=f"The nearest is {near[0]!r}" if near else "Use the publisher's categories",
        )
    return account.without(
        frame,
        ~frame["category"].isin(known),
        "The crime type is not one of the fourteen",
        show="category",
        remedy="Use the publisher's categories",
    )


def _report(frame: pd.DataFrame, files: list[IncidentFile], account: Account) -> QualityReport:
    unplaced: Flags = without_location(frame)
    outside_area = int(frame[OUTSIDE_COLUMN].sum())
    ids = frame.loc[frame["crime_id"] != "", "crime_id"]
    present, missing = _months(frame, account)
    account.note(*_overlap_notes(frame), *_empty_notes(files))
    return account.report(
        kept=len(frame) - int(unplaced.sum()) - outside_area,
        without_location=int(unplaced.sum()),
        outside_area=outside_area,
        repeated_ids=len(ids) - ids.nunique(),
        months=(present, missing),
    )


def _months(frame: pd.DataFrame, account: Account) -> tuple[tuple[Month, ...], tuple[Month, ...]]:
    """Months present, and months missing between a force's first and last."""
    by_force: dict[str, set[int]] = defaultdict(set)
    for force, ordinal in (
        frame[["force", "month_ordinal"]].drop_duplicates().itertuples(index=False)
    ):
        by_force[force].add(int(ordinal))
    missing: set[int] = set()
    for force, months in sorted(by_force.items()):
        gap = set(range(min(months), max(months) + 1)) - months
        missing |= gap
        if gap:
            names = ", ".join(str(Month.from_ordinal(ordinal)) for ordinal in sorted(gap))
            account.note(f"{force or 'A force without a name'} has no rows for {names}")
    present = set().union(*by_force.values())
    return _named(present), _named(missing)


def _named(ordinals: set[int]) -> tuple[Month, ...]:
    return tuple(Month.from_ordinal(ordinal) for ordinal in sorted(ordinals))


def _overlap_notes(frame: pd.DataFrame) -> list[str]:
    """Months of a force that stand in several files may be counted twice: say so."""
    keys = frame[["force", "month_ordinal", FILE_COLUMN]].drop_duplicates()
    n_files = Counter(zip(keys["force"], keys["month_ordinal"], strict=True))
    return [
        f"{force} {Month.from_ordinal(int(month))} is in {plural(count, 'file')}: check for repeats"
        for (force, month), count in sorted(n_files.items())
        if count > 1
    ]


def _empty_notes(files: list[IncidentFile]) -> list[str]:
    return [f"{file.name} has a header and no rows" for file in files if not file.rows]


def _missing_column_notes(street: StreetTable) -> list[str]:
    names = {"crime_id": "Crime ID", "lsoa_code": "LSOA code"}
    return [
        f"A file has no {header} column"
        for name, header in names.items()
        if name not in street.table.column_names
    ]


def source_name(sources: Sources, inputs: InputSet) -> str:
    """What to call the sources in a sentence: the one name, or how many files."""
    if isinstance(sources, Sequence) and not isinstance(sources, str) and len(sources) == 1:
        return source_name(sources[0], inputs)
    if isinstance(sources, str):
        return PurePosixPath(sources).name or sources
    named = getattr(sources, "name", "")
    return named or plural(inputs.n_files, "file")
