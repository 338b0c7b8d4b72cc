"""Large patches of hot cells divided at the dips between their peaks.

Cells significant together often form one patch across half a city, which is no place anybody
works in. Walking down from the highest cell, each cell joins the neighbour it rises to, and
two peaks stay apart when the land between them dips deep enough: clustering by persistence
(F. Chazal and others, Journal of the ACM 60, 2013, doi:10.1145/2535927), with depth measured
relative to the lower peak.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geo.errors import GeoInputError
from geo.hotspots.neighbours import Neighbours

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def divide_at_dips(hot: Flags, height: Floats, near: Neighbours, *, saddle_share: float) -> Ints:
    """Return each cell's peak, the position of its highest cell, shape (cells,); -1 if not hot.

    Two peaks are one when the highest way between them stays at or above ``saddle_share`` of
    the lower one. At 0 every patch stays whole; at 1 every local peak stands alone. Every
    group is contiguous. Raises GeoInputError for a share outside 0 to 1.
    """
    if not 0 <= saddle_share <= 1:
        raise GeoInputError(
            f"The share at which a dip divides two peaks lies between 0 and 1, not at"
            f" {saddle_share:g}. Probably a percentage was given; 75 per cent is 0.75."
        )
    rises_to = np.full(height.size, -1, np.int64)
    for cell in np.flatnonzero(hot)[np.argsort(-height[hot], kind="stable")]:
        around = near.indices[near.indptr[cell] : near.indptr[cell + 1]]
        higher = around[rises_to[around] >= 0]
        if not higher.size:
            rises_to[cell] = cell
            continue
        rises_to[cell] = higher[np.argmax(height[higher])]
        _join_shallow(rises_to, height, cell, higher, saddle_share)
    return np.array([_peak(rises_to, cell) if hot[cell] else -1 for cell in range(hot.size)])


def _join_shallow(
    rises_to: Ints, height: Floats, saddle: int, higher: Ints, saddle_share: float
) -> None:
    """Where a cell meets other peaks than its own, join those that a shallow dip divides."""
    own = _peak(rises_to, saddle)
    met = {_peak(rises_to, cell) for cell in higher} - {own}
    for other in sorted(met, key=lambda peak: (-height[peak], peak)):
        upper, lower = sorted((own, other), key=lambda peak: (-height[peak], peak))
        if height[saddle] >= saddle_share * height[lower]:
            rises_to[lower] = own = upper


def _peak(rises_to: Ints, cell: int) -> int:
    while rises_to[cell] != cell:
        cell = int(rises_to[cell])
    return cell
