"""Hot cells grouped into contiguous places."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo._arrays import Floats, Ints, as_floats, require_finite, require_same_length
from geo.errors import GeoInputError
from geo.hotspots.neighbours import as_neighbours


def clusters(
    hot: ArrayLike, neighbours: Any, *, rank_by: ArrayLike | None = None, fewest_cells: int = 1
) -> Ints:
    """Return each cell's cluster, shape (cells,), -1 for cells in none.

    A cluster is a connected component of hot cells. Clusters are numbered from 0, the one
    with the largest total of `rank_by` (by default, most cells) first; equal totals keep the
    order of their first cells. Those smaller than `fewest_cells` are left out.
    """
    chosen: NDArray[np.bool_] = np.asarray(hot)
    if chosen.dtype != np.bool_ or chosen.ndim != 1:
        raise GeoInputError("Hot cells are one true or false per cell; something else was found.")
    amounts = np.ones(chosen.size) if rank_by is None else as_floats(rank_by, "amounts to rank by")
    require_same_length(hot=chosen, rank_by=amounts)
    require_finite(amounts, "amounts to rank by")
    numbers = as_neighbours(neighbours, chosen.size).components(chosen)
    keep = np.flatnonzero(cluster_totals(numbers, np.ones(chosen.size)) >= fewest_cells)
    totals = cluster_totals(numbers, amounts)[keep]
    renumbered = np.full(numbers.max(initial=-1) + 2, -1, np.int64)  # the last is for "none"
    renumbered[keep[np.argsort(-totals, kind="stable")]] = np.arange(keep.size)
    return renumbered[numbers]


def cluster_totals(cluster: Ints, values: ArrayLike) -> Floats:
    """Return the sum of `values` in each cluster, shape (clusters,)."""
    amounts = as_floats(values, "values")
    require_same_length(cluster=cluster, values=amounts)
    inside = cluster >= 0
    totals = np.zeros(cluster.max(initial=-1) + 1)
    np.add.at(totals, cluster[inside], amounts[inside])
    return totals
