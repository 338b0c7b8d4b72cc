"""Mann-Kendall: does a cell's series rise or fall more steadily than chance?

H. B. Mann, Econometrica 13, 1945 (doi:10.2307/1907187), with the variance corrected for ties
and the continuity correction of M. G. Kendall, Rank Correlation Methods, 1975; the slope is
that of P. K. Sen, 1968 (doi:10.1080/01621459.1968.10480934).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfc

from geo._arrays import Floats
from geo._compiled import FLOAT_ROWS, NOTHING, OUT_FLOAT_ROWS, compiled, in_threads
from geo.change.panel import FEWEST_PERIODS, checked_panel


@dataclass(frozen=True)
class Trend:
    """One value per cell, NaN for cells with too few known periods.

    `slope` is the median change per period, in the panel's unit; `p` is two-sided.
    """

    z: Floats
    p: Floats
    slope: Floats


def mann_kendall(values: ArrayLike) -> Trend:
    """Return the trend of each row of a panel (cells, periods), missing periods left out.

    A constant series has z 0 and p 1. Raises GeoInputError for fewer than 10 periods.
    """
    series = checked_panel(values)
    out = np.empty((len(series), 2))
    in_threads(lambda begin, end: _write_trends(series[begin:end], out[begin:end]), len(series))
    out[(~np.isnan(series)).sum(axis=1) < FEWEST_PERIODS] = np.nan
    z = np.ascontiguousarray(out[:, 0])
    return Trend(z, erfc(np.abs(z) / np.sqrt(2)), np.ascontiguousarray(out[:, 1]))


@compiled(NOTHING(FLOAT_ROWS, OUT_FLOAT_ROWS))
def _write_trends(series: Floats, out: Floats) -> None:
    """Write z and the median slope of each row.

    With t values in a tie, the variance loses t (t - 1) (2 t + 5) / 18: that is the sum over
    its members of (t - 1) (2 t + 5) / 18, so ties need no sorting.
    """
    n_periods = series.shape[1]
    slopes = np.empty(n_periods * (n_periods - 1) // 2)
    for row in range(series.shape[0]):
        known = pairs = 0
        score = lost = 0.0
        for later in range(n_periods):
            if np.isnan(series[row, later]):
                continue
            known += 1
            tied = 0
            for other in range(n_periods):
                difference = series[row, later] - series[row, other]  # NaN passes no test below
                tied += difference == 0
                if other < later and not np.isnan(difference):
                    score += np.sign(difference)
                    slopes[pairs] = difference / (later - other)
                    pairs += 1
            lost += (tied - 1) * (2 * tied + 5)
        variance = (known * (known - 1) * (2 * known + 5) - lost) / 18
        out[row, 0] = (score - np.sign(score)) / np.sqrt(variance) if variance > 0 else 0.0
        out[row, 1] = np.median(slopes[:pairs]) if pairs else 0.0
