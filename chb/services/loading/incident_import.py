"""Bringing incidents in: one catalogue entry a force and month."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, cast

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from chb.domain.access.permissions import Permission
from chb.domain.periods import Month
from chb.domain.quality import QualityReport
from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.services.access.rules import needs
from chb.services.harm.areas import BOUNDARIES
from chb.services.harm.incidents import INCIDENTS, incident_entries
from chb.services.loading.expecting import Expected
from chb.services.loading.importing import ImportOutcome, record, sweep_strays
from chb.services.loading.limited import read_incidents
from chb.services.progress import ProgressReport, silent
from chb.services.workspace import Workspace
from chb.sources.files import Sources
from chb.sources.police_uk import FILE_COLUMN, OUTSIDE_COLUMN, IncidentSet
from chb.store.frames import FrameEntry
from chb.store.store import Transaction

_NOT_KEPT: Final = (FILE_COLUMN, OUTSIDE_COLUMN, "force", "month_ordinal")
_EXTENT_LAYERS: Final = (("district", "csp"), ("ward",), ("lsoa",))


def _name(force: str, month: Month) -> str:
    """A slice's name in the catalogue."""
    return f"{force} {month}"


@dataclass(frozen=True)
class _Slice:
    """Rows of one force and month."""

    force: str
    month: Month
    rows: pd.DataFrame
    files: tuple[str, ...]
    """Hashes of the files the rows came from."""

    @property
    def name(self) -> str:
        return _name(self.force, self.month)


@needs(Permission.LOAD_DATA)
def import_incidents(
    ws: Workspace,
    sources: Sources,
    *,
    replace_months: bool = False,
    is_sample: bool = False,
    progress: ProgressReport = silent,
) -> ImportOutcome:
    """Load recorded crime: archives, folders or CSV files of data.police.uk.

    Files whose content is loaded already are passed over. A month that is loaded
    from other content is refused, unless ``replace_months``.
    """
    incidents = survey_incidents(ws, sources, is_sample=is_sample, progress=progress)
    report = incidents.report
    with ws.writing() as tx:
        sweep_strays(ws, tx)
        slices = list(_new_slices(tx, incidents))
        if not slices:
            return ImportOutcome(False, f"Nothing changed: {_there_already(tx, incidents)}", report)
        if not replace_months:
            _refuse_loaded_months(tx, slices)
        for part in slices:
            _keep(ws, tx, part, incidents, is_sample=is_sample)
        record(ws, tx, report, sha256=_combined(slices), is_sample=is_sample)
    return ImportOutcome(True, _message(slices, n_passed=_n_passed(incidents, slices)), report)


@needs(Permission.LOAD_DATA)
def survey_incidents(
    ws: Workspace,
    sources: Sources,
    *,
    is_sample: bool = False,
    progress: ProgressReport = silent,
) -> IncidentSet:
    """Read the same and store nothing; the account says what "outside" was measured against."""
    with ws.reading() as tx:
        extent = _loaded_extent(tx, is_sample=is_sample)
    incidents = read_incidents(sources, today=ws.today(), area=extent, progress=progress)
    return replace(incidents, report=_with_extent_note(incidents.report, extent))


def expected_of_incidents(tx: Transaction, incidents: IncidentSet) -> Expected:
    """What storing them would do to the months that are loaded now."""
    slices = list(_new_slices(tx, incidents))
    if not slices:
        said = _there_already(tx, incidents)
        return Expected(f"{said[0].upper()}{said[1:]}.", changes=False)
    clashes = _clashes(tx, slices)
    said = f"{_months(slices)} would be loaded."
    if clashes:
        first, there = clashes[0]
        said += (
            f" {plural(len(clashes), 'month')} of them would take the place of other content:"
            f" the first is {first.name}, with {plural(there.n_rows, 'row')} loaded from"
            f" {there.source_name} and {len(first.rows):,} found now."
        )
    passed = _n_passed(incidents, slices)
    if passed:
        said += f" {plural(passed, 'file')} imported before would be passed over."
    return Expected(said, needs_replace=bool(clashes))


def _new_slices(tx: Transaction, incidents: IncidentSet) -> Iterator[_Slice]:
    """What is not loaded of each force and month: rows of files whose part there is not."""
    known = {
        (sha256, entry.name) for entry in incident_entries(tx) for sha256 in entry.details["files"]
    }
    frame = incidents.frame
    keys = [frame["force"].astype(str), frame["month_ordinal"]]
    for key, rows in frame.groupby(keys, sort=True, observed=True):
        force, ordinal = cast(tuple[str, int], key)
        month = Month.from_ordinal(int(ordinal))
        name = _name(force, month)
        prints = {int(at): incidents.files[at].sha256 for at in np.unique(rows[FILE_COLUMN])}
        new = {at: sha256 for at, sha256 in prints.items() if (sha256, name) not in known}
        if new:
            kept = rows.loc[rows[FILE_COLUMN].isin(list(new))].drop(columns=list(_NOT_KEPT))
            yield _Slice(force, month, kept.astype({"category": "category"}), tuple(new.values()))


