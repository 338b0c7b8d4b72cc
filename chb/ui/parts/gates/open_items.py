"""What is still open at a gate, said before somebody goes through it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.places.gates import GateState
from chb.domain.places.phases import Phase
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.parts.words import literal_html

_STYLE: Final = (
    f"border:1px solid {theme.HAIRLINE};border-left:4px solid {theme.PHASE_COLOURS[Phase.HOLD]};"
    "border-radius:6px;padding:.6rem .8rem;font-size:.89rem;line-height:1.45"
)


def show_open_items(state: GateState) -> None:
    """The open items in a list; that going through is possible, and what is kept of it."""
    gate = state.checklist.gate.value
    if state.is_complete:
        st.success(f"{gate}: every item of the checklist is met.", icon=":material/check_circle:")
        return
    number = plural(len(state.open_items), "item is", "items are")
    items = "".join(f"<li>{literal_html(item.words)}</li>" for item in state.open_items)
    st.html(
        f'<div style="{_STYLE}" role="status" data-testid="open-items">'
        f'<b>{gate}: {number} open</b><ul class="hf-lacks">{items}</ul>'
        '<p class="hf-note">Going through is possible. The record keeps what was open; your '
        "reason says why it is done all the same.</p></div>"
    )
