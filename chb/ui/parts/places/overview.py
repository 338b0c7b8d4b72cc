"""The overview of a place: its map, its phases over time, what was recorded last, all places."""

from __future__ import annotations

from datetime import date
from typing import Final

import h3.api.numpy_int as h3
import streamlit as st

from chb.domain.places.phases import missing_by_design
from chb.domain.places.places import Place
from chb.ui import cache, session
from chb.ui.maps.elements import Position, Scene
from chb.ui.maps.ground import area_map
from chb.ui.maps.view import show_map
from chb.ui.parts.allowed import moves_phases_or_is_told
from chb.ui.parts.places.change_intensity import show_change_intensity
from chb.ui.parts.places.history import show_latest
from chb.ui.parts.places.list import place_cards, show_place_table
from chb.ui.parts.places.phase_chart import show_intensities

_LABEL: Final = "Map of places. Every place can also be chosen in the list above the map."
_HEIGHT_PX: Final = 420


def show_overview(place: Place, listed: tuple[Place, ...]) -> None:
    """Map and chart beside the form that changes a phase and what was recorded last."""
    today = cache.workspace().today()
    wide, narrow = st.columns([1.6, 1], gap="medium")
    with wide:
        _show_map(listed, place)
        st.subheader("Intensities over time", anchor=False)
        show_intensities(place, today=today)
        st.caption("The dashed line is today; what lies after it is planned, and is faded.")
    with narrow:
        _warn_of_missing(place, today=today)
        if moves_phases_or_is_told(place, today=today):
            with st.expander("Change an intensity", expanded=True):
                show_change_intensity(place, today=today)
        st.subheader("Recorded last", anchor=False)
        show_latest(place, listed)
    st.subheader("All places", anchor=False)
    show_place_table(listed, today=today)


def area_key_of(place: Place) -> str:
    """The key of the area the place was started in; empty when that is not loaded."""
    areas = cache.areas(cache.data_version())
    return next((area.key for area in areas if area.name == place.area_name), "")


def place_at(listed: tuple[Place, ...], position: Position) -> Place | None:
    """The place whose boundary in force holds a position; the smallest when several do."""
    holding = [
        place
        for place in listed
        if int(h3.latlng_to_cell(*position, place.boundary.resolution)) in place.boundary.cells
    ]
    return min(holding, key=lambda place: len(place.boundary.cells), default=None)


def _warn_of_missing(place: Place, *, today: date) -> None:
    missing = missing_by_design(place.intensities(today))
    if missing:
        words = " and ".join(phase.value for phase in missing)
        st.warning(f"{words} not designed yet: all three are designed at the onset.")


def _show_map(listed: tuple[Place, ...], place: Place) -> None:
    def choose(position: Position) -> None:
        found = place_at(listed, position)
        if found is not None:
            st.session_state[session.PLACE] = found.id

    ground = area_map(cache.data_version(), area_key_of(place), page="places", label=_LABEL)
    outlines = place_cards(listed, chosen_id=place.id, today=cache.workspace().today())
    scene = Scene(outlines=outlines)
    show_map(ground, scene, key="places_view", on_click=choose, height_px=_HEIGHT_PX)
