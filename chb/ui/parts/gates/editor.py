"""Edit a gate's checklist as plain lines: one item a line, in the order they are asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import streamlit as st

from chb.domain.edits import Edit
from chb.domain.places.gates import Checklist, Gate, GateItem
from chb.domain.places.places import Place
from chb.services.places.gates import checklist_versions, edit_checklist, gate_states
from chb.ui import cache, session
from chb.ui.parts.drafts import begun, kept_area, kept_form
from chb.ui.parts.forms import ask_author
from chb.ui.parts.places.edit import save_edit
from chb.ui.parts.sending import send_button

_BAR: Final = " | "
_LINES: Final = "Items"
_HERE: Final = "This place"
_EVERYWHERE: Final = "The whole partnership"


def show_edit_checklist(place: Place, gate: Gate) -> None:
    """The lines as they stand; what is sent is another version, with a reason."""
    scope = st.radio("For", [_HERE, _EVERYWHERE], horizontal=True, key=f"checklist_for:{gate}")
    place_id = place.id if scope == _HERE else ""
    present = _in_force(gate, place_id)
    form = f"checklist:{gate}:{place_id}"
    key = session.form_key(form)
    with kept_form(form):
        _seed(key, present)
        lines = st.text_area(
            _LINES,
            height=290,
            key=f"{key}:lines",
            help="Move, reword, add or remove lines. A hint may follow its item after a bar.",
        )
        st.caption(
            "One item a line, a hint after a bar ( | ). Other words ask something else: a "
            "reworded item starts without evidence. " + _reach(place_id)
        )
        reason = kept_area("Reason", height=70, placeholder="What was learned or agreed")
        by = ask_author()
        sent = send_button(form, "Save the checklist")
    if sent:
        edit = Edit(reason=reason, by=by, version=_version_on_screen(key, present))
        save_edit(form, edit, lambda kept: _save(gate, place_id, lines, kept))


def checklist_lines(items: Iterable[GateItem]) -> str:
    """The items as lines of text, the hint of each after a bar."""
    return "\n".join(item.words + (f"{_BAR}{item.hint}" if item.hint else "") for item in items)


def items_of_lines(lines: str) -> tuple[GateItem, ...]:
    """The items that the lines ask for, blank lines left out; they have no keys yet."""
    parts = [line.partition(_BAR.strip()) for line in lines.splitlines() if line.strip()]
    return tuple(GateItem("", words.strip(), hint.strip()) for words, _, hint in parts)


def _seed(key: str, present: Checklist) -> None:
    """Fill an empty form, and remember which version it was filled from."""
    if f"{key}:lines" not in st.session_state:
        st.session_state[f"{key}:lines"] = begun(_LINES, checklist_lines(present.items))
        st.session_state[f"seen:{key}"] = present.version


def _version_on_screen(key: str, present: Checklist) -> int:
    """The version the lines came from; after a refusal, the one that the refusal showed."""
    seen = int(st.session_state[f"seen:{key}"])
    st.session_state[f"seen:{key}"] = present.version
    return seen


def _in_force(gate: Gate, place_id: str) -> Checklist:
    if place_id:
        return gate_states(cache.workspace(), place_id)[gate].checklist
    return checklist_versions(cache.workspace(), gate)[-1]


def _save(gate: Gate, place_id: str, lines: str, edit: Edit) -> str:
    items = items_of_lines(lines)
    saved = edit_checklist(cache.workspace(), gate, items, edit, place_id=place_id)
    return f"Version {saved.version} of the checklist {gate.value} is saved."


def _reach(place_id: str) -> str:
    if place_id:
        return "From then on this place has a checklist of its own."
    return "Places with a checklist of their own keep theirs."
