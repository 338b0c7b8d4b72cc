"""Record what shows that an item is in place, or that it no longer is."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.places.gates import GateState
from chb.domain.places.places import Place
from chb.services.places.gates import EvidenceDraft, record_evidence
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.gates.figure import ask_figure
from chb.ui.parts.sending import chosen, send_button
from chb.ui.parts.words import literal

_MET: Final = "It is in place"
_NOT_MET: Final = "It is no longer in place"


def show_record_evidence(place: Place, state: GateState) -> None:
    """A figure from the data if one is wanted, then the item and what shows it."""
    gate = state.checklist.gate
    form = f"evidence:{place.id}:{gate}"
    key = session.form_key(form)
    figure = ask_figure(place, key)
    words_of = {item.key: item.words for item in state.checklist.items}
    with kept_form(form):
        item_key = st.selectbox(
            "Item",
            list(words_of),
            index=None,
            placeholder="Choose what the evidence is for",
            format_func=lambda each: words_of.get(each, "No longer on the checklist"),
        )
        verdict = st.radio("What it shows", [_MET, _NOT_MET], horizontal=True)
        words = kept_area(
            "Evidence",
            height=90,
            placeholder="What was seen, and by whom",
        )
        link = kept_line("Link", placeholder="https://, where it can be found")
        by = ask_author()
        sent = send_button(form, "Record the evidence")
    if not sent:
        return

    def work(request_key: str) -> str:
        item = state.checklist.item(chosen(item_key, what="The item"))
        draft = EvidenceDraft(
            item_key=item.key, is_met=verdict == _MET, words=words, link=link, figure=figure
        )
        record_evidence(cache.workspace(), place.id, gate, draft, by=by, request_key=request_key)
        return f"The evidence is recorded: {literal(item.words)}."

    save(form, work)
