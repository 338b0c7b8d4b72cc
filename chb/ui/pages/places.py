"""Places: where each stands in Clear, Hold and Build, and how it came there."""

from __future__ import annotations

from datetime import date
from typing import Final

import h3.api.numpy_int as h3
import pandas as pd
import streamlit as st

from chb.domain.places.phases import missing_by_design
from chb.domain.places.places import Place
from chb.services.places import register as places
from chb.ui import cache, session
from chb.ui.maps.elements import Position, Scene
from chb.ui.maps.ground import area_map
from chb.ui.maps.view import show_map
from chb.ui.parts.change_intensity import show_change_intensity
from chb.ui.parts.notices import refusals_shown, show_empty
from chb.ui.parts.phase_chart import show_intensities
from chb.ui.parts.place_list import place_cards, show_phases, show_place_table
from chb.ui.parts.words import literal, plural

_LABEL: Final = "Map of places. Every place can also be chosen in the list beside the map."
_CHOICE: Final = "place_choice"
_HEIGHT_PX: Final = 480


def show() -> None:
    """The page."""
    st.title("Places", anchor=False)
    session.show_notice()
    listed = places.list_places(cache.workspace())
    if not listed:
        show_empty(
            "No place has been started yet",
            "Open the Harm map, choose a cell, and start a place there. The sample place comes "
            "with three.",
            ("python -m chb demo",),
        )
        return
    with refusals_shown():
        _explore(cache.data_version())


@st.fragment
def _explore(version: str) -> None:
    """List, map and the open place: a click runs this part only."""
    listed = places.list_places(cache.workspace())
    today = cache.workspace().today()
    wide, narrow = st.columns([1.6, 1], gap="medium")
    with narrow:
        place = _choose_place(listed)
        _show_open_place(place, today=today)
    with wide:
        _show_map(version, listed, place)
        st.subheader("Intensities over time", anchor=False)
        show_intensities(place, today=today)
    st.subheader("History", anchor=False)
    _show_history(place)
    if len(listed) > 1:
        st.subheader("All places", anchor=False)
        show_place_table(listed, today=today)


def _choose_place(listed: tuple[Place, ...]) -> Place:
    names = {place.id: place.name for place in listed}
    chosen = st.session_state.get(session.PLACE)
    st.session_state[_CHOICE] = chosen if chosen in names else listed[0].id
    place_id = st.selectbox(
        "Place",
        list(names),
        key=_CHOICE,
        format_func=lambda each: names[each],
        on_change=_follow_choice,
    )
    return next(place for place in listed if place.id == place_id)


def _follow_choice() -> None:
    st.session_state[session.PLACE] = st.session_state[_CHOICE]


def _show_open_place(place: Place, *, today: date) -> None:
    st.subheader(literal(place.name), anchor=False)
    boundary = place.boundary
    st.caption(
        f"{literal(place.area_name)} \N{MIDDLE DOT} {plural(len(boundary.cells), 'cell')}, "
        f"boundary version {boundary.version} since {boundary.valid_from:%d %B %Y}"
    )
    show_phases(place, today=today)
    missing = missing_by_design(place.intensities(today))
    if missing:
        words = " and ".join(phase.value for phase in missing)
        st.warning(f"{words} not designed yet: all three are designed at the onset.")
    with st.expander("Change an intensity", expanded=True):
        show_change_intensity(place, today=today)


def _show_map(version: str, listed: tuple[Place, ...], place: Place) -> None:
    def choose(position: Position) -> None:
        found = place_at(listed, position)
        if found is not None:
            st.session_state[session.PLACE] = found.id

    area_key = next((area.key for area in cache.areas(version) if area.name == place.area_name), "")
    ground = area_map(version, area_key, page="places", label=_LABEL)
    outlines = place_cards(listed, chosen_id=place.id, today=cache.workspace().today())
    scene = Scene(outlines=outlines)
    show_map(ground, scene, key="places_view", on_click=choose, height_px=_HEIGHT_PX)


def place_at(listed: tuple[Place, ...], position: Position) -> Place | None:
    """The place whose boundary in force holds a position; the smallest when several do."""
    holding = [
        place
        for place in listed
        if int(h3.latlng_to_cell(*position, place.boundary.resolution)) in place.boundary.cells
    ]
    return min(holding, key=lambda place: len(place.boundary.cells), default=None)


def _show_history(place: Place) -> None:
    latest_first = sorted(place.history, key=lambda change: change.recorded_at, reverse=True)
    table = pd.DataFrame(
        {
            "From": [change.effective_on for change in latest_first],
            "Phase": [change.phase.value for change in latest_first],
            "Intensity": [change.intensity.value for change in latest_first],
            "Reason": [change.reason for change in latest_first],
            "Recorded by": [change.recorded_by for change in latest_first],
            "Recorded at": [f"{change.recorded_at:%d %B %Y %H:%M}" for change in latest_first],
        }
    )
    dates = st.column_config.DateColumn(format="DD MMM YYYY", width="small")
    reason = st.column_config.TextColumn(width="large")
    st.dataframe(table, hide_index=True, column_config={"From": dates, "Reason": reason})
