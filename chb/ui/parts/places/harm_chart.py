"""Harm of a place, its ring and the rest of its area, month by month."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.places import Place
from chb.services.places.harm_changes import with_index
from chb.services.places.harm_series import HarmSeries
from chb.services.places.zones import Zone
from chb.ui import theme
from chb.ui.parts.charts import ink, show_chart

COLOURS: Final = {Zone.PLACE: theme.BLUE, Zone.RING: "#9a5fb8", Zone.REST: "#7d8a97"}
"""They stand out from both grounds; each line also has its own dash and width."""
_DASHES: Final = {Zone.PLACE: [1, 0], Zone.RING: [7, 3], Zone.REST: [2, 3]}
_WIDTHS: Final = {Zone.PLACE: 3.2, Zone.RING: 2.2, Zone.REST: 2.0}
_INDEX_PX: Final = 330
_FIGURE_PX: Final = 118


def show_index(series: HarmSeries, column: str, *, place: Place) -> None:
    """Every zone on one scale: 100 is what was usual there in the first twelve months."""
    table = drawn(with_index(series, column))
    chart = _lines(table, series) + _usual(table) + _starts(place, series)
    show_chart(chart, height_px=_INDEX_PX)


def show_zone(series: HarmSeries, zone: Zone, column: str) -> None:
    """The months of one zone in figures; a month that is not loaded has no bar."""
    table = series.table.loc[series.table["zone"] == zone.value]
    chart = (
        alt.Chart(table.assign(day=pd.to_datetime(table["month"])))
        .mark_bar(color=COLOURS[zone], cornerRadiusEnd=2)
        .encode(
            x=alt.X("yearmonth(day):T", title=None, axis=alt.Axis(format="%b %Y", tickCount=8)),
            y=alt.Y(f"{column}:Q", title=None, axis=alt.Axis(tickCount=3, format="~s")),
            tooltip=_tips(),
        )
    )
    show_chart(chart, height_px=_FIGURE_PX)


def drawn(table: pd.DataFrame) -> pd.DataFrame:
    """The months that are known; ``run`` parts a zone's line where months are missing."""
    known = table["index"].notna()
    run = (~known).groupby(table["zone"]).cumsum()
    return table.assign(day=pd.to_datetime(table["month"]), run=run).loc[known]


def active_starts(place: Place, series: HarmSeries) -> pd.DataFrame:
    """The days within the months shown on which a phase became active."""
    first, last = (pd.Timestamp(f"{each}-01") for each in (series.months[0], series.months[-1]))
    rows = [
        {
            "day": pd.Timestamp(change.effective_on),
            "phase": change.phase.value,
            "words": f"{change.phase} active",
        }
        for change in place.history
        if change.intensity == Intensity.ACTIVE
        and first <= pd.Timestamp(change.effective_on) <= last
    ]
    return pd.DataFrame(rows, columns=["day", "phase", "words"])


def _lines(table: pd.DataFrame, series: HarmSeries) -> alt.Chart:
    names = [zone.value for zone in series.zones]
    lines: alt.Chart = (
        alt.Chart(table)
        .mark_line(point=alt.OverlayMarkDef(size=26, filled=True), interpolate="monotone")
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=10)),
            y=alt.Y(
                "index:Q",
                title=None,
                scale=alt.Scale(zero=True),
                axis=alt.Axis(tickCount=5, grid=True, gridOpacity=0.35),
            ),
            detail="run:N",
            color=alt.Color(
                "zone:N",
                sort=names,
                scale=alt.Scale(domain=names, range=[COLOURS[zone] for zone in series.zones]),
                legend=alt.Legend(
                    title=None, orient="top", labelColor=ink(), labelFontSize=12, labelLimit=260
                ),
            ),
            strokeDash=alt.StrokeDash(
                "zone:N",
                sort=names,
                scale=alt.Scale(domain=names, range=[_DASHES[zone] for zone in series.zones]),
            ),
            strokeWidth=alt.StrokeWidth(
                "zone:N",
                sort=names,
                scale=alt.Scale(domain=names, range=[_WIDTHS[zone] for zone in series.zones]),
                legend=None,
            ),
            tooltip=[*_tips(), alt.Tooltip("index:Q", title="Index", format=".0f")],
        )
    )
    return lines


def _usual(table: pd.DataFrame) -> alt.Chart:
    line: alt.Chart = (
        alt.Chart(table.head(1).assign(usual=100.0))
        .mark_rule(color=ink(), strokeDash=[1, 2], opacity=0.8)
        .encode(y="usual:Q")
    )
    return line


def _starts(place: Place, series: HarmSeries) -> alt.LayerChart:
    """When a phase became active: what was done beside what happened, and no more than that."""
    starts = alt.Chart(active_starts(place, series)).encode(
        x="day:T",
        color=alt.Color(
            "phase:N",
            scale=alt.Scale(
                domain=[phase.value for phase in Phase],
                range=[theme.PHASE_COLOURS[phase] for phase in Phase],
            ),
            legend=None,
        ),
    )
    words = starts.mark_text(align="left", baseline="top", dx=5, fontSize=11.5, fontWeight=600)
    layered: alt.LayerChart = (
        starts.mark_rule(strokeWidth=2)
        + words.encode(text="words:N", y=alt.value(0), color=alt.value(ink()))
    ).resolve_scale(color="independent")
    return layered


def _tips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("zone:N", title="Where"),
        alt.Tooltip("month:N", title="Month"),
        alt.Tooltip("harm_days:Q", title="Harm", format=",.0f"),
        alt.Tooltip("count:Q", title="Incidents", format=",.0f"),
    ]
