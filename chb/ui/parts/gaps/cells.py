"""The cells with most unmet need: a field, a table and the map choose the same one."""

from __future__ import annotations

from typing import Any, Final

import h3.api.numpy_int as h3
import pandas as pd
import streamlit as st

from chb.domain.views.gaps import BandGapCell, GapCell, WorstCell
from chb.domain.views.harm import BANDS
from chb.domain.wording import plural
from chb.services.assets.gaps import HarmGapCell
from chb.ui import theme
from chb.ui.gap_cache import Found
from chb.ui.maps.elements import Outline, Position
from chb.ui.maps.outlines import rings_of
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.words import figure, percent

_CELL: Final = "gap_cell"
_CHOICE: Final = "gap_cell_choice"
_ROW_PX: Final = 35


def chosen_cell(found: Found) -> GapCell | None:
    """The cell that is open; one that this map does not have is none."""
    cell = st.session_state.get(_CELL)
    return next((each for each in found.cells if each.cell == cell), None)


def choose_at(found: Found, position: Position) -> None:
    """Open the cell at a position of the map."""
    _open(int(h3.latlng_to_cell(*position, found.resolution)))


def chosen_outline(found: Found) -> list[Outline]:
    """The cell that is open; the map goes to one of the worst."""
    cell = chosen_cell(found)
    if cell is None:
        return []
    worst = next((each for each in found.worst if each.cell == cell.cell), None)
    return [
        Outline(
            rings=rings_of([cell.cell]),
            colour=theme.MAP_LINE,
            width=4,
            name=_ranked(worst) if worst else "",
            focus=worst is not None,
        )
    ]


def show_worst(found: Found) -> None:
    """The field and the table; a row that is chosen shows its cell on the map."""
    title = f"The {plural(len(found.worst), 'cell')} with most unmet need"
    st.subheader(title, anchor=False)
    _show_choice(found)
    cell = chosen_cell(found)
    if cell is not None:
        _show_cell(found, cell)
    _show_table(found)


def _show_choice(found: Found) -> None:
    """The way to each of them that needs no mouse."""
    words = {each.cell: _ranked(each) for each in found.worst}
    open_cell = st.session_state.get(_CELL)
    st.session_state[_CHOICE] = open_cell if open_cell in words else None
    st.selectbox(
        "Cell",
        list(words),
        key=_CHOICE,
        index=None,
        format_func=lambda cell: words[cell],
        placeholder="Click the map, or choose here",
        on_change=lambda: _open(st.session_state[_CHOICE]),
    )


def _show_table(found: Found) -> None:
    cells = [each.cell for each in found.worst]
    open_cell = st.session_state.get(_CELL)
    key = f"gap_rows:{open_cell}"  # what the map chooses must be marked here too

    def follow() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        _open(cells[rows[0]] if rows else None)

    marked = [cells.index(open_cell)] if open_cell in cells else []
    st.dataframe(
        _table(found),
        hide_index=True,
        height=38 + _ROW_PX * len(cells),
        column_config=_formats(),
        key=key,
        on_select=follow,
        selection_mode="single-row",
        selection_default={"selection": {"rows": marked}},
    )


def _table(found: Found) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Unmet": [100 * each.share_of_gap for each in found.worst],
            "Near": [_ranked(each) for each in found.worst],
            "Assets": [each.n_within_reach for each in found.worst],
        }
    )


def _formats() -> dict[str, Any]:
    number = st.column_config.NumberColumn
    return {
        "Unmet": number(format="%.1f%%", width=66, help="Of all unmet need on this map"),
        "Assets": number(width=66, help="Within walking distance, open at that hour or not"),
    }


def _show_cell(found: Found, cell: GapCell) -> None:
    """What is known of one cell: harm in figures only where the map has it."""
    met = 1 - cell.gap / cell.need if cell.need else 1.0
    share = cell.gap / found.gap if found.gap else 0.0
    show_cards(
        (
            Card("Unmet here", f"{100 * share:.1f}%", "of all unmet need on this map"),
            Card("Need met", percent(met), f"{cell.provision:.1f} usual sessions within reach"),
            Card("Residents", figure(cell.residents), "of these ages"),
            _harm_card(cell),
        )
    )


def _harm_card(cell: GapCell) -> Card:
    if isinstance(cell, HarmGapCell):
        return Card("Harm", figure(cell.harm), "in the unit of the scheme")
    if isinstance(cell, BandGapCell):
        return Card("Harm", f"band {cell.band}", BANDS[cell.band - 1])
    raise TypeError(f"No card for {type(cell).__name__}")


def _ranked(cell: WorstCell) -> str:
    """``1. Pierhead``, or the cell's index where there is no name."""
    return f"{cell.rank}. {cell.place or f'Cell {cell.cell:x}'}"


def _open(cell: int | None) -> None:
    st.session_state[_CELL] = cell
