"""Percentile intervals by resampling whole months.

B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993
(doi:10.1201/9780429246593). Months, not events, are drawn: events of one month go together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo._arrays import Floats, Ints
from geo.errors import GeoInputError

FEWEST_MONTHS: Final = 3
FEWEST_RESAMPLES: Final = 99


@dataclass(frozen=True)
class Interval:
    """An estimate and its interval at a confidence."""

    estimate: float
    low: float
    high: float
    confidence: float


def bootstrap_months(
    statistics: Callable[[Ints], Floats],
    n_months: int,
    *,
    seed: int,
    resamples: int = 999,
    confidence: float = 0.95,
) -> list[Interval]:
    """Return an interval for each value of ``statistics(months)``.

    `statistics` takes positions of months, some perhaps repeated, and returns values, shape
    (values,); the estimate is that of all months once. Resamples that give NaN are left out.
    Raises GeoInputError for fewer than 3 months or 99 resamples.
    """
    if n_months < FEWEST_MONTHS or resamples < FEWEST_RESAMPLES:
        raise GeoInputError(
            f"An interval needs at least {FEWEST_MONTHS} months and {FEWEST_RESAMPLES} resamples,"
            f" but {n_months} and {resamples} were found. Hold back more months."
        )
    generator = np.random.default_rng(seed)
    estimate = statistics(np.arange(n_months))
    draws = generator.integers(0, n_months, (resamples, n_months))
    values = np.array([statistics(months) for months in draws])
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    return [
        Interval(float(value), *_quantiles(column, tails), confidence)
        for value, column in zip(estimate, values.T, strict=True)
    ]


def _quantiles(values: Floats, tails: list[float]) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if known.size == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(known, tails)
    return float(low), float(high)
