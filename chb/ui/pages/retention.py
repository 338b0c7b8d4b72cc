"""Review and retention: what is due, what is held, and what may go."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.retention import KeptKind
from chb.services import retention
from chb.services.retention import DueRecord
from chb.ui import cache
from chb.ui.parts.explained import explain
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.retention.forms import show_dispose, show_hold, show_review
from chb.ui.parts.retention.list import kind_words, show_due, show_holds, words_of

_KINDS: Final[list[KeptKind]] = list(KeptKind)


def show() -> None:
    """The page."""
    page_head(
        "Retention", about="Periods are the force's own policy: set them in the table that ships."
    )
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """List and forms: a choice runs this part only."""
    ws = cache.workspace()
    wide, narrow = st.columns([1.7, 1], gap="medium")
    with wide:
        due, held = st.tabs(["Due for review", "Held"])
        with due:
            show_due(retention.due_for_review(ws), today=ws.today())
            explain("Reviews", ("retention_due",), key="explain_retention")
        with held:
            show_holds(retention.list_holds(ws))
    with narrow:
        chosen = _choose()
        if chosen is not None:
            _show_forms(chosen)


def _choose() -> DueRecord | None:
    """Anything that is kept, due or not: the longest overdue first."""
    kind = st.selectbox("Kind", _KINDS, format_func=kind_words, key="retention_kind")
    listed = retention.due_for_review(cache.workspace(), [kind or _KINDS[0]], on=date.max)
    by_id = {each.kept.record_id: each for each in listed}
    if not by_id:
        st.write("There is none.")
        return None
    opened = st.selectbox(
        "Which",
        list(by_id),
        format_func=lambda each: words_of(by_id[each]) if each in by_id else "Gone",
        key=f"retention_of:{kind}",
    )
    return by_id[opened]


def _show_forms(chosen: DueRecord) -> None:
    review, hold, dispose = st.tabs(["Review", "Hold", "Dispose"])
    with review, refusals_shown():
        show_review(chosen)
    with hold, refusals_shown():
        show_hold(chosen)
    with dispose, refusals_shown():
        show_dispose(chosen)
