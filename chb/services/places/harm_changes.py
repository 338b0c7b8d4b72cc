"""What a monthly series comes to: an index that zones of any size share, and year on year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from chb.services.places.harm_series import HarmSeries
from chb.services.places.zones import Zone

YEAR: Final = 12
FEWEST_PAIRS: Final = 6
"""Fewer months than these that have one a year earlier say nothing of a year."""
FEWEST_INCIDENTS: Final = 10
"""Below as many incidents a year, chance alone moves a figure by half."""


@dataclass(frozen=True)
class YearOnYear:
    """The last twelve months against the same months a year earlier, in like months only."""

    zone: Zone
    now: float
    before: float
    n_incidents: tuple[int, int]
    """A year earlier, and now."""
    n_months: int

    @property
    def change(self) -> float | None:
        """Share by which it rose; None when there is not enough to say."""
        too_few = min(self.n_incidents) < FEWEST_INCIDENTS
        if self.n_months < FEWEST_PAIRS or too_few or self.before <= 0:
            return None
        return (self.now - self.before) / self.before


def with_index(series: HarmSeries, column: str) -> pd.DataFrame:
    """The table with ``index``: 100 is each zone's mean over the first twelve months.

    NaN in months that are not loaded, and throughout a zone without anything in the first
    twelve months: there is nothing to set the rest against.
    """
    table = series.table
    first = table["month"].isin([str(month) for month in series.months[:YEAR]])
    base = table.loc[first].groupby("zone")[column].mean()
    usual = table["zone"].map(base).to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        index = np.where(usual > 0, 100 * table[column].to_numpy() / usual, np.nan)
    return table.assign(index=index)


def year_on_year(series: HarmSeries, column: str) -> tuple[YearOnYear, ...]:
    """Each zone's last twelve months beside those of a year earlier."""
    return tuple(_compared(series, zone, column) for zone in series.zones)


def _compared(series: HarmSeries, zone: Zone, column: str) -> YearOnYear:
    rows = series.table.loc[series.table["zone"] == zone.value]
    now, before = rows.iloc[-YEAR:], rows.shift(YEAR).iloc[-YEAR:]
    both = now["count"].notna().to_numpy() & before["count"].notna().to_numpy()
    return YearOnYear(
        zone=zone,
        now=float(now.loc[both, column].sum()),
        before=float(before.loc[both, column].sum()),
        n_incidents=(int(before.loc[both, "count"].sum()), int(now.loc[both, "count"].sum())),
        n_months=int(both.sum()),
    )
