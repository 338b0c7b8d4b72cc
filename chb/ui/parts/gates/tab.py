"""The three gates of a place: how each stands, its evidence, and its checklist."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.places.gates import Gate, GateState
from chb.domain.places.places import Place
from chb.services.places.gates import gate_states
from chb.ui import cache
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.gates.editor import show_edit_checklist
from chb.ui.parts.gates.evidence import show_record_evidence
from chb.ui.parts.gates.history import show_evidence_history, show_versions
from chb.ui.parts.gates.list import show_checklist

_GATES: Final[list[Gate]] = list(Gate)
_RECORD: Final = "Record evidence"
_EDIT: Final = "Edit the checklist"


def show_gates(place: Place, listed: tuple[Place, ...]) -> None:
    """One gate at a time: its checklist beside the form that adds to it."""
    del listed
    states = gate_states(cache.workspace(), place.id)
    show_cards(_card(state) for state in states.values())
    st.caption(
        "Local checklists, not official criteria: no count of items decides. A phase can go "
        "through with items open, and its record then keeps which."
    )
    gate = st.segmented_control("Gate", _GATES, default=_GATES[0], required=True, key="gate")
    wide, narrow = st.columns([1.5, 1], gap="medium")
    with wide:
        show_checklist(states[gate])
        with st.expander("All evidence recorded at this gate"):
            show_evidence_history(place, states[gate])
        with st.expander("Versions of the checklist"):
            show_versions(place, gate)
    with narrow:
        _show_form(place, states[gate])


def _show_form(place: Place, state: GateState) -> None:
    job = st.segmented_control(
        "What to do", [_RECORD, _EDIT], default=_RECORD, required=True, key="gate_job"
    )
    if job == _RECORD and may_or_is_told(Permission.PLAN):
        show_record_evidence(place, state)
    if job == _EDIT and may_or_is_told(Permission.DECIDE):
        show_edit_checklist(place, state.checklist.gate)


def _card(state: GateState) -> Card:
    n_items, n_open = len(state.checklist.items), len(state.open_items)
    note = "every item is met" if state.is_complete else f"{n_open} open"
    return Card(state.checklist.gate.value, f"{n_items - n_open} of {n_items} met", note)
