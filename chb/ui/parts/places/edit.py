"""What every form that changes a place asks for: from when, why and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from chb.domain.edits import Edit
from chb.domain.places.places import Place
from chb.ui import cache
from chb.ui.parts.drafts import kept_area
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import send_button


def ask_edit(form: str, seen: Place, label: str) -> Edit | None:
    """The last fields of an open form and its button; the edit once it is sent.

    ``seen`` is the place as it was on the screen: its version goes with the edit.
    """
    on = st.date_input("From", value=cache.workspace().today(), format="DD/MM/YYYY")
    reason = kept_area("Reason", height=70, placeholder="Why now, and what it rests on")
    by = ask_author()
    if not send_button(form, label):
        return None
    return Edit(reason=reason, by=by, version=seen.version, on=on)


def save_edit(form: str, edit: Edit, work: Callable[[Edit], str]) -> None:
    """Do the work with the edit, once; then say what was saved, or why it was refused."""
    save(form, lambda request_key: work(replace(edit, request_key=request_key)))
