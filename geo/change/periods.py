"""Gi* of every period of a panel: where was it hot, and when?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from geo._arrays import Floats
from geo.change.panel import checked_panel
from geo.hotspots.gi_star import FEWEST_CELLS, gi_star
from geo.hotspots.neighbours import as_neighbours


@dataclass(frozen=True)
class PeriodStates:
    """Panels (cells, periods), NaN where nothing is known: z, and 1 or 0 for hot and cold."""

    z: Floats
    hot: Floats
    cold: Floats


def gi_star_by_period(
    values: ArrayLike,
    neighbours: Any,
    *,
    correction: str = "benjamini-hochberg",
    alpha: float = 0.05,
) -> PeriodStates:
    """Return Gi* of each period over the cells known in it, corrected within the period.

    A period in which every known cell has the same value, such as a month without events,
    has z 0 and is neither hot nor cold. Raises GeoInputError for fewer than 10 periods.
    """
    amounts = checked_panel(values)
    near = as_neighbours(neighbours, len(amounts))
    states = PeriodStates(*(np.full(amounts.shape, np.nan) for _ in range(3)))
    for period, column in enumerate(amounts.T):
        known = ~np.isnan(column)
        if np.count_nonzero(known) < FEWEST_CELLS:
            continue
        for panel in (states.z, states.hot, states.cold):
            panel[known, period] = 0
        if np.ptp(column[known]) == 0:
            continue
        within = near if known.all() else near.among(known)
        result = gi_star(column[known], within, correction=correction)
        states.z[known, period] = result.z
        states.hot[known, period] = result.hot(alpha=alpha)
        states.cold[known, period] = result.cold(alpha=alpha)
    return states
