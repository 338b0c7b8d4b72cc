"""What every form that saves has in common.

A save is one service call with the form's own key, so that a form sent twice is
saved once; nothing of Streamlit is called between its writes.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from chb.domain.refusal import Refusal
from chb.services import drafts
from chb.ui import session, viewer
from chb.ui.parts.notices import show_refusal
from chb.ui.parts.words import literal


def ask_author() -> str:
    """Who records this: whoever is signed in, in the name they work under."""
    who = viewer.who_is_here()
    by = who.name or who.person
    st.caption(f"Recorded as {literal(by)}")
    return by


def save(form: str, work: Callable[[str], str]) -> None:
    """Do the work with the form's key; then say what was saved, or why it was refused.

    ``work`` takes the key and returns the sentence for the person.
    """
    try:
        notice = work(session.form_key(form))
    except Refusal as refusal:
        show_refusal(refusal)
        return
    drafts.forget_draft(viewer.workspace(), form)
    session.renew_form(form)
    viewer.look_again()
    session.tell_after_rerun(notice)
    st.rerun()
