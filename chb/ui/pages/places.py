"""Places: where each stands in Clear, Hold and Build, and everything recorded about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from chb.domain.places.places import Place
from chb.services.places import register as places
from chb.ui import cache
from chb.ui.parts.gates.tab import show_gates
from chb.ui.parts.notices import refusals_shown, show_empty
from chb.ui.parts.page_head import page_head
from chb.ui.parts.places.choose import choose_place
from chb.ui.parts.places.harm import show_harm
from chb.ui.parts.places.header import explain_standing, show_name, show_standing
from chb.ui.parts.places.history import show_place_history
from chb.ui.parts.places.log import show_place_decisions, show_place_disruptions
from chb.ui.parts.places.near import show_near
from chb.ui.parts.places.overview import show_overview
from chb.ui.parts.places.plan import show_place_plan, show_place_timeline
from chb.ui.parts.places.shape import show_shape
from chb.ui.parts.places.ties import show_ties

Listed = tuple[Place, ...]

_TABS: Final[dict[str, Callable[[Place, Listed], None]]] = {
    "Overview": show_overview,
    "Plan": show_place_plan,
    "Timeline": show_place_timeline,
    "Harm": show_harm,
    "Gates": show_gates,
    "Disruptions": show_place_disruptions,
    "Decisions": show_place_decisions,
    "Assets": show_near,
    "Ties and people": show_ties,
    "Boundary and name": show_shape,
    "History": show_place_history,
}


def show() -> None:
    """The page."""
    page_head("Places")
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """The open place under its tabs: a click runs this part only, and only the open tab is made."""
    listed = places.list_places(cache.workspace())
    if not listed:
        show_empty(
            "No place has been started yet",
            "Open the Harm map, choose a cell, and start a place there. The sample place comes "
            "with three.",
            ("python -m chb demo",),
        )
        return
    today = cache.workspace().today()
    narrow, wide, beside = st.columns([1, 1.6, 0.8], gap="medium", vertical_alignment="center")
    with narrow:
        place = choose_place(listed)
    with wide:
        show_name(place)
    with beside:
        explain_standing()
    show_standing(place, today=today)
    tabs = st.tabs(list(_TABS), key="place_tab", on_change="rerun")
    for tab, show_tab in zip(tabs, _TABS.values(), strict=True):
        if tab.open:
            with tab, refusals_shown():
                show_tab(place, listed)
