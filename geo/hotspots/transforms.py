"""Columns made less skewed, for statistics that assume a normal distribution.

Harm is dominated by a few grave events. Both transforms keep the order of the cells and are
named wherever their result is shown.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from geo._arrays import Floats, as_floats, require_finite, require_not_negative
from geo.errors import GeoInputError


def square_root(values: ArrayLike) -> Floats:
    """Return the square roots: variance of a count no longer grows with its mean.

    M. S. Bartlett, Supplement to the Journal of the Royal Statistical Society 3, 1936
    (doi:10.2307/2983678).
    """
    amounts = as_floats(values, "values")
    require_finite(amounts, "values")
    require_not_negative(amounts, "values")
    return np.sqrt(amounts)


def winsorised(values: ArrayLike, *, largest_quantile: float = 0.99) -> Floats:
    """Return the values with those above a quantile of the positive ones set to that quantile.

    Only cells with something in them set the quantile, or it would be zero on most maps.
    J. W. Tukey, Annals of Mathematical Statistics 33, 1962 (doi:10.1214/aoms/1177704711).
    """
    amounts = as_floats(values, "values")
    require_finite(amounts, "values")
    require_not_negative(amounts, "values")
    if not 0 < largest_quantile <= 1:
        raise GeoInputError(
            f"The quantile must be above 0 and at most 1, but {largest_quantile} was found."
        )
    positive = amounts[amounts > 0]
    if positive.size == 0:
        return amounts
    return np.minimum(amounts, np.quantile(positive, largest_quantile))
