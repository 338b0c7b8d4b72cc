"""Harm at every open place, month by month: two years of it, for a small line on a card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from chb.domain.access.permissions import Permission
from chb.domain.periods import Month, Period
from chb.domain.places.places import Place
from chb.services.access.rules import needs
from chb.services.harm.incidents import harm_of, incident_entries, month_of
from chb.services.harm.schemes import find_scheme
from chb.services.workspace import Workspace
from geo.cells import cell_of, centres

YEAR_MONTHS: Final = 12
SCHEME: Final = "cchi-2026"
_COLUMNS: Final = ("longitude", "latitude", "category")
_MARGIN_DEGREES: Final = 0.02
"""Around the centres of cells: more than half a cell of any resolution that places have."""


@dataclass(frozen=True, kw_only=True)
class PlaceHarm:
    """Harm at one place within its boundary of today, over the last two years that are loaded."""

    months: tuple[Month, ...]
    harm_days: tuple[float | None, ...]
    """One a month; None for a month that is not loaded."""

    @property
    def last_year_days(self) -> float | None:
        """Harm of the last twelve months; None when one of them is not loaded."""
        return _total(self.harm_days[-YEAR_MONTHS:])

    @property
    def year_before_days(self) -> float | None:
        """Harm of the twelve months before; None when one of them is not loaded."""
        return _total(self.harm_days[:-YEAR_MONTHS])

    @property
    def change_percent(self) -> float | None:
        """The last year against the year before; None when there is not enough to say."""
        now, before = self.last_year_days, self.year_before_days
        return 100 * (now - before) / before if now is not None and before else None


@needs(Permission.SEE_HARM_FIGURES)
def harm_of_places(ws: Workspace) -> dict[str, PlaceHarm]:
    """Harm by place id, under the scheme of cards; empty when no month is loaded."""
    with ws.reading() as tx:
        entries = incident_entries(tx)
        places = [place for place in tx.places.all() if place.is_open(ws.today())]
        if not entries or not places:
            return {}
        last = max(month_of(entry) for entry in entries)
        period = Period(last.plus(1 - 2 * YEAR_MONTHS), last)
        at_places = _cells_of(places)
        harm: dict[tuple[str, Month], float] = defaultdict(float)
        loaded = [entry for entry in entries if month_of(entry) in period]
        for entry in loaded:
            month = month_of(entry)
            for place_id, days in _of_month(tx.frames.read(entry, _COLUMNS), at_places).items():
                harm[place_id, month] += days
    covered = {month_of(entry) for entry in loaded}
    return {place.id: _of_place(place.id, harm, period, covered) for place in places}


def _cells_of(places: Sequence[Place]) -> pd.DataFrame:
    """One row a place and cell; places may share cells, and be of several resolutions."""
    parts = [
        pd.DataFrame(
            {
                "cell": np.array(sorted(place.boundary.cells), dtype=np.uint64),
                "place": place.id,
                "resolution": place.boundary.resolution,
            }
        )
        for place in places
    ]
    return pd.concat(parts, ignore_index=True)


def _of_month(rows: pd.DataFrame, at_places: pd.DataFrame) -> dict[str, float]:
    """Harm of one month's rows by place."""
    rows = _near(rows, at_places)
    days = harm_of(rows, find_scheme(SCHEME))
    lon, lat = rows["longitude"].to_numpy(), rows["latitude"].to_numpy()
    found: dict[str, float] = {}
    for resolution in at_places["resolution"].unique():
        cells = at_places.loc[at_places["resolution"] == resolution]
        at = pd.DataFrame({"cell": cell_of(lon, lat, int(resolution)), "days": days})
        by_place = at.merge(cells, on="cell").groupby("place")["days"].sum()
        found |= {str(place_id): float(total) for place_id, total in by_place.items()}
    return found


def _near(rows: pd.DataFrame, at_places: pd.DataFrame) -> pd.DataFrame:
    """Rows in the box around all places: what is elsewhere, or nowhere, needs no cell."""
    lon, lat = centres(at_places["cell"].to_numpy())
    box_lon = rows["longitude"].between(lon.min() - _MARGIN_DEGREES, lon.max() + _MARGIN_DEGREES)
    box_lat = rows["latitude"].between(lat.min() - _MARGIN_DEGREES, lat.max() + _MARGIN_DEGREES)
    return rows.loc[box_lon & box_lat]


def _of_place(
    place_id: str, harm: Mapping[tuple[str, Month], float], period: Period, covered: set[Month]
) -> PlaceHarm:
    months = tuple(period)
    days = (harm.get((place_id, month), 0.0) if month in covered else None for month in months)
    return PlaceHarm(months=months, harm_days=tuple(days))


def _total(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == YEAR_MONTHS else None
