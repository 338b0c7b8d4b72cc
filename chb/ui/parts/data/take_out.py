"""Taking out what was loaded, with the reason."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.services.loading.freshness import LABELS
from chb.services.loading.removing import LoadedData, removable, remove_loaded
from chb.ui import cache, session
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import send_button
from chb.ui.parts.words import literal

_FORM: Final = "remove_data"


def show_take_out() -> None:
    """What a person loaded, some of it chosen, and why it goes."""
    loaded = removable(cache.workspace())
    if not loaded:
        st.write(
            "Nothing is loaded that could be taken out by itself: the sample place goes as a whole."
        )
        return
    st.write(
        "For a month that was wrong, or a boundary that another replaced. Profiles are worked out "
        "from what is left; places, plans and the account of the import stay."
    )
    kinds = [kind for kind in LABELS if any(each.kind == kind for each in loaded)]
    kind = st.selectbox("Kind", kinds, format_func=LABELS.__getitem__, key="remove_kind")
    _show_form(kind, {each.name: each for each in loaded if each.kind == kind})


def _show_form(kind: str, by_name: dict[str, LoadedData]) -> None:
    form = f"{_FORM}:{kind}"
    with st.form(session.form_key(form), border=False):
        names = st.multiselect(
            "What to take out",
            list(by_name),
            format_func=lambda name: _words(by_name[name]) if name in by_name else "Gone",
        )
        reason = st.text_input("Why")
        sure = st.checkbox("It can only come back by another import")
        ask_author()
        sent = send_button(form, "Take it out")
    if not sent:
        return

    def work(request_key: str) -> str:
        del request_key  # what is gone is refused
        if not sure:
            raise Refusal("Nothing was taken out", remedy="Tick the box above the button first")
        said = remove_loaded(cache.workspace(), kind, names, reason=reason)
        return f"{literal(said)}."

    save(form, work)


def _words(loaded: LoadedData) -> str:
    return f"{loaded.name}, {plural(loaded.rows, 'row')}"
