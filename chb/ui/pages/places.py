"""Places: where each stands in Clear, Hold and Build, and everything recorded about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.places.places import Place
from chb.domain.wording import plural
from chb.services.places import register as places
from chb.ui import cache, session
from chb.ui.parts.gates.tab import show_gates
from chb.ui.parts.notices import refusals_shown, show_empty
from chb.ui.parts.page_head import page_head
from chb.ui.parts.places.history import show_place_history
from chb.ui.parts.places.overview import show_overview
from chb.ui.parts.places.shape import show_shape
from chb.ui.parts.places.ties import show_ties
from chb.ui.parts.words import literal

Listed = tuple[Place, ...]

_CHOICE: Final = "place_choice"
_TABS: Final[dict[str, Callable[[Place, Listed], None]]] = {
    "Overview": show_overview,
    "Gates": show_gates,
    "Ties and people": show_ties,
    "Boundary and name": show_shape,
    "History": show_place_history,
}


def show() -> None:
    """The page."""
    page_head("Places")
    if not places.place_names(cache.workspace()):
        show_empty(
            "No place has been started yet",
            "Open the Harm map, choose a cell, and start a place there. The sample place comes "
            "with three.",
            ("python -m chb demo",),
        )
        return
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """The open place under its tabs: a click runs this part only, and only the open tab is made."""
    listed = places.list_places(cache.workspace())
    narrow, wide = st.columns([1, 2.4], gap="medium", vertical_alignment="center")
    with narrow:
        place = _choose_place(listed)
    with wide:
        _show_heading(place, today=cache.workspace().today())
    tabs = st.tabs(list(_TABS), key="place_tab", on_change="rerun")
    for tab, show_tab in zip(tabs, _TABS.values(), strict=True):
        if tab.open:
            with tab, refusals_shown():
                show_tab(place, listed)


def _choose_place(listed: Listed) -> Place:
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


def _show_heading(place: Place, *, today: date) -> None:
    boundary = place.boundary
    earlier = ", ".join(place.earlier_names)
    parts = (
        literal(place.area_name),
        f"{plural(len(boundary.cells), 'cell')}, boundary version {boundary.version} since "
        f"{boundary.valid_from:%d %B %Y}",
        literal(f"earlier called {earlier}") if earlier else "",
        "" if place.is_open(today) else "**closed**",
    )
    st.subheader(literal(place.name), anchor=False)
    st.caption(" \N{MIDDLE DOT} ".join(part for part in parts if part))
