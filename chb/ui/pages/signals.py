"""Signals: what partners notice, in plain words, over time and by place."""

from __future__ import annotations

import streamlit as st

from chb.domain.planning.signals import Signal
from chb.services.places import register as places
from chb.services.planning import signals
from chb.services.planning.signals import LinkedSignal
from chb.ui import cache, session
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.planner_style import apply_planner_style
from chb.ui.parts.signal_form import show_send_signal
from chb.ui.parts.signal_links import show_link_signal
from chb.ui.parts.signal_list import show_signals, show_timeline
from chb.ui.parts.subjects import list_subjects, names_by_id


def show() -> None:
    """The page."""
    st.title("Partner signals", anchor=False)
    apply_planner_style()
    session.show_notice()
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """Timeline, list and forms: a choice runs this part only."""
    listed = signals.linked_signals(cache.workspace())
    wide, narrow = st.columns([1.7, 1], gap="medium")
    with wide:
        _show_listed(_choose_listed(listed))
    with narrow, refusals_shown():
        send, link = st.tabs(["Send one", "Link one"])
        with send:
            show_send_signal()
        with link:
            show_link_signal(listed)


def _choose_listed(listed: tuple[LinkedSignal, ...]) -> tuple[LinkedSignal, ...]:
    """Those of the chosen place, linked to it or on its cells; all when none is chosen."""
    names = {place.id: place.name for place in places.list_places(cache.workspace())}
    opened = st.selectbox(
        "Place",
        list(names),
        index=None,
        placeholder="Every place",
        format_func=lambda each: names[each],
    )
    if opened is None:
        return listed
    wanted = {each.id for each in signals.signals_of_place(cache.workspace(), opened)}
    return tuple(each for each in listed if each.signal.id in wanted)


def _show_listed(shown: tuple[LinkedSignal, ...]) -> None:
    if not shown:
        st.info(
            "No signal is kept here yet. Each agency holds a part of the picture: ask for theirs.",
            icon=":material/forum:",
        )
        return
    show_timeline(tuple(sorted((each.signal for each in shown), key=_began)))
    show_signals(shown, names_by_id(list_subjects()))


def _began(signal: Signal) -> tuple[str, str]:
    return signal.first_day.isoformat(), signal.agency
