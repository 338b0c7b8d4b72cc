"""The area of the signal that is being written: cells clicked on the map."""

from __future__ import annotations

from typing import Final

import h3.api.numpy_int as h3
import streamlit as st

from chb.domain.wording import plural
from chb.services.planning.signals import MAP_RESOLUTION
from chb.ui import theme
from chb.ui.maps.elements import Outline, Position
from chb.ui.maps.outlines import rings_of
from chb.ui.parts.draft_cells import Cells, switched

_CELLS: Final = "signal_cells"


def clicked_cells() -> Cells:
    """The cells chosen so far."""
    found: Cells = st.session_state.get(_CELLS, frozenset())
    return found


def switch_cell(position: Position) -> None:
    """Take the cell at a position into the area, or out of it."""
    cell = int(h3.latlng_to_cell(*position, MAP_RESOLUTION))
    st.session_state[_CELLS] = switched(clicked_cells(), cell)


def forget_cells() -> None:
    """The next signal starts without an area."""
    st.session_state[_CELLS] = frozenset()


def area_outlines() -> list[Outline]:
    """A dashed line round the chosen cells."""
    cells = clicked_cells()
    return [Outline(rings_of(cells), theme.BLUE, dash="7 6", width=3.5)] if cells else []


def show_area() -> None:
    """How many cells are chosen, and the way back to none."""
    cells = clicked_cells()
    words, button = st.columns([1.6, 1], vertical_alignment="center")
    chosen = f"{plural(len(cells), 'cell')} chosen on the map"
    words.write(f"**{chosen}**" if cells else "Click the cells on the map, or choose a place.")
    button.button("Clear", on_click=forget_cells, disabled=not cells, width="stretch")
