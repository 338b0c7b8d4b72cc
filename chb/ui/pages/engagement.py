"""Engagement: which assets to call on next, when to be in touch again, and the log of contacts."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.services.assets.engagement import engagement_queue
from chb.services.assets.follow_ups import follow_ups
from chb.ui import cache
from chb.ui.parts.engagement.choice import choose_asset
from chb.ui.parts.engagement.form import show_log_contact
from chb.ui.parts.engagement.log import show_contacts
from chb.ui.parts.engagement.queue import (
    of_one_place,
    show_engagement_cards,
    show_follow_ups,
    show_queue,
)
from chb.ui.parts.explained import explain
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head

_ABOUT: Final = (
    "Assets within walking distance of a place where a phase is planned, active or sustaining. "
    "Those nobody has spoken to come first, the closest of them first."
)


def show() -> None:
    """The page."""
    page_head("Engagement", about=_ABOUT)
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """The lists beside the form: a choice runs this part only."""
    ws = cache.workspace()
    queue, due, today = engagement_queue(ws), follow_ups(ws), ws.today()
    wide, narrow = st.columns([1.9, 1], gap="medium")
    with wide:
        show_engagement_cards(queue, due, today=today)
        explain(
            "The lists", ("to_call_on", "in_touch_again", "last_look"), key="explain_engagement"
        )
        to_call_on, again = st.tabs(
            ["To call on", "To be in touch with again"], key="engagement_tab"
        )
        with to_call_on:
            shown = of_one_place(queue)
            show_queue(shown, today=today)
        with again:
            show_follow_ups(due, today=today)
    with narrow, refusals_shown():
        st.subheader("Log a contact", anchor=False)
        chosen = choose_asset(shown, due)
        if chosen:
            show_log_contact(chosen)
            show_contacts(chosen)
