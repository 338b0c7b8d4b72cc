"""The cells that are shared as a table: what the map of bands shows, for who cannot see it."""

from __future__ import annotations

import streamlit as st

from chb.domain.views.harm import CommunityHarm, PartnerHarm, SharedCell
from chb.domain.wording import plural
from chb.ui.parts.draft_cells import by_position
from chb.ui.parts.paged_table import middle_words, show_paged_table


def show_band_cells(shared: PartnerHarm | CommunityHarm) -> None:
    """Every cell that is shown, folded: the highest band first, then from north to south."""
    cells = {each.cell: each for each in shared.cells}
    order = by_position(frozenset(cells))
    listed = sorted((cells[cell] for cell in order), key=lambda each: -each.band)
    with st.expander("The cells as a table"):
        show_paged_table(
            ("Band", "Cell", "Middle"),
            listed,
            _row,
            told=f"{plural(len(listed), 'cell')}, the highest band first",
            name="Cells by band",
            key="band_cells_page",
        )


def _row(each: SharedCell) -> tuple[str, ...]:
    return f"{each.band}: {each.label}", f"{each.cell:x}", middle_words(each.cell)
