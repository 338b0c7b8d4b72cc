"""What every analysis starts from: a question with its names looked up, and its incidents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb import __version__
from chb.domain.access.permissions import Permission
from chb.domain.harm import HarmScheme
from chb.domain.periods import Period
from chb.domain.provenance import Provenance
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.areas import BOUNDARIES, Area, find_area
from chb.services.harm.incidents import INCIDENTS, Coverage, harm_of, within_bounds
from chb.services.harm.schemes import find_scheme
from chb.services.harm.zones import AUTOMATIC
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cells import CellArray, cover, spacing_m
from geo.counting import locate
from geo.crs import buffer_degrees
from geo.density import KERNELS
from geo.errors import GeoInputError

FloatArray = NDArray[np.float64]

SNAPPING_M: Final = 200.0
"""Below this a surface over snapped points shows the gazetteer, not the harm."""


LARGEST_BANDWIDTH_M: Final = 20_000.0


@dataclass(frozen=True)
class ProfileRequest:
    """What a person asks for. ``domains`` names domains of deprivation to bring to cells too."""

    area: str
    period: Period
    scheme: str = "cchi-2026"
    resolution: int = 9
    bandwidth_m: float = 400.0
    kernel: str = "quartic"
    deprivation: str = AUTOMATIC
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Study:
    """The question with its names looked up."""

    request: ProfileRequest
    area: Area
    shape: BaseGeometry
    scheme: HarmScheme
    cells: CellArray


@dataclass(frozen=True)
class Events:
    """Incidents near the area: coordinates, weights, and their cell (-1 outside)."""

    rows: pd.DataFrame
    harm: FloatArray
    position: NDArray[np.int64]


@contextmanager
def refusing() -> Iterator[None]:
    """Turn input the spatial floor cannot compute on into a Refusal with the same sentence."""
    try:
        yield
    except GeoInputError as fault:
        raise Refusal(str(fault)) from fault


@needs(Permission.SEE_HARM_FIGURES)
def open_study(ws: Workspace, request: ProfileRequest) -> Study:
    """Look the area and the scheme up and cover the area with cells; Refusal when it cannot be."""
    area, shape = find_area(ws, request.area)
    scheme = find_scheme(request.scheme)
    if request.kernel not in KERNELS:
        raise Refusal(
            f"There is no kernel called {request.kernel!r}",
            remedy=f"Choose one of {', '.join(KERNELS)}",
        )
    with refusing():
        cells = cover(shape, request.resolution)
        check_bandwidth(request.bandwidth_m, cells)
    return Study(request, area, shape, scheme, cells)


def events_near(loaded: pd.DataFrame, study: Study, *, reach_m: float) -> Events:
    """Incidents in the area or within reach of its box: they steady its edges."""
    near = within_bounds(loaded, buffer_degrees(study.shape, distance_m=reach_m))
    longitude, latitude = near["longitude"].to_numpy(), near["latitude"].to_numpy()
    position = locate(study.cells, longitude, latitude, study.request.resolution)
    return Events(near, harm_of(near, study.scheme), position)


def n_without_location(loaded: pd.DataFrame, covered: Coverage) -> int:
    """Incidents of the area's main force that are in no cell."""
    unplaced = loaded["longitude"].isna() & loaded["force"].isin(covered.forces[:1])
    return int(unplaced.sum())


def check_bandwidth(bandwidth_m: float, cells: CellArray) -> None:
    """Raise Refusal for a bandwidth below the spacing of the cells, or wider than any hotspot."""
    spacing = spacing_m(cells)
    if bandwidth_m > LARGEST_BANDWIDTH_M:
        raise Refusal(
            "The bandwidth is too wide to show a hotspot",
            found=f"Bandwidth {bandwidth_m:g} m; at most {LARGEST_BANDWIDTH_M:,.0f} m is used",
            cause="It was probably given in another unit, or with a digit too many",
            remedy="Ask for a few hundred metres in a town, a few thousand in the country",
        )
    if not bandwidth_m >= spacing:
        raise Refusal(
            "The bandwidth is below the distance between cell centres",
            found=f"Bandwidth {bandwidth_m:g} m; centres lie {spacing:.0f} m apart",
            cause="Harm between two centres would be seen by neither",
            remedy=f"Ask for at least {np.ceil(spacing / 50) * 50:.0f} m, or a finer resolution",
        )


def attributions(tx: Transaction, *more: str) -> tuple[str, ...]:
    """Whom to name for the incidents and boundaries, and for anything ``more``, each once."""
    said = {
        entry.attribution for kind in (INCIDENTS, BOUNDARIES) for entry in tx.frames.entries(kind)
    } | set(more)
    # A statement within a longer one is said by it.
    needed = {text for text in said if text and not any(text in other for other in said - {text})}
    return tuple(sorted(needed))


def provenance_of(
    study: Study,
    *,
    sources: tuple[str, ...],
    choices: tuple[str, ...],
    caveats: tuple[str, ...],
    made_at: datetime,
) -> Provenance:
    """What the study was made from and how; ``choices`` are added to those always made."""
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
        sources=(scheme.source, *sources),
        choices=(
            "cells cover the area by overlap; counts are of whole cells",
            "density uses incidents up to one bandwidth outside the area, clipped last",
            "measured in EPSG:27700",
            *choices,
        ),
        caveats=(*((scheme.caveat,) if scheme.caveat else ()), *caveats),
        made_at=made_at.isoformat(timespec="seconds"),
        software=f"Holdfast {__version__}",
    )


def coverage_caveats(
    request: ProfileRequest, covered: Coverage, n_without_location: int
) -> tuple[str, ...]:
    """What the reader should know of the points, the months and the rows left out."""
    said = ["Published points are snapped to the middle of at least eight addresses"]
    if request.resolution > 9:
        said.append("Cells finer than resolution 9 show more detail than snapped points can carry")
    if request.bandwidth_m < SNAPPING_M:
        said.append(f"A bandwidth below {SNAPPING_M:.0f} m shows where points were snapped to")
    if not covered.forces:
        said.append("No incident of this period lies in the area: its force may not be loaded")
    if covered.missing:
        months = ", ".join(str(month) for month in covered.missing)
        said.append(f"Months missing, not counted as zero: {months}")
    if n_without_location:
        force = covered.forces[0] if covered.forces else "the force"
        said.append(
            f"{n_without_location:,} incidents of {force} without a location are in no cell"
        )
    return tuple(said)
