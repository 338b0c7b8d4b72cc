"""Signals: what partners notice, in plain words, on the map, over time and by place."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.planning.signals import Signal
from chb.services.places import register as places
from chb.services.planning import signals
from chb.ui import cache
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.explained import explain
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.signals.form import show_send_signal
from chb.ui.parts.signals.links import show_link_signal
from chb.ui.parts.signals.list import MOST, show_linked_signals, show_signals, show_timeline
from chb.ui.parts.signals.map import (
    AskedSignals,
    ask_signals,
    counted,
    show_cell_table,
    show_signal_map,
)
from chb.ui.parts.subjects import list_subjects, names_by_id

_SHARED: Final = "Send and see"
_LINKS: Final = "Lead officer's links"


def show() -> None:
    """The page."""
    page_head("Partner signals")
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """What the senders share, or what the lead officer makes of it: only one is ever drawn.

    What is on a page reaches its reader's machine, seen or not, so the links are on none
    that a sender opens.
    """
    if _may_link() and _choose_view() == _LINKS:
        _show_links()
    else:
        _show_shared()


def _may_link() -> bool:
    return cache.workspace().scope.view >= View.RESTRICTED


def _choose_view() -> str:
    return st.segmented_control(
        "View",
        [_SHARED, _LINKS],
        default=_SHARED,
        required=True,
        key="signals_view_choice",
        persist_state="session",
        label_visibility="collapsed",
    )


def _show_shared() -> None:
    wide, narrow = st.columns([1.9, 1], gap="medium")
    listed = places.list_places(cache.workspace())
    with wide:
        asked = ask_signals()
        counts = counted(asked)
        show_signal_map(asked, counts, listed)
        explain("The map", ("signal_count",), key="explain_signals")
        _show_sent(asked)
    with narrow, refusals_shown():
        send, by_cell = st.tabs(["Send one", "By cell"])
        with send:
            show_send_signal()
        with by_cell:
            show_cell_table(counts, listed)


def _show_sent(asked: AskedSignals) -> None:
    """What was sent of the days that are shown; a place by its cells, never by a link."""
    cells = _choose_cells()
    sent = signals.signals_during(
        cache.workspace(),
        first_day=asked.first_day,
        last_day=asked.last_day,
        category=asked.category,
        cells=cells,
        most=MOST,
    )
    if not _said_when_empty(sent.latest):
        show_timeline(sent.latest)
        show_signals(sent)


def _choose_cells() -> frozenset[int] | None:
    place_id = _choose_place()
    return places.get_place(cache.workspace(), place_id).boundary.cells if place_id else None


def _show_links() -> None:
    """Every signal with its links; a place by its cells and by what is linked to it."""
    listed = signals.linked_signals(cache.workspace())
    wide, narrow = st.columns([1.7, 1], gap="medium")
    with wide:
        place_id = _choose_place()
        wanted = {each.id for each in signals.signals_of_place(cache.workspace(), place_id or "")}
        shown = tuple(each for each in listed if place_id is None or each.signal.id in wanted)
        sent = tuple(each.signal for each in shown)
        if not _said_when_empty(sent):
            show_timeline(sent[:MOST])
            show_linked_signals(shown, names_by_id(list_subjects()))
    with narrow, refusals_shown():
        st.subheader("Link a signal", anchor=False)
        if may_or_is_told(Permission.LINK_SIGNALS):
            show_link_signal(listed)


def _choose_place() -> str | None:
    names = places.place_names(cache.workspace())
    return st.selectbox(
        "Place",
        list(names),
        index=None,
        placeholder="Every place",
        format_func=lambda each: names[each],
    )


def _said_when_empty(shown: tuple[Signal, ...]) -> bool:
    if not shown:
        st.info(
            "No signal is kept here yet. Each agency holds a part of the picture: ask for theirs.",
            icon=":material/forum:",
        )
    return not shown
