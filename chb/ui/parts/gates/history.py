"""What was ever recorded at a gate, and how its checklist came to be."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.places.gates import Checklist, Evidence, Gate, GateState
from chb.domain.places.places import Place
from chb.services.places.gates import checklist_versions, gate_history
from chb.ui import cache
from chb.ui.parts.gates.list import checklist_words, evidence_html, state_words
from chb.ui.parts.words import literal_html

_GONE: Final = "An item of an earlier checklist"


def show_evidence_history(place: Place, state: GateState) -> None:
    """Every entry, the latest first; entries are only added."""
    gate = state.checklist.gate
    entries = gate_history(cache.workspace(), place.id, gate)
    if not entries:
        st.write("No evidence is recorded at this gate yet.")
        return
    words = {item.key: item.words for known in versions_of(place, gate) for item in known.items}
    st.html("".join(_entry(each, words.get(each.item_key, _GONE)) for each in reversed(entries)))


def show_versions(place: Place, gate: Gate) -> None:
    """Every version of the checklist that the place had, the latest first."""
    st.html("".join(_version(each) for each in reversed(versions_of(place, gate))))


def versions_of(place: Place, gate: Gate) -> tuple[Checklist, ...]:
    """The shipped checklist, the partnership's and the place's own, by version."""
    ws = cache.workspace()
    known = (*checklist_versions(ws, gate), *checklist_versions(ws, gate, place.id))
    by_version = {each.version: each for each in known}
    return tuple(by_version[version] for version in sorted(by_version))


def _entry(evidence: Evidence, words: str) -> str:
    return (
        f'<div class="hf-entry"><b>{literal_html(words)}</b>'
        f"<p>{state_words(evidence)} <small>(checklist version {evidence.checklist_version})"
        f"</small></p>{evidence_html(evidence)}</div>"
    )


def _version(checklist: Checklist) -> str:
    items = "".join(f"<li>{literal_html(item.words)}</li>" for item in checklist.items)
    why = f"{checklist.recorded_by}: {checklist.reason}" if checklist.recorded_by else ""
    return (
        f'<div class="hf-entry"><b>{checklist_words(checklist)}</b>'
        f"<p><small>{literal_html(why)}</small></p><ol>{items}</ol></div>"
    )
