"""A ranking of hotspots that shows its parts and how far it depends on their weights.

Each component is turned into a percentile among the hotspots compared, so that a component
with long tails does not decide alone; the score is the weighted mean of the percentiles.
Guidance: OECD and JRC, Handbook on Constructing Composite Indicators, 2008
(doi:10.1787/9789264043466-en).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import rankdata

from geo._arrays import Floats, Ints, as_floats, require_finite, require_same_length
from geo.errors import GeoInputError

MOST_COMPONENTS: Final = 8


@dataclass(frozen=True)
class Priority:
    """One row per hotspot, in the order given.

    `percentiles` and `contributions` have shape (hotspots, components); the contributions of
    a hotspot add up to its score, between 0 and 1. Rank 1 is the first priority; `best_rank`
    and `worst_rank` are the extremes when the weights vary.
    """

    names: tuple[str, ...]
    percentiles: Floats
    contributions: Floats
    score: Floats
    rank: Ints
    best_rank: Ints
    worst_rank: Ints
    variation: float


def prioritise(
    components: Mapping[str, ArrayLike], weights: Mapping[str, float], *, variation: float = 0.2
) -> Priority:
    """Rank hotspots by components that a person has weighed.

    `components` maps a name to one value per hotspot, more meaning more urgent; `weights`
    names the same components. The rank range covers every combination of each weight
    lowered by `variation`, kept and raised by it. Raises GeoInputError for missing values,
    names that differ, negative weights and weights that are all zero.
    """
    names = tuple(components)
    importance = _checked_weights(names, weights, variation)
    require_same_length(**components)
    percentiles = np.column_stack([_percentiles(components[name], name) for name in names])
    shares = importance / importance.sum()
    score = percentiles @ shares
    ranks = np.stack([_ranks(percentiles @ one) for one in _varied(shares, variation)])
    return Priority(
        names=names,
        percentiles=percentiles,
        contributions=percentiles * shares,
        score=score,
        rank=_ranks(score),
        best_rank=ranks.min(axis=0),
        worst_rank=ranks.max(axis=0),
        variation=variation,
    )


def _percentiles(values: ArrayLike, name: str) -> Floats:
    """Return the share of hotspots below, equals counted half; the mean is one half."""
    column = as_floats(values, name)
    require_finite(column, f"values of {name}")
    return np.asarray((rankdata(column) - 0.5) / column.size, dtype=np.float64)


def _ranks(score: Floats) -> Ints:
    """Return ranks from 1; equal scores (to 12 digits) share the better rank."""
    return np.asarray(rankdata(-np.round(score, 12), method="min"), dtype=np.int64)


def _varied(shares: Floats, variation: float) -> Floats:
    factors = product((1 - variation, 1.0, 1 + variation), repeat=shares.size)
    varied = np.array(list(factors), dtype=np.float64) * shares
    return np.asarray(varied / varied.sum(axis=1, keepdims=True), dtype=np.float64)


def _checked_weights(
    names: tuple[str, ...], weights: Mapping[str, float], variation: float
) -> Floats:
    if set(names) != set(weights):
        odd = ", ".join(sorted(set(names) ^ set(weights)))
        raise GeoInputError(f"Components and weights must name the same things; unmatched: {odd}.")
    if not 1 <= len(names) <= MOST_COMPONENTS:
        raise GeoInputError(
            f"From 1 to {MOST_COMPONENTS} components can be weighed, but {len(names)} were given."
        )
    if not 0 <= variation < 1:
        raise GeoInputError(f"Weights vary by a share from 0 to below 1, not by {variation}.")
    importance = as_floats([weights[name] for name in names], "weights")
    require_finite(importance, "weights")
    if importance.min() < 0 or importance.sum() == 0:
        raise GeoInputError(
            f"Weights must not be negative, nor all zero; found {importance.tolist()}."
            " Leave a component out instead of giving it a negative weight."
        )
    return importance
