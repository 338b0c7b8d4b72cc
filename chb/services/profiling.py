"""The harm profile: incidents, people, deprivation, groups and assets, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb import __version__
from chb.domain.harm import HarmScheme
from chb.domain.periods import Period
from chb.domain.provenance import Provenance
from chb.domain.refusal import Refusal
from chb.services.areas import BOUNDARIES, Area, find_area
from chb.services.incidents import (
    INCIDENTS,
    Coverage,
    coverage,
    harm_of,
    load_incidents,
    within_bounds,
)
from chb.services.overlays import assets_in, influence_of
from chb.services.schemes import find_scheme
from chb.services.workspace import Workspace
from chb.services.zones import AUTOMATIC, ZoneColumns, zones_to_cells
from chb.store.store import Transaction
from geo import frames
from geo.cells import CellArray, areas_km2, centres, cover, spacing_m
from geo.counting import locate, totals
from geo.crs import buffer_degrees, project
from geo.density import kernel_density
from geo.errors import GeoInputError

FloatArray = NDArray[np.float64]

SNAPPING_M = 200.0
"""Below this a surface over snapped points shows the gazetteer, not the harm."""


@dataclass(frozen=True)
class ProfileRequest:
    """What a person asks for."""

    area: str
    period: Period
    scheme: str = "cchi-2026"
    resolution: int = 9
    bandwidth_m: float = 400.0
    kernel: str = "quartic"
    deprivation: str = AUTOMATIC


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


@dataclass(frozen=True)
class _Study:
    """The question with its names looked up."""

    request: ProfileRequest
    area: Area
    shape: BaseGeometry
    scheme: HarmScheme
    cells: CellArray


@dataclass(frozen=True)
class _Events:
    """Incidents near the area: coordinates, weights, and their cell (-1 outside)."""

    rows: pd.DataFrame
    harm: FloatArray
    position: NDArray[np.int64]


def build_profile(ws: Workspace, request: ProfileRequest) -> HarmProfile:
    """Compute the harm profile of an area. Raises Refusal with the reason when it cannot."""
    area, shape = find_area(ws, request.area)
    scheme = find_scheme(request.scheme)
    try:
        cells = cover(shape, request.resolution)
        _check_bandwidth(request.bandwidth_m, cells)
        return _build(ws, _Study(request, area, shape, scheme, cells))
    except GeoInputError as fault:
        raise Refusal(str(fault)) from fault


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


def _build(ws: Workspace, study: _Study) -> HarmProfile:
    request, cells = study.request, study.cells
    with ws.store.reading() as tx:
        loaded = load_incidents(tx, request.period, columns=("category", "longitude", "latitude"))
        events = _near(loaded, study)
        covered = coverage(tx, events.rows.loc[events.position >= 0], request.period)
        zones = zones_to_cells(tx, cells, deprivation=request.deprivation)
        influence, n_ocgs = influence_of(tx.ocg_locations.all(), cells, request.period)
        assets = assets_in(tx.assets.all(), cells, request.resolution)
        sources = _attributions(tx, zones)
    frame = _harm_columns(study, events, n_months=len(covered.present)).assign(
        **zones.columns,
        **{frames.OCG_INFLUENCE: influence, frames.N_OCGS: n_ocgs, frames.ASSETS: assets},
    )
    unplaced = loaded["longitude"].isna() & loaded["force"].isin(covered.forces[:1])
    n_unplaced = int(unplaced.sum())
    caveats = (*_coverage_caveats(request, covered, n_unplaced), *zones.caveats)
    return HarmProfile(
        request=request,
        area=study.area,
        shape=study.shape,
        frame=frame,
        coverage=covered,
        provenance=_provenance(study, zones, sources=sources, caveats=caveats, made_at=ws.now()),
        n_without_location=n_unplaced,
    )


def _near(loaded: pd.DataFrame, study: _Study) -> _Events:
    """Incidents in the area or within one bandwidth of its box: they steady its edges."""
    reach = buffer_degrees(study.shape, distance_m=study.request.bandwidth_m)
    near = within_bounds(loaded, reach)
    longitude, latitude = near["longitude"].to_numpy(), near["latitude"].to_numpy()
    position = locate(study.cells, longitude, latitude, study.request.resolution)
    return _Events(near, harm_of(near, study.scheme), position)


def _harm_columns(study: _Study, events: _Events, *, n_months: int) -> pd.DataFrame:
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


def _check_bandwidth(bandwidth_m: float, cells: CellArray) -> None:
    spacing = spacing_m(cells)
    if not bandwidth_m >= spacing:
        raise Refusal(
            "The bandwidth is below the distance between cell centres",
            found=f"Bandwidth {bandwidth_m:g} m; centres lie {spacing:.0f} m apart",
            cause="Harm between two centres would be seen by neither",
            remedy=f"Ask for at least {np.ceil(spacing / 50) * 50:.0f} m, or a finer resolution",
        )


def _attributions(tx: Transaction, zones: ZoneColumns) -> set[str]:
    used = {
        entry.attribution for kind in (INCIDENTS, BOUNDARIES) for entry in tx.frames.entries(kind)
    }
    return (used | set(zones.sources)) - {""}


def _provenance(
    study: _Study,
    zones: ZoneColumns,
    *,
    sources: set[str],
    caveats: tuple[str, ...],
    made_at: datetime,
) -> Provenance:
    request, scheme = study.request, study.scheme
    return Provenance(
        area=f"{study.area.name} ({study.area.key})",
        period=str(request.period),
        scheme=f"{scheme.key}: {scheme.title}",
        edition=scheme.edition,
        harm_unit=scheme.unit,
        density_unit=f"{scheme.unit} per square kilometre per year",
        resolution=request.resolution,
        bandwidth_m=request.bandwidth_m,
        kernel=request.kernel,
        sources=(scheme.source, *sorted(sources)),
        choices=(
            "cells cover the area by overlap; counts are of whole cells",
            "density uses incidents up to one bandwidth outside the area, clipped last",
            "measured in EPSG:27700",
            *zones.choices,
        ),
        caveats=caveats,
        made_at=made_at.isoformat(timespec="seconds"),
        software=f"Holdfast {__version__}",
    )


def _coverage_caveats(
    request: ProfileRequest, covered: Coverage, n_without_location: int
) -> tuple[str, ...]:
    said = ["Published points are snapped to the middle of at least eight addresses"]
    if request.resolution > 9:
        said.append("Cells finer than resolution 9 show more detail than snapped points can carry")
    if request.bandwidth_m < SNAPPING_M:
        said.append(f"A bandwidth below {SNAPPING_M:.0f} m shows where points were snapped to")
    if covered.missing:
        months = ", ".join(str(month) for month in covered.missing)
        said.append(f"Months missing, not counted as zero: {months}")
    if n_without_location:
        said.append(f"{n_without_location:,} incidents without a location are in no cell")
    return tuple(said)
