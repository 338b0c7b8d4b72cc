"""Tie a threat, an OCG or a person to a place, and end such an entry, with a reason."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.edits import Edit
from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.services.places.ties import tie_to_place, untie_from_place
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_form, kept_line
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.places.edit import ask_edit, save_edit
from chb.ui.parts.sending import as_shown, chosen
from chb.ui.parts.subjects import list_subjects
from chb.ui.parts.words import literal

_KINDS: Final[list[TieKind]] = list(TieKind)
_EXAMPLES: Final = {
    TieKind.NETWORK: "For example a street gang, or a county line by its name",
    TieKind.PRIORITY_INDIVIDUAL: "By reference, never by name",
    TieKind.VULNERABILITY: "For example cuckooing, or exploitation of children",
    TieKind.LOCATION: "For example the arcade, or a stairwell",
}


def show_tie(place: Place) -> None:
    """The kind first, since it decides what is asked."""
    form = f"tie:{place.id}"
    seen = as_shown(form, place)
    key = session.form_key(form)
    kind = st.selectbox("Kind", _KINDS, format_func=_kind_words, key=f"{key}:kind")
    with kept_form(form):
        subject = _ask_subject(kind)
        edit = ask_edit(form, seen, "Add the entry")
    if edit is None:
        return

    def work(kept: Edit) -> str:
        tie_to_place(cache.workspace(), place.id, kind, subject, kept)
        return f"{literal(subject)} is recorded at {literal(place.name)}."

    save_edit(form, edit, work)


def show_end_tie(place: Place, *, today: date) -> None:
    """An entry in force ends on a day; it stays in the history."""
    in_force = {tie.tie_id: tie for tie in place.tied(today)}
    if not in_force:
        st.write("Nothing is tied to this place yet.")
        return
    form = f"untie:{place.id}"
    seen = as_shown(form, place)
    with kept_form(form):
        tie_id = st.selectbox(
            "Entry",
            list(in_force),
            index=None,
            placeholder="Choose the one that no longer holds",
            format_func=lambda each: (
                f"{_kind_words(in_force[each].kind)}: {in_force[each].subject}"
            ),
        )
        edit = ask_edit(form, seen, "End the entry")
    if edit is None:
        return

    def work(kept: Edit) -> str:
        ended = chosen(tie_id, what="The entry")
        untie_from_place(cache.workspace(), place.id, ended, kept)
        return f"{literal(in_force[ended].subject)} no longer counts at {literal(place.name)}."

    save_edit(form, edit, work)


def _ask_subject(kind: TieKind) -> str:
    if kind.is_person:
        return ask_person("Who")
    if kind is TieKind.OCG:
        codes = [each.name for each in list_subjects() if each.ocg_id]
        return st.selectbox("OCG", codes, index=None, placeholder="Choose its code name") or ""
    return str(kept_line("What it is", placeholder=_EXAMPLES[kind]))


def _kind_words(kind: TieKind) -> str:
    return kind.value[:1].upper() + kind.value[1:]
