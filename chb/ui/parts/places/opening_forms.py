"""Close a place, reopen it, resume Clear there: each with a reason, each at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from chb.domain.edits import Edit
from chb.domain.places.gates import Gate
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.places import Place
from chb.services.places.gates import gate_states
from chb.services.places.openings import close_place, reopen_place, resume_clear
from chb.services.workspace import Workspace
from chb.ui import cache
from chb.ui.parts.allowed import moves_phases_or_is_told
from chb.ui.parts.drafts import kept_form
from chb.ui.parts.gates.open_items import show_open_items
from chb.ui.parts.places.edit import ask_edit, save_edit
from chb.ui.parts.sending import as_shown
from chb.ui.parts.words import literal


@dataclass(frozen=True)
class Opening:
    """One way to close or open a place."""

    label: str
    explanation: str
    notice: str
    work: Callable[[Workspace, str, Edit], Place]


_CLOSE: Final = Opening(
    "Close the place",
    "Every phase that is not closed yet is closed with it. Nothing is removed.",
    "is closed",
    close_place,
)
_REOPEN: Final = Opening(
    "Reopen the place",
    "Its phases stay closed until each is changed.",
    "is open again",
    reopen_place,
)
_RESUME: Final = Opening(
    "Resume Clear",
    "Clear may be resumed at any time, whatever the other phases do. A closed place is reopened.",
    "has Clear active again",
    resume_clear,
)


def show_open_or_close(place: Place, listed: tuple[Place, ...]) -> None:
    """What can be done today, and what is open at the exit gate before it is."""
    del listed
    today = cache.workspace().today()
    if not moves_phases_or_is_told(place, today=today):
        return
    is_open = place.is_open(today)
    now = place.intensities(today)
    ways = [_CLOSE if is_open else _REOPEN]
    if now[Phase.CLEAR] != Intensity.ACTIVE:
        ways.append(_RESUME)
    way = _choose(ways, key=f"opening:{place.id}:{is_open}")
    st.caption(way.explanation)
    if way is _CLOSE and now[Phase.BUILD] not in (None, Intensity.CLOSED):
        show_open_items(gate_states(cache.workspace(), place.id)[Gate.BUILD_TO_EXIT])
    _ask_opening(place, way)


def _choose(ways: list[Opening], *, key: str) -> Opening:
    if len(ways) == 1:
        return ways[0]
    labels = [way.label for way in ways]
    return ways[labels.index(st.radio("To do", labels, horizontal=True, key=key))]


def _ask_opening(place: Place, way: Opening) -> None:
    form = f"opening:{place.id}"
    seen = as_shown(form, place)
    with kept_form(form):
        edit = ask_edit(form, seen, way.label)
    if edit is None:
        return

    def work(kept: Edit) -> str:
        way.work(cache.workspace(), place.id, kept)
        return f"{literal(place.name)} {way.notice}."

    save_edit(form, edit, work)
