"""The cells as a list: the way to every cell that needs no mouse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from chb.domain.wording import plural
from chb.ui import cache, session
from chb.ui.maps.layers import CellLayer
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.words import figure
from geo import frames

_MOST: Final = 25
_MOST_ROWS: Final = 10
"""A table of all of them would be longer than the map beside it."""
_CHOICE: Final = "cell_choice"


def choose_cell(version: str, frame: pd.DataFrame, layer: CellLayer) -> None:
    """A field with the highest cells of the layer; it follows clicks on the map."""
    chosen = st.session_state.get(session.CELL)
    ranked = ranked_cells(frame, layer.column)
    options = _cells(ranked)
    names = cache.cell_names(version, tuple(options))
    values = dict(zip(options, ranked[layer.column], strict=True))
    if chosen is not None and chosen not in values:
        options.append(chosen)
    st.session_state[_CHOICE] = chosen

    def words(cell: int) -> str:
        if cell not in values:
            return f"Cell {cell:x}"
        value = figure(float(values[cell]), decimals=layer.decimals)
        near = f"{names[cell]}, " if names[cell] else ""
        return f"{options.index(cell) + 1}. {near}{value} {layer.unit}"

    st.selectbox(
        f"Highest cells: {layer.label}",
        options,
        key=_CHOICE,
        format_func=words,
        placeholder="Click the map, or choose here",
        on_change=_follow_choice,
        index=None,
    )


def show_ranked_cells(
    version: str, frame: pd.DataFrame, layer: CellLayer, *, folded: bool = False
) -> None:
    """The highest of the same cells as a table that needs no scrolling sideways."""
    ranked = ranked_cells(frame, layer.column)
    if ranked.empty:
        return
    names = cache.cell_names(version, tuple(_cells(ranked)))
    shown = ranked.head(_MOST_ROWS)
    title = f"The {plural(len(shown), 'highest cell')}"
    with st.expander(title, expanded=not folded):
        show_table(("Rank", "Near", layer.label), _rows(shown, layer, names), name=title)
        n_more = int((frame[layer.column] > 0).sum()) - len(shown)
        if n_more:
            st.caption(f"{plural(n_more, 'more cell has', 'more cells have')} some.")


def _rows(
    shown: pd.DataFrame, layer: CellLayer, names: Mapping[int, str]
) -> list[tuple[str, Noted, str]]:
    columns = (shown[name] for name in (layer.column, frames.COUNT, frames.POPULATION))
    return [
        (
            str(rank),
            Noted(
                names[cell] or "no name nearby",
                f"{plural(int(incidents), 'incident')}, people: {figure(people)}",
            ),
            figure(value, decimals=layer.decimals),
        )
        for rank, (cell, value, incidents, people) in enumerate(
            zip(_cells(shown), *columns, strict=True), start=1
        )
    ]


def ranked_cells(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The highest cells of a column, those above zero only; ties by cell."""
    above = frame.loc[frame[column] > 0]
    return above.sort_values([column, frames.CELL], ascending=[False, True]).head(_MOST)


def _cells(ranked: pd.DataFrame) -> list[int]:
    return [int(cell) for cell in ranked[frames.CELL]]


def _follow_choice() -> None:
    st.session_state[session.CELL] = st.session_state[_CHOICE]
