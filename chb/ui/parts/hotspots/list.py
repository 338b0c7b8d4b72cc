"""Hotspots in their order: a field, a table and the map choose the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from chb.services.harm.hotspots import HotspotRequest
from chb.ui import session
from chb.ui.maps.elements import Outline
from chb.ui.maps.outlines import rings_of
from chb.ui.palettes import CHOSEN_EDGE, HOTSPOT_EDGE
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import show_table
from chb.ui.parts.words import figure
from geo import frames

COLUMNS: Final = {
    "Rank": "priority_rank",
    "Name": "name",
    "Harm": frames.HARM_DAYS,
    "Share": "share_of_harm",
    "Incidents": frames.COUNT,
    "People": frames.POPULATION,
    "Mainly": "main_categories",
    "Best rank": "best_rank",
    "Worst rank": "worst_rank",
}
_SHORT: Final = ("Rank", "Name", "Harm", "Share", "Range")
_LONG: Final = ("Rank", "Name", "Harm", "Share", "Incidents", "People", "Mainly", "Ranks")
_FIGURES: Final = (
    "hotspot_rank",
    "hotspot_rank_range",
    "hotspot_harm",
    "hotspot_share",
    "hotspot_incidents",
    "hotspot_people",
    "hotspot_mainly",
    "hotspot_extent",
    "own_boundary",
)
_SHARE: Final = "Share of the area's harm"
_RANGE: Final = "Best and worst rank when weights vary by a fifth"
_RANKED_BY: Final = "Ranked by priority, of which harm is a part; an open hotspot tells the others."
_RANGE_MEANS: Final = (
    "Range 1 to 2: the rank is 1 at best and 2 at worst when the weights vary by a fifth."
)
_CHOICE: Final = "hotspot_choice"
_N_NAMED: Final = 5
_MOST_PX: Final = 420
_EMPTY: Final = (
    "No cell is hot under this rule: harm is spread here as chance would spread it, or there is "
    "too little of it to say. That is an answer. Take a longer period, a larger area, or the "
    "densest 5% under What is hot."
)


@dataclass(frozen=True)
class Row:
    """What the list and the map call a hotspot by."""

    hotspot: int
    priority_rank: int
    name: str


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """First in priority first; equals by harm."""
    return table.sort_values(["priority_rank", "hotspot"], ignore_index=True)


def chosen_hotspot(request: HotspotRequest) -> int | None:
    """The number of the hotspot that is open; one chosen under another question is forgotten."""
    asked, number = st.session_state.get(session.HOTSPOT) or (None, None)
    return number if asked == request else None


def choose(request: HotspotRequest, number: int | None) -> None:
    """Open a hotspot, or none."""
    st.session_state[session.HOTSPOT] = (request, number)


def show_choice(ranked: pd.DataFrame, request: HotspotRequest) -> None:
    """The field: the way to every hotspot that needs no mouse."""
    names = {row.hotspot: f"{row.priority_rank}. {row.name}" for row in _rows(ranked)}
    st.session_state[_CHOICE] = chosen_hotspot(request)
    st.selectbox(
        "Hotspot",
        list(names),
        key=_CHOICE,
        index=None,
        format_func=lambda number: names[number],
        placeholder="Click the map, or choose here",
        on_change=lambda: choose(request, st.session_state[_CHOICE]),
    )


def show_short_table(
    ranked: pd.DataFrame, request: HotspotRequest, *, columns: tuple[str, ...] = _SHORT
) -> None:
    """The list; a row that is chosen opens its hotspot, and the open one is marked."""
    if ranked.empty:
        st.info(_EMPTY, icon=":material/search_off:")
        return
    st.caption(f"{_RANKED_BY} {_RANGE_MEANS}" if "Range" in columns else _RANKED_BY)
    chosen = chosen_hotspot(request)
    marked = [int(row) for row in ranked.index[ranked["hotspot"] == chosen]]
    key = f"hotspot_rows:{chosen}"  # what the map chooses must be marked here too

    def follow() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        choose(request, int(ranked["hotspot"].iloc[rows[0]]) if rows else None)

    st.dataframe(
        _shown(ranked, columns),
        hide_index=True,
        height=min(_MOST_PX if chosen is None else _MOST_PX // 2, 38 + 35 * len(ranked)),
        column_config=_formats(),
        key=key,
        on_select=follow,
        selection_mode="single-row",
        selection_default={"selection": {"rows": marked}},
    )


def explain_list() -> None:
    """The button under the list, while no hotspot is open."""
    explain("The list", _FIGURES, key="explain_list")


def show_long_table(ranked: pd.DataFrame) -> None:
    """Every figure of every hotspot side by side."""
    if ranked.empty:
        st.write(_EMPTY)
        return
    show_table(_LONG, map(_long_row, ranked.itertuples(index=False)), name="Hotspots side by side")


def _long_row(row: Any) -> tuple[str, ...]:
    """A row of the ranked table in words; a table of words needs no scrolling sideways."""
    return (
        str(row.priority_rank),
        str(row.name),
        figure(getattr(row, frames.HARM_DAYS)),
        f"{row.share_of_harm:.1%}",
        figure(getattr(row, frames.COUNT)),
        figure(getattr(row, frames.POPULATION)),
        str(row.main_categories),
        rank_range(row.best_rank, row.worst_rank),
    )


def hotspot_outlines(
    cells: pd.DataFrame, ranked: pd.DataFrame, *, chosen: int | None
) -> list[Outline]:
    """Each hotspot with its rank, the open one first; the first few with their names."""
    inside = cells.loc[cells["hotspot"] > 0].groupby("hotspot")[frames.CELL]
    by_number = {number: list(group) for number, group in inside}
    rows = sorted(_rows(ranked), key=lambda row: row.hotspot != chosen)
    return [
        Outline(
            rings=rings_of(by_number[row.hotspot]),
            colour=CHOSEN_EDGE if row.hotspot == chosen else HOTSPOT_EDGE,
            width=5 if row.hotspot == chosen else 2,
            name=_label(row, named=at < _N_NAMED),
        )
        for at, row in enumerate(rows)
    ]


def _rows(ranked: pd.DataFrame) -> list[Row]:
    columns = ranked[["hotspot", "priority_rank", "name"]]
    return [Row(int(number), int(rank), str(name)) for number, rank, name in columns.to_numpy()]


def rank_range(best: int, worst: int) -> str:
    """``2`` or ``2 to 4``."""
    return f"{best}" if best == worst else f"{best} to {worst}"


def _label(row: Row, *, named: bool) -> str:
    return f"{row.priority_rank}. {row.name}" if named else f"{row.priority_rank}"


def _shown(ranked: pd.DataFrame, labels: tuple[str, ...]) -> pd.DataFrame:
    table = pd.DataFrame({label: ranked[column] for label, column in COLUMNS.items()})
    ends = zip(table["Best rank"], table["Worst rank"], strict=True)
    ranges = [rank_range(best, worst) for best, worst in ends]
    return table.assign(Range=ranges, Share=100 * table["Share"])[list(labels)]


def _formats() -> dict[str, Any]:
    return {
        "Rank": st.column_config.NumberColumn(width=48),
        "Range": st.column_config.TextColumn(width=62, help=_RANGE),
        "Harm": st.column_config.NumberColumn(format="%,.0f"),
        "Share": st.column_config.NumberColumn(width=62, format="%.1f%%", help=_SHARE),
    }
