"""Charts: one look, plain axes, and no more ink than the figures need."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from chb.domain.phases import Intensity, Phase
from chb.domain.places import Place
from chb.ui import theme

_ROW_PX: Final = 24
_PHASE_ROW_PX: Final = 46
_LOOK_AHEAD: Final = timedelta(days=30)


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
    words = rows.mark_text(align="left", dx=5, color=theme.INK, fontSize=12).encode(text="words:N")
    _show(bars + words, height_px=_ROW_PX * len(table) + 10)


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
    _show(chart, height_px=150)


def show_intensities(place: Place, *, today: date) -> None:
    """Clear, Hold and Build over time: three rows that overlap, strength by intensity."""
    table = intensity_spans(place, until=today + _LOOK_AHEAD)
    phases = [phase.value for phase in Phase]
    spans = alt.Chart(table).encode(
        y=alt.Y("phase:N", sort=phases, title=None, axis=alt.Axis(labelFontWeight="bold")),
        x=alt.X("since:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=8)),
        x2="until:T",
        tooltip=[
            alt.Tooltip("phase:N", title="Phase"),
            alt.Tooltip("intensity:N", title="Intensity"),
            alt.Tooltip("since:T", title="From", format="%d %B %Y"),
            alt.Tooltip("reason:N", title="Because"),
        ],
    )
    colours = [theme.PHASE_COLOURS[phase] for phase in Phase]
    bars = spans.mark_bar(height=26, cornerRadius=4, strokeWidth=1.5).encode(
        color=alt.Color("phase:N", scale=alt.Scale(domain=phases, range=colours), legend=None),
        stroke=alt.Stroke("phase:N", scale=alt.Scale(domain=phases, range=colours), legend=None),
        fillOpacity=alt.FillOpacity("strength:Q", scale=None),
    )
    words = spans.mark_text(align="left", dx=6, fontSize=12, fontWeight=600).encode(
        text="intensity:N",
        color=alt.condition("datum.strength > 0.5", alt.value("#ffffff"), alt.value(theme.INK)),
    )
    now = (
        alt.Chart(pd.DataFrame({"today": [pd.Timestamp(today)]}))
        .mark_rule(color=theme.QUIET_INK, strokeDash=[4, 3])
        .encode(x="today:T")
    )
    _show(bars + words + now, height_px=_PHASE_ROW_PX * len(phases) + 20)


def intensity_spans(place: Place, *, until: date) -> pd.DataFrame:
    """One row a stretch of one intensity: phase, intensity, since, until, strength, reason."""
    rows: list[dict[str, Any]] = []
    for phase in Phase:
        changes = sorted(
            (change for change in place.history if change.phase == phase),
            key=lambda change: (change.effective_on, change.recorded_at),
        )
        ends = [change.effective_on for change in changes[1:]]
        for change, end in zip(changes, [*ends, until], strict=False):
            if change.intensity == Intensity.CLOSED or end <= change.effective_on:
                continue
            rows.append(
                {
                    "phase": phase.value,
                    "intensity": change.intensity.value,
                    "since": pd.Timestamp(change.effective_on),
                    "until": pd.Timestamp(end),
                    "strength": theme.INTENSITY_OPACITY[change.intensity],
                    "reason": change.reason,
                }
            )
    columns = ["phase", "intensity", "since", "until", "strength", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _room_for_words(values: pd.Series) -> alt.Scale:
    return alt.Scale(domain=[0, max(1.0, float(values.max()) * 1.65)])


def _show(chart: Any, *, height_px: int) -> None:
    dressed = (
        chart.properties(height=height_px)
        .configure_view(strokeWidth=0)
        .configure_axis(grid=False, labelFontSize=12, labelColor=theme.INK, domain=False)
    )
    st.altair_chart(dressed, width="stretch", theme="streamlit")
