"""Harm month by month at a place, in the ring round it, and in the rest of its area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb.domain.access.permissions import Permission
from chb.domain.periods import Month, Period
from chb.domain.places.places import Boundary, Place
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.areas import Area, list_areas, shape_of
from chb.services.harm.incidents import (
    FloatArray,
    coverage,
    harm_of,
    incident_entries,
    load_incidents,
    month_of,
    within_bounds,
)
from chb.services.harm.schemes import find_scheme
from chb.services.harm.study import refusing
from chb.services.places.edits import existing_place
from chb.services.places.zones import OUTSIDE, Ground, Zone, ground_of
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cells import CellArray, spacing_m
from geo.change.panel import panel

RINGS: Final = 2
MOST_MONTHS: Final = 60
_COLUMNS: Final = ("longitude", "latitude", "category")


@dataclass(frozen=True)
class SeriesRequest:
    """Which place, weighed how; ``boundary_version`` 0 is the one in force."""

    place_id: str
    scheme: str = "cchi-2026"
    rings: int = RINGS
    boundary_version: int = 0


@dataclass(frozen=True)
class HarmSeries:
    """``table`` has one row a zone and month: zone, month, harm_days, count.

    Both figures are NaN in months that are not loaded: nobody knows them, and they are
    not nought. Where the area of the place is not loaded there is no rest of it.
    """

    boundary: Boundary
    unit: str
    table: pd.DataFrame
    months: tuple[Month, ...]
    missing: tuple[Month, ...]
    choices: tuple[str, ...]
    caveats: tuple[str, ...]

    @property
    def zones(self) -> tuple[Zone, ...]:
        """The zones that there are."""
        return tuple(Zone(name) for name in dict.fromkeys(self.table["zone"]))


@needs(Permission.SEE_HARM_FIGURES)
def harm_series(ws: Workspace, request: SeriesRequest) -> HarmSeries:
    """Monthly harm and incidents of the last loaded months, at most MOST_MONTHS of them.

    One boundary counts for all months, so that they can be compared. Raises Refusal for a
    place or boundary that is not there, and when no month is loaded.
    """
    scheme, areas = find_scheme(request.scheme), list_areas(ws)
    with ws.reading() as tx, refusing():
        place = existing_place(tx, request.place_id)
        boundary = _boundary(place, request.boundary_version)
        outline = _outline(tx, place, areas)
        ground = ground_of(boundary, request.rings, place.area_name, outline)
        period = _loaded_period(tx)
        near = within_bounds(load_incidents(tx, period, columns=_COLUMNS), ground.extent)
        zone = ground.zone_of(near)
        covered = coverage(tx, near.loc[zone != OUTSIDE], period)
        others = _others_in(tx, place, ground.ring)
    months = tuple(period)
    loaded = np.isin([each.ordinal for each in months], [each.ordinal for each in covered.present])
    return HarmSeries(
        boundary=boundary,
        unit=scheme.unit,
        table=_table(near, zone, harm_of(near, scheme), months, loaded, ground),
        months=months,
        missing=covered.missing,
        choices=_choices(boundary, ground, scheme.title, request.rings),
        caveats=_caveats(covered.missing, ground, others),
    )


def _boundary(place: Place, version: int) -> Boundary:
    if not version:
        return place.boundary
    found = next((each for each in place.boundaries if each.version == version), None)
    if found is None:
        raise Refusal(
            f"{place.name} has no boundary version {version}",
            found=f"It has versions 1 to {place.boundary.version}",
            remedy="Choose one of these",
        )
    return found


def _outline(tx: Transaction, place: Place, areas: tuple[Area, ...]) -> BaseGeometry | None:
    """The area that the place was started in; None when it is not loaded."""
    area = next((each for each in areas if each.name == place.area_name), None)
    return shape_of(tx, area) if area else None


def _loaded_period(tx: Transaction) -> Period:
    """From the first loaded month to the last, the latest MOST_MONTHS of them."""
    loaded = sorted({month_of(entry) for entry in incident_entries(tx)})
    if not loaded:
        raise Refusal(
            "There is no harm to show yet",
            found="No month of incidents is loaded",
            remedy="Import incidents: python -m chb import incidents PATH",
        )
    return Period(max(loaded[0], loaded[-1].plus(1 - MOST_MONTHS)), loaded[-1])


def _table(
    near: pd.DataFrame,
    zone: NDArray[np.int64],
    harm: FloatArray,
    months: tuple[Month, ...],
    loaded: NDArray[np.bool_],
    ground: Ground,
) -> pd.DataFrame:
    """The rows of the zones there are. Strays of other forces' months are left out."""
    zones = list(Zone) if ground.outline is not None else [Zone.PLACE, Zone.RING]
    month = near["month_ordinal"].to_numpy() - months[0].ordinal
    kept = (zone != OUTSIDE) & loaded[month]
    shape = (len(zones), len(months))
    figures = [
        panel(zone[kept], month[kept], weights, shape=shape, covered=loaded)
        for weights in (np.nan_to_num(harm[kept]), None)
    ]
    return pd.DataFrame(
        {
            "zone": np.repeat([each.value for each in zones], len(months)),
            "month": [str(month) for month in months] * len(zones),
            "harm_days": figures[0].ravel(),
            "count": figures[1].ravel(),
        }
    )


def _others_in(tx: Transaction, place: Place, ring: CellArray) -> tuple[str, ...]:
    """Names of other places that reach into the ring, cell by cell of the same size."""
    cells = frozenset(ring.tolist())
    return tuple(
        each.name
        for each in tx.places.all()
        if each.id != place.id and not cells.isdisjoint(each.boundary.cells)
    )


def _choices(boundary: Boundary, ground: Ground, scheme: str, rings: int) -> tuple[str, ...]:
    width_m = rings * spacing_m(ground.place)
    said = (
        f"weighed by {scheme}",
        f"every month is counted within boundary version {boundary.version}, of "
        f"{boundary.valid_from:%d %B %Y}",
        f"the ring is {rings} cells wide, about {width_m:,.0f} m",
    )
    if ground.outline is None:
        return said
    rest = f"the rest is the outline of {ground.area_name} without the place and its ring"
    return (*said, rest)


def _caveats(
    missing: tuple[Month, ...], ground: Ground, others: tuple[str, ...]
) -> tuple[str, ...]:
    said = ["Published points are snapped to the middle of at least eight addresses"]
    if missing:
        months = ", ".join(map(str, missing))
        said.append(f"Months not loaded are gaps, not nought: {months}")
    if ground.outline is None:
        said.append("The area of the place is not loaded, so there is no rest of it to compare")
    if others:
        said.append(f"Work goes on in the ring as well: {', '.join(others)}")
    return tuple(said)
