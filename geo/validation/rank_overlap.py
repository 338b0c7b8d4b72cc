"""How alike are the tops of two rankings?

Rank-biased overlap, extrapolated from the ranks seen: W. Webber, A. Moffat and J. Zobel, ACM
Transactions on Information Systems 28, 2010 (doi:10.1145/1852102.1852106).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.errors import GeoInputError


def rank_biased_overlap(first: ArrayLike, second: ArrayLike, *, persistence: float = 0.9) -> float:
    """Return the overlap of two rankings of cells or places, best first, from 0 to 1.

    `persistence` is the chance that a reader goes on to the next rank: at 0.9 the first ten
    ranks carry 86 per cent of the weight. The longer ranking is cut to the shorter. Raises
    GeoInputError for an empty ranking, a name ranked twice, and a persistence not between
    0 and 1.
    """
    one, other = np.asarray(first), np.asarray(second)
    depth = min(one.size, other.size)
    if depth == 0:
        raise GeoInputError("A ranking is empty, so there is nothing to compare.")
    if not 0 < persistence < 1:
        raise GeoInputError(f"The persistence must lie between 0 and 1, not at {persistence}.")
    for ranking in (one, other):
        if np.unique(ranking).size < ranking.size:
            raise GeoInputError("A name stands twice in one ranking; each may have one rank.")
    depths = np.arange(1, depth + 1)
    agreement = _shared_so_far(one[:depth], other[:depth]) / depths
    tail = agreement[-1] * persistence**depth
    return float(tail + (1 - persistence) * (agreement @ persistence ** (depths - 1)))


def _shared_so_far(one: NDArray[np.generic], other: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return, per depth, how many names both rankings have shown."""
    _, in_one, in_other = np.intersect1d(one, other, assume_unique=True, return_indices=True)
    met = np.bincount(np.maximum(in_one, in_other), minlength=one.size)
    return np.cumsum(met)
