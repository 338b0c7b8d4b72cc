"""Points to cells: how many, and how much weight, with totals kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geo.cells import CellArray, cell_of

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


def position_in(cells: CellArray, of: CellArray) -> IntArray:
    """Position in the sorted array ``cells`` of each cell in ``of``; -1 where it is not there."""
    if len(cells) == 0:
        return np.full(len(of), -1, dtype=np.int64)
    position = np.searchsorted(cells, of).clip(max=len(cells) - 1)
    return np.where(cells[position] == of, position, -1).astype(np.int64)


def locate(
    cells: CellArray, longitude: FloatArray, latitude: FloatArray, resolution: int
) -> IntArray:
    """Position in ``cells`` of each point's cell; -1 for points outside every cell."""
    return position_in(cells, cell_of(longitude, latitude, resolution))


def totals(position: IntArray, weight: FloatArray | None, *, n_cells: int) -> FloatArray:
    """Sum of weights (or number of points) per cell, shape (n_cells,); -1 is left out."""
    inside = position >= 0
    weights = None if weight is None else weight[inside]
    return np.bincount(position[inside], weights=weights, minlength=n_cells).astype(np.float64)
