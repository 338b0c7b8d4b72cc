"""Looking at a file before anything of it is stored: its account, its first rows, what it would do.

Confirming reads the file again, so that nothing large is kept between the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from chb.domain.access.permissions import Permission
from chb.domain.periods import Month
from chb.domain.quality import QualityReport
from chb.services.access.rules import needs
from chb.services.loading import limited
from chb.services.loading.accounts import OCG_LOCATIONS, may_know_of_import
from chb.services.loading.expecting import Expected, expected_of
from chb.services.loading.incident_import import expected_of_incidents, survey_incidents
from chb.services.loading.vintages import refuse_mismatch
from chb.services.progress import ProgressReport, silent
from chb.services.workspace import Workspace
from chb.sources.context import ContextLayer
from chb.sources.files import Sources
from chb.sources.layer_kinds import LayerKind
from chb.sources.reading import Reading

N_FIRST_ROWS: Final = 8
_UNSHOWN: Final = ("geometry", "file", "is_outside", "cells")
_INCIDENTS_SHOWN: Final = ("month", "force", "category", "street", "lsoa_code", "outcome")


@dataclass(frozen=True)
class ImportPreview:
    """What was read and what confirming it would do; nothing is stored yet."""

    kind: str
    title: str
    attribution: str
    report: QualityReport
    expected: Expected
    first_rows: pd.DataFrame = field(repr=False)
    """At most N_FIRST_ROWS, without shapes; empty for locations of groups."""


@needs(Permission.LOAD_DATA)
def preview_incidents(
    ws: Workspace, sources: Sources, *, progress: ProgressReport = silent
) -> ImportPreview:
    """Recorded crime: months that would be loaded or replaced, and files passed over."""
    incidents = survey_incidents(ws, sources, progress=progress)
    with ws.reading() as tx:
        expected = expected_of_incidents(tx, incidents)
    first = incidents.frame.head(N_FIRST_ROWS)
    months = [str(Month.from_ordinal(int(each))) for each in first["month_ordinal"]]
    return ImportPreview(
        kind="incidents",
        title=incidents.report.source,
        attribution=incidents.attribution,
        report=incidents.report,
        expected=expected,
        first_rows=first.assign(month=months)[list(_INCIDENTS_SHOWN)],
    )


@needs(Permission.LOAD_DATA)
def preview_boundaries(ws: Workspace, sources: Sources, *, layer: LayerKind) -> ImportPreview:
    """Areas of one kind."""
    return _preview(ws, limited.read_boundaries(sources, kind=layer))


@needs(Permission.LOAD_DATA)
def preview_deprivation(ws: Workspace, sources: Sources) -> ImportPreview:
    """An edition of deprivation; refused when its codes are not those of the boundaries."""
    reading = limited.read_deprivation(sources)
    with ws.reading() as tx:
        refuse_mismatch(tx, reading, is_sample=False)
    return _preview(ws, reading)


@needs(Permission.LOAD_DATA)
def preview_population(ws: Workspace, sources: Sources) -> ImportPreview:
    """Residents by LSOA."""
    return _preview(ws, limited.read_population(sources))


@needs(Permission.LOAD_DATA)
def preview_lookup(ws: Workspace, sources: Sources) -> ImportPreview:
    """A lookup between kinds or vintages of areas."""
    return _preview(ws, limited.read_lookup(sources))


@needs(Permission.LOAD_DATA)
def preview_context(ws: Workspace, sources: Sources, *, layer: ContextLayer) -> ImportPreview:
    """A layer of the basemap."""
    return _preview(ws, limited.read_context(sources, layer=layer))


@needs(Permission.LOAD_DATA)
def preview_ocg_locations(ws: Workspace, sources: Sources) -> ImportPreview:
    """Locations of organised crime groups: counts and faults, and no row of it."""
    return _preview(ws, limited.read_ocg_locations(sources))


@needs(Permission.MANAGE_ASSETS)
def preview_postcodes(ws: Workspace, sources: Sources) -> ImportPreview:
    """Where postcodes are."""
    return _preview(ws, limited.read_postcodes(sources))


@needs(Permission.ADMINISTER)
def preview_people(ws: Workspace, sources: Sources) -> ImportPreview:
    """People of the partnership."""
    return _preview(ws, limited.read_people(sources))


def _preview(ws: Workspace, reading: Reading[Any]) -> ImportPreview:
    with ws.reading() as tx:
        in_full = may_know_of_import(ws.scope, reading.kind)
        expected = expected_of(tx, reading, in_full=in_full)
    n_shown = 0 if reading.kind == OCG_LOCATIONS else N_FIRST_ROWS
    rows = reading.frame.head(n_shown)
    shown = [name for name in rows.columns if name not in _UNSHOWN]
    return ImportPreview(
        kind=reading.kind,
        title=reading.name,
        attribution=reading.attribution,
        report=reading.report,
        expected=expected,
        first_rows=pd.DataFrame(rows[shown]),
    )
