"""The cells of a boundary as a table: what the map beside it shows, for who cannot see it."""

from __future__ import annotations

import streamlit as st

from chb.domain.places.places import Place
from chb.domain.wording import plural
from chb.ui.parts.draft_cells import Cells, by_position
from chb.ui.parts.html_table import Cell
from chb.ui.parts.paged_table import middle_words, show_paged_table


def show_boundary_cells(place: Place, draft: Cells, *, leaves: bool) -> None:
    """Every cell and what the draft makes of it, folded; ``leaves`` where the draft is a split."""
    listed = by_position(place.boundary.cells | draft)

    def row(cell: int) -> tuple[Cell, ...]:
        standing = standing_words(place.boundary.cells, draft, cell, leaves=leaves)
        return f"{cell:x}", middle_words(cell), standing

    with st.expander("The cells of the boundary as a table"):
        show_paged_table(
            ("Cell", "Middle", "Standing"),
            listed,
            row,
            told=f"{plural(len(listed), 'cell')}, from north to south",
            name=f"Cells of {place.name}",
            key=f"boundary_page:{place.id}",
        )


def standing_words(boundary: Cells, draft: Cells, cell: int, *, leaves: bool) -> str:
    """What becomes of a cell if the draft is saved."""
    if leaves:
        return "leaves" if cell in draft else "stays"
    if cell not in draft:
        return "taken away"
    return "inside" if cell in boundary else "added"
