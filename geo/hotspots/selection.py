"""Which cells are the hottest, by number or by share of the area."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from geo._arrays import (
    Flags,
    as_floats,
    require_finite,
    require_not_negative,
    require_same_length,
)
from geo.errors import GeoInputError


def top_cells(values: ArrayLike, *, k: int) -> Flags:
    """Return the `k` cells with the largest values, shape (cells,).

    Cells with nothing in them, or whose value is missing, are never among them; of equal
    values the earlier cell goes first.
    """
    amounts = as_floats(values, "values")
    if k < 1:
        raise GeoInputError(f"At least one cell must be asked for, but {k} were.")
    order = np.argsort(-np.where(np.isnan(amounts), -np.inf, amounts), kind="stable")[:k]
    chosen = np.zeros(amounts.size, np.bool_)
    chosen[order] = amounts[order] > 0
    return chosen


def hottest_area(values: ArrayLike, areas_km2: ArrayLike, *, share_of_area: float) -> Flags:
    """Return the cells with most per square kilometre that fit in a share of the area.

    Cells are taken from the densest down while their areas add up to no more than the share,
    at least one; cells with nothing in them are never taken.
    """
    amounts, areas = as_floats(values, "values"), as_floats(areas_km2, "cell areas")
    require_same_length(values=amounts, areas_km2=areas)
    for column, name in ((amounts, "values"), (areas, "cell areas")):
        require_finite(column, name)
        require_not_negative(column, name)
    if not 0 < share_of_area <= 1:
        raise GeoInputError(
            f"The share of the area must be above 0 and at most 1, but {share_of_area} was found."
            " Probably a percentage was given; 5 per cent is 0.05."
        )
    density = np.divide(amounts, areas, out=np.zeros(amounts.size), where=areas > 0)
    order = np.argsort(-density, kind="stable")
    fits = np.cumsum(areas[order]) <= areas.sum() * share_of_area * (1 + 1e-12)
    fits[:1] = True
    chosen = np.zeros(amounts.size, np.bool_)
    chosen[order[fits]] = density[order[fits]] > 0
    return chosen
