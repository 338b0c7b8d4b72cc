"""Do two measures rank the cells alike? An association found in these data, never a cause.

Spearman's rank correlation with Fisher's transformation and the variance (1 + r^2 / 2) /
(n - 3) of D. G. Bonett and T. A. Wright, Psychometrika 65, 2000 (doi:10.1007/BF02294183), or
with a bootstrap over cells. Neighbouring cells resemble each other, so either interval is
narrower than it should be: read it as the least uncertainty there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri
from scipy.stats import rankdata

from geo._arrays import Floats, Ints, as_floats, require_same_length
from geo.errors import GeoInputError

FEWEST_CELLS: Final = 10


@dataclass(frozen=True)
class RankAssociation:
    """Spearman's rho and its interval over the `n` cells in which both measures are known."""

    rho: float
    low: float
    high: float
    n: int
    n_missing: int
    confidence: float
    method: str


@dataclass(frozen=True)
class Bivariate:
    """Classes of two measures, shape (cells,), 0 lowest, -1 missing; and the class breaks.

    `first_breaks` and `second_breaks` are the upper ends of all classes but the last.
    """

    first: Ints
    second: Ints
    first_breaks: Floats
    second_breaks: Floats


def rank_association(
    first: ArrayLike,
    second: ArrayLike,
    *,
    confidence: float = 0.95,
    resamples: int = 0,
    seed: int | None = None,
) -> RankAssociation:
    """Return Spearman's correlation of two measures, one value per cell, NaN for missing.

    The interval is Fisher's, or from `resamples` bootstrap resamples of cells when given with
    a `seed`. Raises GeoInputError for fewer than 10 cells and for a constant measure.
    """
    one, other = as_floats(first, "first measure"), as_floats(second, "second measure")
    require_same_length(first=one, second=other)
    known = np.isfinite(one) & np.isfinite(other)
    n = int(np.count_nonzero(known))
    _require_enough(one[known], other[known])
    rho = _spearman(one[known], other[known])
    if resamples:
        low, high = _bootstrapped(one[known], other[known], confidence, resamples, seed)
    else:
        low, high = _fisher(rho, n, confidence)
    method = f"bootstrap of {resamples} resamples" if resamples else "Fisher's transformation"
    return RankAssociation(rho, low, high, n, known.size - n, confidence, method)


def bivariate_classes(first: ArrayLike, second: ArrayLike, *, n_classes: int = 3) -> Bivariate:
    """Return the class of each measure per cell, by quantiles of its own known values.

    Equal values share a class, so classes may differ in size. Three classes of each make the
    nine of a two-variable legend.
    """
    one, other = as_floats(first, "first measure"), as_floats(second, "second measure")
    require_same_length(first=one, second=other)
    (first_class, first_breaks), (second_class, second_breaks) = (
        _quantile_classes(column, n_classes) for column in (one, other)
    )
    return Bivariate(first_class, second_class, first_breaks, second_breaks)


def _quantile_classes(values: Floats, n_classes: int) -> tuple[Ints, Floats]:
    known = np.isfinite(values)
    if not known.any():
        raise GeoInputError("A measure is missing in every cell, so it cannot be classed.")
    breaks = np.quantile(values[known], np.arange(1, n_classes) / n_classes)
    classes = np.searchsorted(breaks, values, side="left").astype(np.int64)
    return np.where(known, classes, -1), np.asarray(breaks, dtype=np.float64)


def _spearman(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(rankdata(one), rankdata(other))[0, 1])


def _fisher(rho: float, n: int, confidence: float) -> tuple[float, float]:
    reach = ndtri(0.5 + confidence / 2) * np.sqrt((1 + rho**2 / 2) / (n - 3))
    centre = np.arctanh(np.clip(rho, -1 + 1e-15, 1 - 1e-15))
    return float(np.tanh(centre - reach)), float(np.tanh(centre + reach))


def _bootstrapped(
    one: Floats, other: Floats, confidence: float, resamples: int, seed: int | None
) -> tuple[float, float]:
    if seed is None:
        raise GeoInputError("A bootstrap needs a seed, so that the same data answer alike twice.")
    generator = np.random.default_rng(seed)
    with np.errstate(invalid="ignore"):  # a resample of one value has no correlation
        rhos = [
            _spearman(one[cells], other[cells])
            for cells in generator.integers(0, one.size, (resamples, one.size))
        ]
    low, high = np.nanquantile(rhos, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _require_enough(one: Floats, other: Floats) -> None:
    if one.size < FEWEST_CELLS:
        raise GeoInputError(
            f"Not enough data for a rank correlation: both measures are known in {one.size} cells"
            f" and at least {FEWEST_CELLS} are needed. Take a larger area or smaller cells."
        )
    for values, which in ((one, "first"), (other, "second")):
        if np.ptp(values) == 0:
            raise GeoInputError(
                f"The {which} measure is {values[0]:g} in every cell, so it ranks nothing."
                " Probably a filter left no events or one area only."
            )
