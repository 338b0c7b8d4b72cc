"""A plan in time as a chart: bars by phase, a mark for the P, triangles for milestones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import altair as alt
import pandas as pd

from chb.domain.places.phases import Phase
from chb.domain.planning.plans import Pillar
from chb.domain.planning.timeline import Timeline
from chb.ui import theme
from chb.ui.parts.charts import cut_at, ink, seen, show_chart
from chb.ui.parts.plans.gantt_rows import bars, steps

Days = tuple[date, date]

LABEL_PX: Final = 250
"""Room for what a row is called; a chart above it that keeps as much has the same days."""
_ROW_PX: Final = 27
_MARGIN: Final = timedelta(days=12)
_SHAPES: Final = alt.Scale(
    domain=[pillar.value for pillar in Pillar],
    range=[mark.shape for mark in theme.PILLAR_MARKS.values()],
)
_PHASES: Final = alt.Scale(
    domain=[phase.value for phase in Phase], range=list(theme.PHASE_COLOURS.values())
)


def days_of(plan: Timeline) -> Days:
    """The first and the last day of its chart."""
    first, last = plan.span
    return first - _MARGIN, last + _MARGIN


def show_timeline_chart(plan: Timeline, days: Days) -> None:
    """The chart, from day to day; what lies after today is faded."""
    table, milestones = bars(plan), steps(plan)
    lines = alt.Y(
        "label:N",
        sort=table["label"].tolist(),
        title=None,
        axis=alt.Axis(
            labelLimit=LABEL_PX - 12, ticks=False, minExtent=LABEL_PX, maxExtent=LABEL_PX
        ),
    )
    work = alt.Chart(table).encode(
        y=lines, tooltip=[alt.Tooltip("label:N", title="What"), alt.Tooltip("told:N", title="It")]
    )
    chart = (
        _bars(work.properties(data=cut_at(table, plan.today)), days)
        + _marks(work)
        + _words(work)
        + _milestones(alt.Chart(milestones).encode(y=lines))
        + _today(plan.today)
    )
    show_chart(chart, height_px=_ROW_PX * len(table) + 40)


def _bars(work: alt.Chart, days: Days) -> alt.Chart:
    drawn: alt.Chart = work.mark_bar(height=13, cornerRadius=3, strokeWidth=1.5).encode(
        x=alt.X(
            "since:T",
            title=None,
            scale=alt.Scale(domain=[f"{day:%Y-%m-%d}" for day in days]),
            axis=alt.Axis(format="%b %Y", tickCount=8, orient="top", grid=True),
        ),
        x2="until:T",
        color=alt.Color(
            "phase:N",
            scale=_PHASES,
            legend=alt.Legend(title=None, orient="top", labelColor=ink(), labelFontSize=12),
        ),
        stroke=alt.Stroke("phase:N", scale=_PHASES, legend=None),
        fillOpacity=alt.FillOpacity("strength:Q", scale=None),
        opacity=seen(),
    )
    return drawn


def _marks(work: alt.Chart) -> alt.Chart:
    """The mark of each bar's P, where the bar begins."""
    drawn: alt.Chart = work.mark_point(
        filled=True, size=95, opacity=1, stroke=theme.LIGHT_WORDS, strokeWidth=1.2
    ).encode(
        x="since:T",
        shape=alt.Shape("pillar:N", scale=_SHAPES, legend=None),
        fill=alt.Fill("hue:N", scale=None),
    )
    return drawn


def _words(work: alt.Chart) -> alt.Chart:
    """That a bar is overdue, beside its end."""
    drawn: alt.Chart = work.mark_text(
        align="left", dx=8, fontSize=11.5, fontWeight=600, color=theme.CLARET
    ).encode(x="until:T", text="late:N")
    return drawn


def _milestones(work: alt.Chart) -> alt.Chart:
    drawn: alt.Chart = work.mark_point(
        shape="triangle-down",
        size=90,
        filled=True,
        opacity=1,
        yOffset=-8,
        stroke=ink(),
        strokeWidth=1.2,
    ).encode(
        x="day:T",
        fill=alt.Fill("fill:N", scale=None),
        tooltip=[alt.Tooltip("told:N", title="Milestone")],
    )
    return drawn


def _today(day: date) -> alt.Chart:
    rule: alt.Chart = (
        alt.Chart(pd.DataFrame({"day": [pd.Timestamp(day)]}))
        .mark_rule(color=ink(), strokeDash=[4, 3], strokeWidth=1.4)
        .encode(x="day:T")
    )
    return rule
