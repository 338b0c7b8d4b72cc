"""The cells as a list: the way to every cell that needs no mouse."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from chb.services.harm.profiling import HarmProfile
from chb.ui import session
from chb.ui.maps.layers import CellLayer
from chb.ui.parts.words import figure
from geo import frames

_MOST: Final = 25
_CHOICE: Final = "cell_choice"


def choose_cell(profile: HarmProfile, layer: CellLayer) -> None:
    """A field with the highest cells of the layer; it follows clicks on the map."""
    chosen = st.session_state.get(session.CELL)
    ranked = ranked_cells(profile.frame, layer.column)
    options = [int(cell) for cell in ranked[frames.CELL]]
    values = dict(zip(options, ranked[layer.column], strict=True))
    if chosen is not None and chosen not in values:
        options.append(chosen)
    st.session_state[_CHOICE] = chosen

    def words(cell: int) -> str:
        if cell not in values:
            return f"Cell {cell:x}"
        value = figure(float(values[cell]), decimals=layer.decimals)
        return f"{options.index(cell) + 1}. {value} {layer.unit}"

    st.selectbox(
        f"Highest cells: {layer.label}",
        options,
        key=_CHOICE,
        format_func=words,
        placeholder="Click the map, or choose here",
        on_change=_follow_choice,
        index=None,
    )


def show_ranked_cells(profile: HarmProfile, layer: CellLayer) -> None:
    """The same cells as a table."""
    ranked = ranked_cells(profile.frame, layer.column)
    if ranked.empty:
        return
    table = pd.DataFrame(
        {
            "Rank": range(1, len(ranked) + 1),
            layer.label: ranked[layer.column].to_numpy(),
            "Incidents": ranked[frames.COUNT].to_numpy(),
            "People": ranked[frames.POPULATION].to_numpy(),
        }
    )
    with st.expander(f"The {len(table)} highest cells", expanded=True):
        st.dataframe(
            table.loc[:, ~table.columns.duplicated()],
            hide_index=True,
            height=290,
            column_config={
                layer.label: st.column_config.NumberColumn(format=f"%,.{layer.decimals}f"),
                "Incidents": st.column_config.NumberColumn(format="%,.0f"),
                "People": st.column_config.NumberColumn(format="%,.0f"),
            },
        )


def ranked_cells(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The highest cells of a column, those above zero only; ties by cell."""
    above = frame.loc[frame[column] > 0]
    return above.sort_values([column, frames.CELL], ascending=[False, True]).head(_MOST)


def _follow_choice() -> None:
    st.session_state[session.CELL] = st.session_state[_CHOICE]
