"""Eight patterns of a hotspot over time, named as in ArcGIS Pro's Emerging Hot Spot Analysis.

The definitions follow Esri's published description of that tool (the hot side only), written
as tests on each cell's states per period; the trend is that of z by Mann-Kendall. The same
names here do not promise the same numbers: neighbourhoods and corrections are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo._arrays import Flags, Floats, Ints
from geo.change.classes import share_hot
from geo.change.panel import FEWEST_PERIODS
from geo.change.periods import PeriodStates
from geo.change.trend import mann_kendall


class Pattern(StrEnum):
    """The patterns; a cell has exactly one."""

    NEW = "new"
    CONSECUTIVE = "consecutive"
    INTENSIFYING = "intensifying"
    PERSISTENT = "persistent"
    DIMINISHING = "diminishing"
    SPORADIC = "sporadic"
    OSCILLATING = "oscillating"
    HISTORICAL = "historical"
    NONE = "none"
    UNKNOWN = "not enough data"


@dataclass(frozen=True)
class PatternRule:
    """`mostly` is the share of periods from which a cell counts as hot throughout."""

    mostly: float = 0.9
    alpha: float = 0.05


DEFAULT_RULE: Final = PatternRule()


def space_time_patterns(
    states: PeriodStates, *, rule: PatternRule = DEFAULT_RULE
) -> NDArray[np.str_]:
    """Return the pattern of each cell, shape (cells,), as text from Pattern.

    "Last" is the last period known for the cell. Hot in most periods: intensifying,
    diminishing or persistent by the trend of z when hot in the last, else historical. Hot in
    the last but not in most: new, never hot before; consecutive, one run of two or more and
    never hot before it; oscillating, significantly cold at some time; sporadic, none of
    these. Cells with fewer than 10 known periods are "not enough data". Raises GeoInputError
    for fewer than 10 periods.
    """
    trend = mann_kendall(states.z)
    final_run, n_hot = _final_run(states.hot), np.nansum(states.hot, axis=1).astype(np.int64)
    last, mostly = final_run > 0, share_hot(states.hot) >= rule.mostly
    trending = trend.p <= rule.alpha
    tests: dict[Pattern, Flags] = {
        Pattern.UNKNOWN: (~np.isnan(states.hot)).sum(axis=1) < FEWEST_PERIODS,
        Pattern.HISTORICAL: mostly & ~last,
        Pattern.INTENSIFYING: mostly & trending & (trend.z > 0),
        Pattern.DIMINISHING: mostly & trending & (trend.z < 0),
        Pattern.PERSISTENT: mostly,
        Pattern.NEW: last & (n_hot == 1),
        Pattern.CONSECUTIVE: last & (n_hot == final_run),
        Pattern.OSCILLATING: last & (np.nansum(states.cold, axis=1) > 0),
        Pattern.SPORADIC: last,
    }
    return np.select(list(tests.values()), [str(name) for name in tests], str(Pattern.NONE))


def _final_run(hot: Floats) -> Ints:
    """Return how many known periods in a row, up to the last known one, were hot."""
    run = np.zeros(len(hot), np.int64)
    unbroken = np.ones(len(hot), np.bool_)
    for period in range(hot.shape[1] - 1, -1, -1):
        unbroken &= hot[:, period] != 0  # a missing period does not break a run
        run += unbroken & (hot[:, period] == 1)
    return run
