"""What Home keeps between runs: the key is what is loaded, and where the places are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.profiling import ProfileRequest
from chb.services.home import place_harm as place_harm_service
from chb.services.home.place_harm import YEAR_MONTHS, PlaceHarm
from chb.services.home.shared_places import SharedGlance
from chb.ui import cache
from chb.ui.kept import keep
from chb.ui.parts.filters import usual_period

HIGHEST_BAND: Final = 5


@keep(max_entries=cache.MOST_PROFILES)
def place_harm(version: str, boundaries: tuple[tuple[str, int], ...]) -> dict[str, PlaceHarm]:
    """Harm at open places by id; ``boundaries`` are the ids with their boundaries' versions."""
    del version, boundaries
    return place_harm_service.harm_of_places(cache.workspace())


@dataclass(frozen=True)
class SharedStanding:
    """How much of a place is where harm gathers most, by the maps that its reader is given.

    Bands rank the cells of one map, and each map is made of released granules alone: to set
    two of them side by side tells nothing that they do not tell one by one.
    """

    n_highest: int
    """Cells in the highest band of the last year's map."""
    n_before: int | None
    """The same in the map of the year before; None when not all of its months are loaded."""


def shared_standing(place: SharedGlance, area_key: str) -> SharedStanding | None:
    """Of the last year that is loaded, and of the one before; None without a map to compare."""
    months = cache.months(cache.data_version())
    period = usual_period(months)
    n_highest = _cells_in_highest_band(place, area_key, period)
    if n_highest is None:
        return None
    before = Period(period.first.plus(-YEAR_MONTHS), period.last.plus(-YEAR_MONTHS))
    is_whole = {*before, *period} <= set(months)
    n_before = _cells_in_highest_band(place, area_key, before) if is_whole else None
    return SharedStanding(n_highest, n_before)


def _cells_in_highest_band(place: SharedGlance, area_key: str, period: Period) -> int | None:
    """Cells of a place that are in the highest band of its area's shared map.

    It says no more than the map for whom the place is shown; None where there is none to
    compare.
    """
    request = ProfileRequest(area=area_key, period=period)
    try:
        shared = cache.shared_harm(cache.data_version(), place.view, request)
    except Refusal:
        return None
    if shared.resolution != place.resolution:
        return None
    highest = {each.cell for each in shared.cells if each.band == HIGHEST_BAND}
    return len(highest & set(place.cells))
