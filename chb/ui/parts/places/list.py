"""Places in a list and on a map."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.places import Place
from chb.domain.wording import plural
from chb.services.places import register as places
from chb.ui import cache
from chb.ui.maps.elements import Outline
from chb.ui.maps.outlines import place_outline

NOT_STARTED = "not started"


def place_outlines() -> list[Outline]:
    """Every place with its name."""
    return [place_outline(place) for place in places.list_places(cache.workspace())]


def place_cards(listed: tuple[Place, ...], *, chosen_id: str, today: date) -> list[Outline]:
    """Every place with its name; the map goes to the chosen one, which has its headline.

    The chosen one comes first: where names would cover each other, the first one stays.
    """
    ordered = sorted(listed, key=lambda place: place.id != chosen_id)
    return [
        place_outline(place, detail=place.headline(today), chosen=True, focus=True)
        if place.id == chosen_id
        else place_outline(place)
        for place in ordered
    ]


def show_place_table(listed: tuple[Place, ...], *, today: date) -> None:
    """One row a place, with its three intensities."""
    rows = []
    for place in listed:
        now = place.intensities(today)
        words = {phase.value: intensity_words(now[phase]) for phase in Phase}
        cells = plural(len(place.boundary.cells), "cell")
        rows.append({"Place": place.name, "Area": place.area_name, "Boundary": cells, **words})
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def intensity_words(intensity: Intensity | None) -> str:
    """The intensity, or that the phase has none yet."""
    return intensity.value if intensity else NOT_STARTED
