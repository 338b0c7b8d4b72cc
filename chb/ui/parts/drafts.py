"""Forms whose words are kept while they are written, and put back after a reload.

A form reaches the server only when it is sent. Beside it a small script sends what is
typed (``server/static/drafts.js``); it knows the forms by the class of their container.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chb.services import drafts
from chb.ui import cache, session


@dataclass(frozen=True)
class Words:
    """What was typed before the page was loaded again, by the labels of the fields."""

    put_back: Mapping[str, str] = field(default_factory=dict, repr=False)
    saved_at: datetime | None = None


_NONE: Final = Words()
_OF_THE_FORM: Final = ContextVar("words of the form that is being drawn", default=_NONE)


@contextmanager
def kept_form(form: str, *, border: bool = False) -> Iterator[None]:
    """A form under its own key; its ``kept_area`` and ``kept_line`` are put back after a reload.

    The form's name is kept beside the words: what it is about goes into it as an id.
    """
    key = session.form_key(form)
    words = _words(form, key)
    if words.saved_at is not None:
        _show_put_back(form, key, words.saved_at)
    with (
        st.container(key=f"draft-{drafts.form_name(form)}-{key}"),
        st.form(key, border=border),
    ):
        outer = _OF_THE_FORM.set(words)
        try:
            yield
        finally:
            _OF_THE_FORM.reset(outer)


def kept_area(label: str, value: str = "", **look: Any) -> str:
    """A text area that begins with what was typed and not sent; ``look`` is Streamlit's."""
    return str(st.text_area(label, value=begun(label, value), **look))


def kept_line(
    label: str, value: str = "", *, column: DeltaGenerator | None = None, **look: Any
) -> str:
    """One line of text that begins with what was typed and not sent."""
    draw = st.text_input if column is None else column.text_input
    return str(draw(label, value=begun(label, value), **look))


def begun(label: str, otherwise: str) -> str:
    """What was typed and not sent in a field of the form that is being drawn."""
    return _OF_THE_FORM.get().put_back.get(label, otherwise)


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