def _keep(
    ws: Workspace, tx: Transaction, part: _Slice, incidents: IncidentSet, *, is_sample: bool
) -> None:
    tx.frames.put(
        part.rows,
        kind=INCIDENTS,
        name=part.name,
        source_name=incidents.report.source,
        source_sha256=hashlib.sha256("".join(part.files).encode()).hexdigest(),
        is_sample=is_sample,
        attribution=incidents.attribution,
        details={
            "force": part.force,
            "month_ordinal": part.month.ordinal,
            "files": list(part.files),
        },
        imported_at=ws.now(),
    )


def _loaded_extent(tx: Transaction, *, is_sample: bool) -> BaseGeometry | None:
    """The union of the widest loaded boundaries, None when there are none."""
    entries = [entry for entry in tx.frames.entries(BOUNDARIES) if entry.is_sample == is_sample]
    for kinds in _EXTENT_LAYERS:
        shapes = [
            np.asarray(tx.frames.read_geo(entry)["geometry"])
            for entry in entries
            if entry.details.get("layer") in kinds
        ]
        if shapes:
            extent: BaseGeometry = shapely.union_all(np.concatenate(shapes))
            return extent
    return None


def _with_extent_note(report: QualityReport, extent: BaseGeometry | None) -> QualityReport:
    """The report, saying what "outside" was measured against."""
    if extent is None:
        note = "Outside means outside England and Wales: no boundaries are loaded yet"
    elif report.outside_area > report.kept:
        note = (
            "Most rows lie outside the loaded boundaries, which are probably another area's; "
            "the rows are kept, and count once their own boundaries are loaded"
        )
    else:
        note = "Outside means outside the loaded boundaries; the rows steady the edges of a map"
    return replace(report, notes=(*report.notes, note))


def _there_already(tx: Transaction, incidents: IncidentSet) -> str:
    """That nothing of it is new, and when the last of it came."""
    prints = {file.sha256 for file in incidents.files}
    known = [entry for entry in incident_entries(tx) if prints & set(entry.details["files"])]
    last = max(known, key=lambda entry: entry.imported_at)
    return (
        f"every file in it is already imported, the last on {last.imported_at:%d %B %Y at %H:%M}"
        f" UTC from {last.source_name}"
    )


def _clashes(tx: Transaction, slices: list[_Slice]) -> list[tuple[_Slice, FrameEntry]]:
    """Months that are loaded from other content, with what is there."""
    loaded = {entry.name: entry for entry in incident_entries(tx)}
    return [(part, loaded[part.name]) for part in slices if part.name in loaded]


def _refuse_loaded_months(tx: Transaction, slices: list[_Slice]) -> None:
    clashes = _clashes(tx, slices)
    if not clashes:
        return
    first, entry = clashes[0]
    raise Refusal(
        f"{len(clashes)} of {len(slices)} months are already loaded from other content",
        found=f"First {first.name}: {entry.n_rows:,} rows from {entry.source_name} are loaded, "
        f"{len(first.rows):,} rows were found now",
        cause="The publisher revises months, and part of a month looks like another month",
        remedy="Say that they replace the old (--replace at the terminal); nothing was imported",
    )


def _combined(slices: list[_Slice]) -> str:
    """One fingerprint of the files that something came from."""
    prints = dict.fromkeys(sha256 for part in slices for sha256 in part.files)
    return hashlib.sha256("".join(prints).encode()).hexdigest()


def _n_passed(incidents: IncidentSet, slices: list[_Slice]) -> int:
    """Files of which nothing is new."""
    new = {sha256 for part in slices for sha256 in part.files}
    return sum(file.sha256 not in new for file in incidents.files)


def _message(slices: list[_Slice], *, n_passed: int) -> str:
    rows = sum(len(part.rows) for part in slices)
    passed = f"; {plural(n_passed, 'file')} imported before and passed over" if n_passed else ""
    return f"Imported {plural(rows, 'row')}, {_months(slices)}{passed}"


def _months(slices: list[_Slice]) -> str:
    forces = sorted({part.force for part in slices})
    return f"{plural(len(slices), 'month')} of {', '.join(forces)}"
