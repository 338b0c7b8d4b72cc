"""Is a hotspot there to stay, new, gone, or on and off?

The thresholds are conventions of this project, kept in one named rule that is printed with
every result; the idea of a share of periods spent hot is that of J. M. Hunt, Do crime hot
spots move?, American University, 2016.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo._arrays import Floats
from geo.change.panel import FEWEST_PERIODS, checked_panel


class Change(StrEnum):
    """What a cell's history as a hotspot amounts to."""

    PERSISTENT = "persistent"
    EMERGING = "emerging"
    FORMER = "former"
    INTERMITTENT = "intermittent"
    NONE = "none"
    UNKNOWN = "not enough data"


@dataclass(frozen=True)
class ChangeRule:
    """Thresholds, as shares of the known periods.

    The latest `recent` share of the panel is compared with all before it. A cell is busy in a
    part when hot in at least `busy` of it and quiet when hot in at most `quiet` of it.
    """

    persistent: float = 0.8
    recent: float = 0.25
    busy: float = 0.5
    quiet: float = 0.2
    fewest_hot: int = 2


DEFAULT_RULE: Final = ChangeRule()


def change_classes(hot: ArrayLike, *, rule: ChangeRule = DEFAULT_RULE) -> NDArray[np.str_]:
    """Return the class of each cell, shape (cells,), as text from Change.

    `hot` is a panel (cells, periods) of 1 for hot, 0 for not, NaN for missing. In this order:
    persistent, hot in most periods; emerging, busy of late and quiet before; former, the
    reverse; intermittent, hot in at least `fewest_hot` periods; none. Cells with fewer than
    10 known periods, or none in either part, are "not enough data". Raises GeoInputError for
    a panel of fewer than 10 periods.
    """
    states = checked_panel(hot, "panel of hot cells")
    n_recent = max(1, round(rule.recent * states.shape[1]))
    before, of_late = share_hot(states[:, :-n_recent]), share_hot(states[:, -n_recent:])
    unknown = ((~np.isnan(states)).sum(axis=1) < FEWEST_PERIODS) | np.isnan(before + of_late)
    tests = {
        Change.UNKNOWN: unknown,
        Change.PERSISTENT: share_hot(states) >= rule.persistent,
        Change.EMERGING: (of_late >= rule.busy) & (before <= rule.quiet),
        Change.FORMER: (of_late <= rule.quiet) & (before >= rule.busy),
        Change.INTERMITTENT: np.nansum(states, axis=1) >= rule.fewest_hot,
    }
    return np.select(list(tests.values()), [str(name) for name in tests], str(Change.NONE))


def share_hot(states: Floats) -> Floats:
    """Return the share of known periods spent hot, NaN where none is known."""
    known = (~np.isnan(states)).sum(axis=1)
    share = np.full(len(states), np.nan)
    np.divide(np.nansum(states, axis=1), known, out=share, where=known > 0)
    return share
