"""Forms whose words are kept while they are written, and put back after a reload.

A form reaches the server only when it is sent. Beside it a small script sends what is
typed (``server/static/drafts.js``); it knows the forms by the class of their container.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from chb.services import drafts
from chb.ui import cache, session


@dataclass(frozen=True)
class Words:
    """What was typed before the page was loaded again, by the labels of the fields."""

    put_back: Mapping[str, str] = field(default_factory=dict, repr=False)
    saved_at: datetime | None = None

    def __call__(self, label: str, otherwise: str = "") -> str:
        """The value that a field of that label begins with."""
        return self.put_back.get(label, otherwise)


@contextmanager
def kept_form(form: str) -> Iterator[Words]:
    """A form under its own key; its text fields begin with the words it yields."""
    key = session.form_key(form)
    words = _words(form, key)
    if words.saved_at is not None:
        _show_put_back(form, key, words.saved_at)
    with (
        st.container(key=f"draft-{drafts.form_name(form)}-{key}"),
        st.form(key, border=False),
    ):
        yield words


def _words(form: str, key: str) -> Words:
    """Looked up once for each form on the screen: what is typed now is there already."""
    name = f"draft:{key}"
    if name not in st.session_state:
        found = drafts.find_draft(cache.workspace(), form)
        st.session_state[name] = Words(found.words, found.saved_at) if found else Words()
    words: Words = st.session_state[name]
    return words


def _show_put_back(form: str, key: str, saved_at: datetime) -> None:
    said, button = st.columns([3, 1], vertical_alignment="center")
    said.caption(f"Your words of {saved_at:%d %B, %H:%M} UTC, not sent yet, are put back.")
    if button.button("Start afresh", key=f"afresh:{key}", width="stretch"):
        drafts.forget_draft(cache.workspace(), form)
        session.renew_form(form)
        st.rerun()
