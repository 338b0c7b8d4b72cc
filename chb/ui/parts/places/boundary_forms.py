"""Give a place another boundary, or split cells off it to start another place there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from chb.domain.edits import Edit
from chb.domain.places.places import Place
from chb.domain.wording import plural
from chb.services.places.boundaries import redraw_place
from chb.services.places.joining import split_place
from chb.ui import cache
from chb.ui.parts.draft_cells import (
    Cells,
    Side,
    by_position,
    half_of,
    switched,
    with_ring,
    without_ring,
)
from chb.ui.parts.drafts import kept_form, kept_line
from chb.ui.parts.places.edit import ask_edit, save_edit
from chb.ui.parts.sending import as_shown
from chb.ui.parts.words import literal

_SIDES: Final[list[Side]] = list(Side)


def draft_of(place: Place, leaves: bool) -> Cells:
    """The cells chosen so far: of the boundary to be, or those that leave in a split.

    A boundary that somebody else drew meanwhile is where the choosing begins anew.
    """
    kept: tuple[int, Cells] | None = st.session_state.get(_name(place, leaves))
    if kept is not None and kept[0] == place.boundary.version:
        return kept[1]
    return frozenset() if leaves else place.boundary.cells


def keep_draft(place: Place, leaves: bool, cells: Cells) -> None:
    """Remember the choice; cells outside the place cannot leave it."""
    kept = cells & place.boundary.cells if leaves else cells
    st.session_state[_name(place, leaves)] = (place.boundary.version, kept)


def show_redraw(place: Place, listed: tuple[Place, ...]) -> None:
    """Add and take away cells by clicks, ring by ring, or from the list."""
    del listed
    st.caption("Click a cell on the map: one outside is added, one inside is taken away.")
    draft = draft_of(place, False)
    grow, shrink, undo = st.columns(3)
    _button(grow, "Add a ring", place, False, lambda: with_ring(draft))
    _button(shrink, "Take off a ring", place, False, lambda: without_ring(draft))
    _button(undo, "As it is now", place, False, lambda: place.boundary.cells)
    _switch_one(place, False, with_ring(draft) | place.boundary.cells)
    st.markdown(f"**{change_words(place.boundary.cells, draft)}**")
    form = f"redraw:{place.id}"
    seen = as_shown(form, place)
    with kept_form(form):
        edit = ask_edit(form, seen, "Save the boundary")
    if edit is not None:
        save_edit(form, edit, lambda kept: _redraw(place, draft, kept))


def show_split(place: Place, listed: tuple[Place, ...]) -> None:
    """Choose the cells that leave; they become a place of their own."""
    del listed
    st.caption("Click the cells that leave. The new place begins with the phases as they stand.")
    leaving = draft_of(place, True)
    choose, undo = st.columns([2, 1], vertical_alignment="bottom")
    side = choose.selectbox("Begin with the", _SIDES, key=f"split_side:{place.id}")
    _button(undo, "Choose it", place, True, lambda: half_of(place.boundary.cells, side))
    _switch_one(place, True, place.boundary.cells)
    staying = len(place.boundary.cells) - len(leaving)
    st.markdown(f"**{plural(len(leaving), 'cell leaves', 'cells leave')}, {staying:,} stay**")
    form = f"split:{place.id}"
    seen = as_shown(form, place)
    with kept_form(form):
        name = kept_line("Name of the new place", placeholder="What people there call it")
        edit = ask_edit(form, seen, "Split the place")
    if edit is not None:
        save_edit(form, edit, lambda kept: _split(place, leaving, name, kept))


def change_words(before: Cells, after: Cells) -> str:
    """How a boundary would change: ``9 cells: 2 added, 1 taken away``."""
    if before == after:
        return f"{plural(len(before), 'cell')}, as it is now"
    added, taken = len(after - before), len(before - after)
    return f"{plural(len(after), 'cell')}: {added:,} added, {taken:,} taken away"


def _switch_one(place: Place, leaves: bool, offered: Cells) -> None:
    """The way to every cell that needs no mouse."""
    draft = draft_of(place, leaves)
    choose, switch = st.columns([2, 1], vertical_alignment="bottom")
    inside, outside = ("leaves", "stays") if leaves else ("inside", "outside")

    def words(cell: int) -> str:
        return f"Cell {cell:x}, {inside if cell in draft else outside}"

    cell = choose.selectbox(
        "Cell, from north to south",
        by_position(offered),
        format_func=words,
        key=f"switch_cell:{place.id}:{leaves}",
    )
    _button(switch, "Switch it", place, leaves, lambda: switched(draft, cell))


def _button(
    column: st.delta_generator.DeltaGenerator,
    label: str,
    place: Place,
    leaves: bool,
    cells: Callable[[], Cells],
) -> None:
    """A button that changes the draft before the map is drawn again."""
    column.button(label, width="stretch", on_click=lambda: keep_draft(place, leaves, cells()))


def _redraw(place: Place, draft: Cells, edit: Edit) -> str:
    drawn = redraw_place(cache.workspace(), place.id, draft, edit).boundary
    number = plural(len(drawn.cells), "cell")
    return f"The boundary of {literal(place.name)} is {drawn.change.value}: {number}."


def _split(place: Place, leaving: Cells, name: str, edit: Edit) -> str:
    begun = split_place(cache.workspace(), place.id, leaving, name, edit)
    return f"{literal(begun.name)} is split off {literal(place.name)}."


def _name(place: Place, leaves: bool) -> str:
    return f"{'leaving' if leaves else 'boundary'}_draft:{place.id}"
