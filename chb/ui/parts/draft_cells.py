"""Cells a person is choosing for a boundary: added, taken away, grown ring by ring."""

from __future__ import annotations

from enum import StrEnum

import h3.api.numpy_int as h3
import numpy as np

Cells = frozenset[int]


class Side(StrEnum):
    """Half of a place, as people speak of it."""

    NORTH = "northern half"
    SOUTH = "southern half"
    EAST = "eastern half"
    WEST = "western half"


def switched(cells: Cells, cell: int) -> Cells:
    """The cells with one more, or without it when it was among them."""
    return cells ^ {cell}


def with_ring(cells: Cells) -> Cells:
    """The cells and every cell that touches one of them."""
    return frozenset(int(near) for cell in cells for near in h3.grid_disk(cell, 1))


def without_ring(cells: Cells) -> Cells:
    """The cells whose six neighbours are all among them; the same cells when that leaves none."""
    inner = frozenset(cell for cell in cells if cells.issuperset(map(int, h3.grid_disk(cell, 1))))
    return inner or cells


def half_of(cells: Cells, side: Side) -> Cells:
    """The cells whose centre lies on one side of the middle of all their centres."""
    ordered = sorted(cells)
    latitudes, longitudes = np.array([h3.cell_to_latlng(cell) for cell in ordered]).T
    values = latitudes if side in (Side.NORTH, Side.SOUTH) else longitudes
    above = values > np.median(values)
    wanted = above if side in (Side.NORTH, Side.EAST) else ~above
    return frozenset(cell for cell, is_wanted in zip(ordered, wanted, strict=True) if is_wanted)


def by_position(cells: Cells) -> list[int]:
    """The cells from north to south, those of one latitude from west to east."""
    return sorted(cells, key=_reading_order)


def bounds_of(cells: Cells) -> tuple[float, float, float, float]:
    """West, south, east and north of the cells' centres, in degrees."""
    latitudes, longitudes = np.array([h3.cell_to_latlng(cell) for cell in cells]).T
    return (
        float(longitudes.min()),
        float(latitudes.min()),
        float(longitudes.max()),
        float(latitudes.max()),
    )


def _reading_order(cell: int) -> tuple[float, float]:
    latitude, longitude = h3.cell_to_latlng(cell)
    return -float(latitude), float(longitude)
