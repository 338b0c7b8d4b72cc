"""What lies round a set of cells."""

from __future__ import annotations

import numpy as np
from h3ronpy import grid_disk

from geo.cells import CellArray
from geo.errors import GeoInputError

MOST_RINGS = 10


def ring_around(cells: CellArray, rings: int) -> CellArray:
    """Cells within ``rings`` steps of any of the cells and not among them, sorted, shape (n,).

    Holes of the set belong to the ring as well. Raises GeoInputError for fewer than one
    ring, and for more than MOST_RINGS, which would be another part of town.
    """
    if not 1 <= rings <= MOST_RINGS:
        raise GeoInputError(
            f"A ring of {rings} cells was asked for; it is 1 to {MOST_RINGS} cells wide."
        )
    near = np.unique(np.asarray(grid_disk(cells, rings, flatten=True), dtype=np.uint64))
    ring: CellArray = np.setdiff1d(near, cells)
    return ring
