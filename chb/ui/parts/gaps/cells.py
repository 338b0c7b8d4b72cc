"""The cells with most unmet need: a field and the map choose the same one, a table lists them."""

from __future__ import annotations

from typing import Final

import h3.api.numpy_int as h3
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
from chb.ui.parts.html_table import show_table
from chb.ui.parts.words import figure, percent

_CELL: Final = "gap_cell"
_CHOICE: Final = "gap_cell_choice"


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
    """The field, what is known of the cell chosen in it or on the map, and the table."""
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
    show_table(
        ("Unmet", "Near", "Assets"),
        [
            (f"{each.share_of_gap:.1%}", _ranked(each), f"{each.n_within_reach:,}")
            for each in found.worst
        ],
        name="Cells with most unmet need",
    )
    n_more = sum(each.gap > 0 for each in found.cells) - len(found.worst)
    more = f" {plural(n_more, 'more cell has', 'more cells have')} some." if n_more > 0 else ""
    st.caption(
        "Unmet: of all unmet need on this map. Assets: within walking distance, open at that "
        f"hour or not.{more}"
    )


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
