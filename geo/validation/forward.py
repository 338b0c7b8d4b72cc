"""Forward test: would the map made then have found what happened afterwards?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from geo._arrays import Flags, Floats, Ints, as_floats, require_same_length
from geo.validation.bootstrap import Interval, bootstrap_months
from geo.validation.scores import Scores, score


@dataclass(frozen=True)
class ForwardTest:
    """Scores over all later months, with intervals from resampling those months."""

    scores: Scores
    hit_rate: Interval
    pai: Interval
    pei: Interval
    recapture_rate_index: Interval
    n_months: int


def forward_test(
    hot: Flags,
    earlier: ArrayLike,
    later_months: ArrayLike,
    areas_km2: ArrayLike,
    *,
    seed: int,
    resamples: int = 999,
    confidence: float = 0.95,
) -> ForwardTest:
    """Score hot cells against the months after those they were found on.

    `hot`, `earlier` and `areas_km2` have one value per cell; `later_months` has shape (cells,
    months). Months in which any cell is missing are left out, and `n_months` says how many
    were used. Raises GeoInputError for fewer than 3 such months.
    """
    months = as_floats(later_months, "later months", ndim=2)
    require_same_length(hot=hot, later_months=months)
    months = months[:, ~np.isnan(months).any(axis=0)]

    def measured(chosen: Ints) -> Floats:
        times = np.bincount(chosen, minlength=months.shape[1]).astype(np.float64)
        found = score(hot, earlier, months @ times, areas_km2)
        return np.array([found.hit_rate, found.pai, found.pei, found.recapture_rate_index])

    hit_rate, pai, pei, recapture = bootstrap_months(
        measured, months.shape[1], seed=seed, resamples=resamples, confidence=confidence
    )
    everything = score(hot, earlier, months.sum(axis=1), areas_km2)
    return ForwardTest(everything, hit_rate, pai, pei, recapture, n_months=months.shape[1])
