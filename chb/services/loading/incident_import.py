"""Bringing incidents in: one catalogue entry a force and month."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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
from chb.services.loading.importing import ImportOutcome, record, sweep_strays
from chb.services.loading.limited import read_incidents
from chb.services.progress import ProgressReport, silent
from chb.services.workspace import Workspace
from chb.sources.files import Sources
from chb.sources.police_uk import FILE_COLUMN, OUTSIDE_COLUMN, IncidentSet
from chb.store.store import Transaction

_EXTENT_LAYERS: Final = (("district", "csp"), ("ward",), ("lsoa",))


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
        return f"{self.force} {self.month}"


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
    with ws.reading() as tx:
        extent = _loaded_extent(tx, is_sample=is_sample)
    incidents = read_incidents(sources, today=ws.today(), area=extent, progress=progress)
    report = _with_extent_note(incidents.report, extent)
    with ws.writing() as tx:
        sweep_strays(ws, tx)
        known = _loaded_files(tx)
        new = [at for at, file in enumerate(incidents.files) if file.sha256 not in known]
        if not new:
            return _nothing_new(report)
        slices = list(_slices(incidents, new))
        if not replace_months:
            _refuse_loaded_months(tx, slices)
        for part in slices:
            _keep(ws, tx, part, incidents, is_sample=is_sample)
        record(ws, tx, report, sha256=_combined(incidents, new), is_sample=is_sample)
    return ImportOutcome(True, _message(slices, n_passed=len(incidents.files) - len(new)), report)


def _slices(incidents: IncidentSet, new: list[int]) -> Iterable[_Slice]:
    frame = incidents.frame.loc[incidents.frame[FILE_COLUMN].isin(new)]
    keys = [frame["force"].astype(str), frame["month_ordinal"]]
    for key, rows in frame.groupby(keys, sort=True, observed=True):
        force, ordinal = cast(tuple[str, int], key)
        files = tuple(incidents.files[at].sha256 for at in np.unique(rows[FILE_COLUMN]))
        kept = rows.drop(columns=[FILE_COLUMN, OUTSIDE_COLUMN, "force", "month_ordinal"])
        month = Month.from_ordinal(int(ordinal))
        yield _Slice(force, month, kept.astype({"category": "category"}), files)


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


def _loaded_files(tx: Transaction) -> set[str]:
    return {sha256 for entry in incident_entries(tx) for sha256 in entry.details["files"]}


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


def _nothing_new(report: QualityReport) -> ImportOutcome:
    message = "Nothing changed: every file in it is already imported"
    return ImportOutcome(False, message, report)


def _refuse_loaded_months(tx: Transaction, slices: list[_Slice]) -> None:
    loaded = {entry.name: entry for entry in incident_entries(tx)}
    clashes = [part for part in slices if part.name in loaded]
    if not clashes:
        return
    first = clashes[0]
    entry = loaded[first.name]
    raise Refusal(
        f"{len(clashes)} of {len(slices)} months are already loaded from other content",
        found=f"First {first.name}: {entry.n_rows:,} rows from {entry.source_name} are loaded, "
        f"{len(first.rows):,} rows were found now",
        cause="The publisher revises months, and part of a month looks like another month",
        remedy="Add --replace to put the new rows in place of the old; nothing was imported",
    )


def _combined(incidents: IncidentSet, new: list[int]) -> str:
    return hashlib.sha256("".join(incidents.files[at].sha256 for at in new).encode()).hexdigest()


def _message(slices: list[_Slice], *, n_passed: int) -> str:
    rows = sum(len(part.rows) for part in slices)
    forces = sorted({part.force for part in slices})
    passed = f"; {plural(n_passed, 'file')} imported before and passed over" if n_passed else ""
    months = plural(len(slices), "month")
    return f"Imported {plural(rows, 'row')}, {months} of {', '.join(forces)}{passed}"
