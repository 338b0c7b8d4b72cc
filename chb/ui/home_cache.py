"""What Home keeps between runs: the key is what is loaded, and where the places are."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.profiling import ProfileRequest
from chb.services.home import place_harm as place_harm_service
from chb.services.home.place_harm import PlaceHarm
from chb.services.home.shared_places import SharedGlance
from chb.ui import cache

HIGHEST_BAND: Final = 5


@st.cache_resource(show_spinner=False, max_entries=12)
def place_harm(version: str, boundaries: tuple[tuple[str, int], ...]) -> dict[str, PlaceHarm]:
    """Harm at open places by id; ``boundaries`` are the ids with their boundaries' versions.

    Places are no secret and all officers may see figures: ``version`` is that of the data alone.
    """
    del version, boundaries
    return place_harm_service.harm_of_places(cache.workspace())


def cells_in_highest_band(place: SharedGlance, area_key: str, period: Period) -> int | None:
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
