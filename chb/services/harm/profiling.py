"""The harm profile: incidents, people, deprivation, groups and assets, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from chb.domain.access.permissions import Permission
from chb.domain.provenance import Provenance
from chb.services.access.rules import needs
from chb.services.harm.areas import Area
from chb.services.harm.incidents import Coverage, coverage, load_incidents
from chb.services.harm.overlays import asset_attributions, assets_in, influence_of
from chb.services.harm.study import (
    Events,
    ProfileRequest,
    Study,
    attributions,
    coverage_caveats,
    events_near,
    n_without_location,
    open_study,
    provenance_of,
    refusing,
)
from chb.services.harm.zones import zones_to_cells
from chb.services.workspace import Workspace
from geo import frames
from geo.cells import areas_km2, centres
from geo.counting import totals
from geo.crs import project
from geo.density import kernel_density

__all__ = ["HarmProfile", "ProfileRequest", "build_profile", "profile_totals"]


@dataclass(frozen=True)
class HarmProfile:
    """The answer: one row a cell, where it came from, and what to beware of."""

    request: ProfileRequest
    area: Area
    shape: BaseGeometry
    frame: pd.DataFrame
    coverage: Coverage
    provenance: Provenance
    n_without_location: int
    incidents: pd.DataFrame
    """One row an incident in the cells: ``position`` of its cell in ``frame``, ``category``,
    ``month_ordinal`` and ``harm_days``, so that a cell opens without reading them again."""


@needs(Permission.SEE_HARM_FIGURES)
def build_profile(ws: Workspace, request: ProfileRequest) -> HarmProfile:
    """Compute the harm profile of an area. Raises Refusal with the reason when it cannot."""
    study = open_study(ws, request)
    with refusing():
        return _build(ws, study)


def profile_totals(profile: HarmProfile) -> dict[str, float]:
    """Figures that let a reader reconcile the profile with its sources."""
    frame = profile.frame
    return {
        "cells": len(frame),
        "incidents_in_cells": int(frame[frames.COUNT].sum()),
        "harm_days": float(frame[frames.HARM_DAYS].sum()),
        "incidents_without_location": profile.n_without_location,
        "months_present": len(profile.coverage.present),
        "months_missing": len(profile.coverage.missing),
        "population": round(float(frame[frames.POPULATION].sum()), 1),
        "assets": int(frame[frames.ASSETS].sum()),
    }


def _build(ws: Workspace, study: Study) -> HarmProfile:
    request, cells = study.request, study.cells
    with ws.reading() as tx:
        loaded = load_incidents(tx, request.period, columns=("category", "longitude", "latitude"))
        events = events_near(loaded, study, reach_m=request.bandwidth_m)
        covered = coverage(tx, events.rows.loc[events.position >= 0], request.period)
        zones = zones_to_cells(tx, cells, deprivation=request.deprivation, domains=request.domains)
        influence, n_ocgs = influence_of(tx.ocg_locations.all(), cells, request.period)
        known = tx.assets.open()
        assets = assets_in(known, cells, request.resolution)
        named = asset_attributions(tx, known, cells, request.resolution)
        sources = attributions(tx, *zones.sources, *named)
    frame = _harm_columns(study, events, n_months=len(covered.present)).assign(
        **zones.columns,
        **{frames.OCG_INFLUENCE: influence, frames.N_OCGS: n_ocgs, frames.ASSETS: assets},
    )
    n_unplaced = n_without_location(loaded, covered)
    return HarmProfile(
        request=request,
        area=study.area,
        shape=study.shape,
        frame=frame,
        coverage=covered,
        provenance=provenance_of(
            study,
            sources=sources,
            choices=zones.choices,
            caveats=(*coverage_caveats(request, covered, n_unplaced), *zones.caveats),
            made_at=ws.now(),
        ),
        n_without_location=n_unplaced,
        incidents=_in_cells(events),
    )


def _in_cells(events: Events) -> pd.DataFrame:
    """No more of each incident than stories are told of: one profile a person is kept."""
    inside = events.position >= 0
    rows = events.rows.loc[inside]
    return pd.DataFrame(
        {
            "position": events.position[inside].astype(np.int32),
            "category": rows["category"].array,
            "month_ordinal": rows["month_ordinal"].to_numpy(np.int32),
            "harm_days": events.harm[inside],
        }
    )


def _harm_columns(study: Study, events: Events, *, n_months: int) -> pd.DataFrame:
    cells, request = study.cells, study.request
    x_m, y_m = project(events.rows["longitude"].to_numpy(), events.rows["latitude"].to_numpy())
    at_x, at_y = project(*centres(cells))
    per_m2 = kernel_density(
        x_m, y_m, events.harm, at_x, at_y, bandwidth_m=request.bandwidth_m, kernel=request.kernel
    )
    per_km2_a_year = per_m2 * 1e6 * (12 / max(n_months, 1))
    return pd.DataFrame(
        {
            frames.CELL: cells,
            frames.COUNT: totals(events.position, None, n_cells=len(cells)).astype(np.int64),
            frames.HARM_DAYS: totals(events.position, events.harm, n_cells=len(cells)),
            frames.DENSITY: per_km2_a_year,
            frames.AREA_KM2: areas_km2(cells),
        }
    )
