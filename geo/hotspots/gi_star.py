"""Getis-Ord Gi*: is there more here, and next door, than chance would put there?

The statistic of J. K. Ord and A. Getis, Geographical Analysis 27, 1995
(doi:10.1111/j.1538-4632.1995.tb00912.x), with binary weights, the cell itself always included
and the population standard deviation over all cells, empty ones too:

    z = sum of (value - mean) over the neighbourhood / (s sqrt(k (n - k) / (n - 1)))

for k of n cells in the neighbourhood. Use it on a count or an amount per cell; never on a
smoothed surface, whose neighbours agree by construction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfc

from geo._arrays import Flags, Floats, as_floats, require_finite
from geo.errors import GeoInputError
from geo.hotspots._permutations import permutation_p
from geo.hotspots.corrections import adjust, full_name
from geo.hotspots.neighbours import Neighbours, as_neighbours

FEWEST_EVENTS: Final = 30
FEWEST_CELLS: Final = 3
FEWEST_PERMUTATIONS: Final = 9_999


@dataclass(frozen=True)
class GiStar:
    """One value per cell, shape (cells,); unpacks as ``z, p, p_adjusted``.

    `p` is two-sided: from the normal distribution, or from permutations when there were any.
    """

    z: Floats
    p: Floats
    p_adjusted: Floats
    correction: str
    permutations: int

    def __iter__(self) -> Iterator[Floats]:
        return iter((self.z, self.p, self.p_adjusted))

    def hot(self, *, alpha: float = 0.05) -> Flags:
        """Cells with more around them than chance would put there, after the correction."""
        return (self.p_adjusted <= alpha) & (self.z > 0)

    def cold(self, *, alpha: float = 0.05) -> Flags:
        """Cells with less around them than chance would put there, after the correction."""
        return (self.p_adjusted <= alpha) & (self.z < 0)


def gi_star(
    values: ArrayLike,
    neighbours: Any,
    *,
    correction: str | None = "benjamini-hochberg",
    permutations: int = 0,
    seed: int | None = None,
    n_events: int | None = None,
) -> GiStar:
    """Return Gi* of each cell.

    `values` is one count or amount per cell, shape (cells,), zeros included. `neighbours` is
    any form `as_neighbours` reads. `correction` is a name in `corrections.CORRECTIONS`, or one
    of its `ABBREVIATIONS`. `permutations` of 0 takes p from the normal distribution; from
    9,999 on, p is conditional on the cell's own value and needs a `seed`. `n_events`, the
    number of events behind the values, is checked when given. A neighbourhood of all cells
    can say nothing: z 0, p 1.

    Raises GeoInputError for missing values, values all equal, fewer than 3 cells or 30
    events, and for 1 to 9,998 permutations, whose smallest p no correction could survive.
    """
    named = full_name(correction)
    amounts = _checked_values(values, n_events)
    near = as_neighbours(neighbours, amounts.size)
    z = _standardised(amounts, near)
    if permutations:
        _check_permutations(permutations, seed)
        p = permutation_p(amounts, near, permutations=permutations, seed=int(seed or 0))
    else:
        p = erfc(np.abs(z) / np.sqrt(2))
    return GiStar(z, p, adjust(p, correction=named), named, permutations)


def _standardised(values: Floats, near: Neighbours) -> Floats:
    n, k = values.size, near.sizes
    excess = near.sums(values - values.mean())
    spread = values.std() * np.sqrt(k * (n - k) / (n - 1))
    z = np.zeros(n)
    np.divide(excess, spread, out=z, where=k < n)
    return z


def _checked_values(values: ArrayLike, n_events: int | None) -> Floats:
    amounts = as_floats(values, "values")
    require_finite(amounts, "values")
    if n_events is not None and n_events < FEWEST_EVENTS:
        raise GeoInputError(
            f"Not enough data for Gi*: {n_events} events were found and at least"
            f" {FEWEST_EVENTS} are needed. Take a longer period, a larger area or more categories."
        )
    if amounts.size < FEWEST_CELLS:
        raise GeoInputError(
            f"Not enough data for Gi*: {amounts.size} cells were found and at least"
            f" {FEWEST_CELLS} are needed. Probably the area is smaller than a cell."
        )
    if np.ptp(amounts) == 0:
        raise GeoInputError(
            f"Not enough data for Gi*: every cell has the same value, {amounts[0]:g}, so no cell"
            " can stand out. Probably a filter left no events, or all weights are zero."
        )
    return amounts


def _check_permutations(permutations: int, seed: int | None) -> None:
    if permutations < FEWEST_PERMUTATIONS:
        raise GeoInputError(
            f"{permutations} permutations are too few: the smallest possible p would be"
            f" {2 / (max(permutations, 0) + 1):.2g}, which no correction for many cells survives."
            f" Use at least {FEWEST_PERMUTATIONS:,}, or 0 for the normal distribution."
        )
    if seed is not None and seed < 0:
        raise GeoInputError(f"A seed is a whole number from 0 up; found {seed}.")
    if seed is None:
        raise GeoInputError(
            "Permutations need a seed, so that the same data give the same answer twice."
        )
