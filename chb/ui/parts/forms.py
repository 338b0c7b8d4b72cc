"""What every form that saves has in common.

A save is one service call with the form's own key, so that a form sent twice is
saved once; nothing of Streamlit is called between its writes.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from chb.domain.refusal import Refusal
from chb.ui import session
from chb.ui.parts.notices import show_refusal


def ask_author() -> str:
    """Who records this: a role or a name, remembered for the next form."""
    return str(
        st.text_input(
            "Recorded by",
            value=session.who(),
            placeholder="Your role or name, for example LRO",
        )
    )


def save(form: str, work: Callable[[str], str], *, by: str) -> None:
    """Do the work with the form's key; then say what was saved, or why it was refused.

    ``work`` takes the key and returns the sentence for the person.
    """
    try:
        notice = work(session.form_key(form))
    except Refusal as refusal:
        show_refusal(refusal)
        return
    session.renew_form(form)
    st.session_state[session.WHO] = by.strip()
    session.tell_after_rerun(notice)
    st.rerun()
