"""Events per cell and period, with zeros where nothing happened and NaN where nobody knows."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from geo._arrays import (
    Floats,
    Ints,
    as_floats,
    require_finite,
    require_not_negative,
    require_same_length,
)
from geo.errors import GeoInputError

FEWEST_PERIODS: Final = 10


def panel(
    cell: ArrayLike,
    period: ArrayLike,
    weights: ArrayLike | None,
    *,
    shape: tuple[int, int],
    covered: ArrayLike | None = None,
) -> Floats:
    """Return the sum of weights per cell and period, of `shape` (cells, periods).

    `cell` and `period` are one position per event; `weights` of None counts events.
    `covered` says for which periods, shape (periods,), or cells and periods, `shape`, data
    exist; the others become NaN. Raises GeoInputError for positions outside the shape and
    for events where nothing is covered.
    """
    cells, periods = np.asarray(cell, np.int64), np.asarray(period, np.int64)
    amounts = np.ones(cells.size) if weights is None else as_floats(weights, "weights")
    require_same_length(cell=cells, period=periods, weights=amounts)
    require_finite(amounts, "weights")
    require_not_negative(amounts, "weights")
    for name, positions, size in (("cell", cells, shape[0]), ("period", periods, shape[1])):
        _require_inside(name, positions, size)
    counted = np.zeros(shape)
    np.add.at(counted, (cells, periods), amounts)
    known = np.broadcast_to(True if covered is None else np.asarray(covered, np.bool_), shape)
    lost = counted[~known].sum()
    if lost:
        raise GeoInputError(
            f"Events with a total weight of {lost:g} lie in cells and periods said to have no"
            " data. Probably the coverage table is older than the events."
        )
    counted[~known] = np.nan
    return counted


def checked_panel(values: ArrayLike, name: str = "panel") -> Floats:
    """Return a panel (cells, periods) of enough periods, or refuse it."""
    found = as_floats(values, name, ndim=2)
    if np.isinf(found).any():
        raise GeoInputError(f"The {name} holds infinite values; probably a division by zero.")
    if found.shape[1] < FEWEST_PERIODS:
        raise GeoInputError(
            f"Not enough data to speak of change: {found.shape[1]} periods were found and at"
            f" least {FEWEST_PERIODS} are needed. Load more months or use shorter periods."
        )
    return found


def _require_inside(name: str, positions: Ints, size: int) -> None:
    outside = np.flatnonzero((positions < 0) | (positions >= size))
    if outside.size:
        raise GeoInputError(
            f"{outside.size} events have a {name} outside 0 to {size - 1}, the first in row"
            f" {outside[0]} ({positions[outside[0]]}). Probably events outside the area or the"
            " period were not set aside first."
        )
