"""Charts: one look, plain axes, and no more ink than the figures need."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from chb.ui import theme

_ROW_PX: Final = 24
_AHEAD_OPACITY: Final = 0.4


def ink() -> str:
    """The colour of words inside a chart, which follows the theme that is on."""
    return theme.plain(theme.INK)


def cut_at(table: pd.DataFrame, day: date) -> pd.DataFrame:
    """Bars from ``since`` to ``until`` in two parts: what lies after the day is planned only.

    ``seen`` is how strongly a part is drawn. The rows stay in their order.
    """
    at = pd.Timestamp(day)
    before = table.assign(until=table["until"].mask(table["until"] > at, at), seen=1.0)
    after = table.assign(since=table["since"].mask(table["since"] < at, at), seen=_AHEAD_OPACITY)
    parts = pd.concat([before, after]).sort_index(kind="stable")
    return parts.loc[parts["since"] < parts["until"]].reset_index(drop=True)


def seen() -> alt.Opacity:
    """The channel by which a part after today is drawn faded."""
    return alt.Opacity("seen:Q", scale=None, legend=None)


def show_categories(by_category: pd.DataFrame) -> None:
    """Harm by category, most first, with the number of incidents beside each bar."""
    table = by_category.assign(
        words=[
            f"{harm:,.0f}  ({count:,.0f})"
            for harm, count in zip(by_category["harm_days"], by_category["count"], strict=True)
        ]
    )
    rows = alt.Chart(table).encode(
        y=alt.Y("category:N", sort=None, title=None, axis=alt.Axis(labelLimit=150, ticks=False)),
        x=alt.X("harm_days:Q", title=None, axis=None, scale=_room_for_words(table["harm_days"])),
        tooltip=[
            alt.Tooltip("category:N", title="Category"),
            alt.Tooltip("harm_days:Q", title="Harm", format=",.0f"),
            alt.Tooltip("count:Q", title="Incidents", format=",.0f"),
        ],
    )
    bars = rows.mark_bar(color=theme.BLUE, cornerRadiusEnd=3, height=15)
    words = rows.mark_text(align="left", dx=5, color=ink(), fontSize=12).encode(text="words:N")
    show_chart(bars + words, height_px=_ROW_PX * len(table) + 10)


def show_months(by_month: pd.DataFrame, *, column: str, title: str) -> None:
    """One bar a month; a month that is not loaded stays empty, it is not zero."""
    chart = (
        alt.Chart(by_month)
        .mark_bar(color=theme.BLUE, cornerRadiusEnd=2)
        .encode(
            x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=-60, labelOverlap=True)),
            y=alt.Y(f"{column}:Q", title=title, axis=alt.Axis(tickCount=3, format="~s")),
            tooltip=[
                alt.Tooltip("month:O", title="Month"),
                alt.Tooltip("harm_days:Q", title="Harm", format=",.0f"),
                alt.Tooltip("count:Q", title="Incidents", format=",.0f"),
            ],
        )
    )
    show_chart(chart, height_px=150)


def _room_for_words(values: pd.Series) -> alt.Scale:
    return alt.Scale(domain=[0, max(1.0, float(values.max()) * 1.65)])


def show_chart(chart: Any, *, height_px: int) -> None:
    """A chart in the house's dress, as wide as its column."""
    dressed = (
        chart.properties(height=height_px)
        .configure_view(strokeWidth=0)
        .configure_axis(grid=False, labelFontSize=12, labelColor=ink(), domain=False)
    )
    st.altair_chart(dressed, width="stretch", theme="streamlit")
