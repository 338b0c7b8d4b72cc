"""Learning: debriefs after a phase or an operation, kept for the next place."""

from __future__ import annotations

import streamlit as st

from chb.domain.wording import plural
from chb.services.planning.partnership import search_debriefs
from chb.ui import cache
from chb.ui.parts.debriefs.form import show_record_debrief
from chb.ui.parts.debriefs.list import show_debriefs
from chb.ui.parts.debriefs.thanks import show_give_thanks
from chb.ui.parts.explained import explain
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.subjects import list_subjects, names_by_id


def show() -> None:
    """The page."""
    page_head("Learning")
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """Search and forms: a choice runs this part only."""
    subjects = list_subjects()
    everything = search_debriefs(cache.workspace())
    wide, narrow = st.columns([1.7, 1], gap="medium")
    with wide:
        words = st.text_input(
            "Search the debriefs of every place", placeholder="For example housing, patrol, schools"
        )
        found = search_debriefs(cache.workspace(), words)
        st.caption(f"{plural(len(found), 'debrief')} of {len(everything)}")
        explain("The search", ("debriefs_found",), key="explain_debriefs")
        show_debriefs(found, names_by_id(subjects))
    with narrow:
        record, thanks = st.tabs(["Record one", "Thanks owed"])
        with record, refusals_shown():
            show_record_debrief(subjects)
        with thanks, refusals_shown():
            show_give_thanks(everything)
