"""Cells of one resolution as cells of another, by the hierarchy of the index.

A parent does not cover its seven children exactly, but every cell has one parent and is
counted in it once: sums over children are sums over parents.
"""

from __future__ import annotations

import numpy as np
from h3ronpy import change_resolution, change_resolution_paired

from geo.cells import CellArray, check_resolution
from geo.errors import GeoInputError


def parents(cells: CellArray, resolution: int) -> CellArray:
    """The parent of each cell at a coarser resolution, or the cell itself, shape (n,)."""
    check_resolution(resolution)
    # Cells that are finer already have one parent each, so the order is kept.
    found = np.asarray(change_resolution(cells, resolution), dtype=np.uint64)
    if found.shape != cells.shape:
        raise GeoInputError(
            f"{len(cells):,} cells have no parents of resolution {resolution}, as they are coarser"
            " themselves. Probably the two resolutions were swapped."
        )
    return found


def children(cells: CellArray, resolution: int) -> tuple[CellArray, CellArray]:
    """All cells of a finer resolution within each cell, sorted, and the cell each belongs to."""
    check_resolution(resolution)
    pairs = change_resolution_paired(cells, resolution)
    before, after = (np.asarray(pairs.column(name), dtype=np.uint64) for name in pairs.column_names)
    order = np.argsort(after)
    return after[order], before[order]
