"""Partnership: who stands round the table at a place, when they met, where people are referred."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from chb.domain.places.places import Place
from chb.services.places import register as places
from chb.ui import cache, session
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.partnership.meetings import show_meetings
from chb.ui.parts.partnership.pathways import show_pathways
from chb.ui.parts.partnership.stakeholders import show_group

_CHOICE: Final = "partnership_place"


def show() -> None:
    """The page."""
    page_head("Partnership")
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """Three tabs; a choice runs this part only, and only the open tab is made."""
    tabs = st.tabs(
        ["Stakeholder group", "Meetings", "Referral pathways"],
        key="partnership_tab",
        on_change="rerun",
    )
    shown: tuple[Callable[[], None], ...] = (
        lambda: _at_a_place(show_group),
        lambda: _at_a_place(show_meetings),
        show_pathways,
    )
    for tab, show_tab in zip(tabs, shown, strict=True):
        if tab.open:
            with tab, refusals_shown():
                show_tab()


def _at_a_place(show_tab: Callable[[Place], None]) -> None:
    listed = {place.id: place for place in places.list_places(cache.workspace())}
    if not listed:
        st.info("A group belongs to a place: start one on the Harm map.", icon=":material/flag:")
        return
    opened = st.session_state.get(session.PLACE)
    st.session_state[_CHOICE] = opened if opened in listed else next(iter(listed))
    chosen = st.selectbox(
        "Place",
        list(listed),
        key=_CHOICE,
        format_func=lambda each: listed[each].name,
        on_change=_follow_choice,
        width=380,
    )
    show_tab(listed[chosen])


def _follow_choice() -> None:
    st.session_state[session.PLACE] = st.session_state[_CHOICE]
