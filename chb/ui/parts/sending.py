"""Sending an edit with the version that was on the screen when it was sent."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from chb.domain.refusal import Refusal

RecordT = TypeVar("RecordT")
ChoiceT = TypeVar("ChoiceT")


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


def chosen(choice: ChoiceT | None, *, what: str) -> ChoiceT:
    """What was chosen in a list that starts empty; Refusal when nothing was."""
    if choice is None:
        raise Refusal(f"{what} is not chosen", remedy="Choose one from the list")
    return choice


def _send_key(form: str) -> str:
    return f"send:{form}"
