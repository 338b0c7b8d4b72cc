"""OCG influence and community assets, brought to cells."""

from __future__ import annotations

import calendar
from datetime import date

import numpy as np
from numpy.typing import NDArray

from chb.domain.assets.register import Asset
from chb.domain.ocgs.locations import OcgLocation
from chb.domain.periods import Month, Period
from chb.store.store import Transaction
from geo.cells import CellArray, polygons
from geo.counting import locate, totals
from geo.crs import project, project_geometries
from geo.influence import disc_influence

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def influence_of(
    locations: tuple[OcgLocation, ...], cells: CellArray, period: Period
) -> tuple[FloatArray, IntArray]:
    """Summed confidence weight per cell, and number of groups, for locations of the period."""
    held = [place for place in locations if place.during(*days_of(period))]
    if not held:
        return np.zeros(len(cells)), np.zeros(len(cells), dtype=np.int64)
    x_m, y_m = project([place.longitude for place in held], [place.latitude for place in held])
    codes = sorted({place.code for place in held})
    return disc_influence(
        x_m,
        y_m,
        radius_m=np.array([place.radius_m for place in held]),
        weight=np.array([place.confidence.weight for place in held]),
        group=np.array([codes.index(place.code) for place in held]),
        cells=project_geometries(polygons(cells)),
    )


def assets_in(assets: tuple[Asset, ...], cells: CellArray, resolution: int) -> IntArray:
    """How many assets stand in each cell."""
    position = _positions(assets, cells, resolution)
    return totals(position, None, n_cells=len(cells)).astype(np.int64)


def asset_attributions(
    tx: Transaction, assets: tuple[Asset, ...], cells: CellArray, resolution: int
) -> tuple[str, ...]:
    """Whom to name for the assets in the cells, as noted when their lists were imported."""
    position = _positions(assets, cells, resolution)
    sources = {asset.source for asset, at in zip(assets, position, strict=True) if at >= 0}
    return tuple(
        record.report.get("attribution", "")
        for record in tx.journal.imports()
        if record.kind == "assets" and record.source_name in sources and not record.is_sample
    )


def _positions(assets: tuple[Asset, ...], cells: CellArray, resolution: int) -> IntArray:
    """The cell each asset stands in, -1 for none of them."""
    longitude = np.array([asset.longitude for asset in assets], dtype=np.float64)
    latitude = np.array([asset.latitude for asset in assets], dtype=np.float64)
    return locate(cells, longitude, latitude, resolution)


def days_of(period: Period) -> tuple[date, date]:
    """First and last day of the period."""
    return date(period.first.year, period.first.number, 1), _last_day(period.last)


def _last_day(month: Month) -> date:
    return date(month.year, month.number, calendar.monthrange(month.year, month.number)[1])
