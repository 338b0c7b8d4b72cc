"""Decisions: an append-only log of what was decided, why, and what is not being done."""

from __future__ import annotations

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.places.decisions import Decision
from chb.services.places import decisions
from chb.ui import cache
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.decisions.form import show_correct_decision, show_record_decision
from chb.ui.parts.decisions.list import show_decisions
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.subjects import Subject, list_subjects, names_by_id


def show() -> None:
    """The page."""
    page_head(
        "Decisions", about="Entries are only added. A correction is another entry, and both stay."
    )
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """Log and forms: a choice runs this part only."""
    subjects = list_subjects()
    wide, narrow = st.columns([1.7, 1], gap="medium")
    with wide:
        listed = _choose_listed(subjects)
        if listed:
            show_decisions(listed, names_by_id(subjects))
        else:
            st.info("No decision is recorded here yet.", icon=":material/gavel:")
    with narrow, refusals_shown():
        if may_or_is_told(Permission.DECIDE):
            _show_forms(listed)


def _show_forms(listed: tuple[Decision, ...]) -> None:
    record, correct = st.tabs(["Record one", "Correct one"])
    with record:
        show_record_decision()
    with correct:
        show_correct_decision(listed)


def _choose_listed(subjects: tuple[Subject, ...]) -> tuple[Decision, ...]:
    by_id = {subject.id: subject for subject in subjects}
    opened = st.selectbox(
        "About",
        list(by_id),
        index=None,
        placeholder="Everything",
        format_func=lambda each: by_id[each].words,
    )
    about = by_id[opened].link if opened else None
    return decisions.list_decisions(cache.workspace(), about=about)
