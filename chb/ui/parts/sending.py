"""Sending an edit with the version that was on the screen when it was sent."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from chb.domain.records import Record

RecordT = TypeVar("RecordT", bound=Record)


def send_button(form: str, label: str) -> bool:
    """The button of a form, under a name by which ``as_shown`` knows that it was pressed."""
    return bool(st.form_submit_button(label, type="primary", key=_send_key(form)))


def as_shown(form: str, present: RecordT) -> RecordT:
    """The record the person was looking at: to be asked before the form is drawn.

    In the run of a send that is the record of the run before, so that what somebody
    else saved in between is noticed; the present one is on the screen from now on.
    """
    name = f"shown:{form}"
    before: RecordT = st.session_state.get(name, present)
    st.session_state[name] = present
    return before if st.session_state.get(_send_key(form)) else present


def _send_key(form: str) -> str:
    return f"send:{form}"
