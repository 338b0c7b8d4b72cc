"""Rename a place, or merge another into it."""

from __future__ import annotations

import streamlit as st

from chb.domain.access.responsibility import moves_phases
from chb.domain.edits import Edit
from chb.domain.places.places import Place
from chb.domain.refusal import Refusal
from chb.services.places.boundaries import rename_place
from chb.services.places.joining import merge_places
from chb.ui import cache, viewer
from chb.ui.parts.allowed import moves_phases_or_is_told
from chb.ui.parts.drafts import kept_form, kept_line
from chb.ui.parts.places.edit import ask_edit, save_edit
from chb.ui.parts.sending import as_shown, chosen
from chb.ui.parts.words import literal

Listed = tuple[Place, ...]


def show_rename(place: Place, listed: Listed) -> None:
    """Another name from a day on; the earlier ones can still be found."""
    del listed
    form = f"rename:{place.id}"
    seen = as_shown(form, place)
    with kept_form(form):
        name = kept_line("New name", placeholder="What people there call it")
        edit = ask_edit(form, seen, "Rename the place")
    if edit is None:
        return

    def work(kept: Edit) -> str:
        renamed = rename_place(cache.workspace(), place.id, name, kept)
        return f"{literal(place.name)} is now called {literal(renamed.name)}."

    save_edit(form, edit, work)


def show_merge(place: Place, listed: Listed) -> None:
    """This place takes in another, which is closed and keeps its record."""
    today = cache.workspace().today()
    if not moves_phases_or_is_told(place, today=today):
        return
    others = {
        each.id: each
        for each in listed
        if each.id != place.id and each.is_open(today) and moves_phases(viewer.scope(), each, today)
    }
    st.caption(
        f"{literal(place.name)} gets the cells and ties of both. The other place is closed and "
        "says where it went."
    )
    form = f"merge:{place.id}"
    seen = as_shown(form, (place, others))
    with kept_form(form):
        other_id = st.selectbox(
            "Place to take in",
            list(others),
            index=None,
            placeholder="Choose a place",
            format_func=lambda each: others[each].name,
        )
        edit = ask_edit(form, seen[0], "Merge the two")
    if edit is None:
        return

    def work(kept: Edit) -> str:
        absorbed = _as_seen(seen[1], chosen(other_id, what="The place to take in"))
        merge_places(
            cache.workspace(), place.id, absorbed.id, kept, absorbed_version=absorbed.version
        )
        return f"{literal(absorbed.name)} is merged into {literal(place.name)}."

    save_edit(form, edit, work)


def _as_seen(others: dict[str, Place], place_id: str) -> Place:
    if place_id in others:
        return others[place_id]
    raise Refusal("That place was not on the screen yet", remedy="Choose again from the list")
