"""Uncertain locations as a surface: each spreads its weight over its own disc."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.areal import cut, spread
from geo.errors import GeoInputError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def disc_influence(
    x_m: FloatArray,
    y_m: FloatArray,
    *,
    radius_m: FloatArray,
    weight: FloatArray,
    group: IntArray,
    cells: NDArray[np.object_],
) -> tuple[FloatArray, IntArray]:
    """Weight per cell and number of distinct groups touching it, each of shape (n_cells,).

    Every location is a disc of its own radius, never a pin: its weight is shared
    among cells in proportion to the area of the disc inside each. So the sum over
    cells that cover every disc equals the sum of the weights. ``cells`` are polygons
    in the metric CRS of ``x_m`` and ``y_m``; ``group`` numbers the groups from 0.
    """
    if (radius_m <= 0).any():
        first = int(np.argmax(radius_m <= 0))
        raise GeoInputError(
            f"A radius must be above 0 m; location {first} has {radius_m[first]}. "
            "A location without a known radius still has an uncertain one: give the street's size."
        )
    if len(x_m) == 0:
        return np.zeros(len(cells)), np.zeros(len(cells), dtype=np.int64)
    discs = shapely.buffer(shapely.points(x_m, y_m), radius_m, quad_segs=16)
    pieces = cut(discs, cells)
    touches = np.unique(np.column_stack([pieces.cell, group[pieces.zone]]), axis=0)
    n_groups = np.bincount(touches[:, 0], minlength=len(cells)).astype(np.int64)
    return spread(pieces, weight), n_groups
