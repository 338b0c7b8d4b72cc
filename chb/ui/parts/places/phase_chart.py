"""Clear, Hold and Build over time: three rows that overlap, never one line of three steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import altair as alt
import pandas as pd

from chb.domain.places.phases import Intensity, IntensityChange, Phase
from chb.domain.places.places import Place
from chb.ui import theme
from chb.ui.parts.charts import cut_at, ink, seen, show_chart

_ROW_PX: Final = 46
_LOOK_AHEAD: Final = timedelta(days=30)
_STRONG: Final = 0.9
_LEAST_SHARE_FOR_WORDS: Final = 0.09
_COLUMNS: Final = ("phase", "intensity", "since", "until", "strength", "words", "ink", "reason")


@dataclass(frozen=True)
class Under:
    """The chart that stands below: its first and last day, and the room for its labels."""

    first: date
    last: date
    label_px: int

    @property
    def domain(self) -> list[str]:
        return [f"{day:%Y-%m-%d}" for day in (self.first, self.last)]


def show_intensities(place: Place, *, today: date, under: Under | None = None) -> None:
    """A bar for each stretch of an intensity, the stronger the more intense; today is marked.

    What lies after today is faded: it is planned to last, and not done.

    ``under`` makes its days and the room for its labels those of a chart that stands below.
    """
    until = today + _LOOK_AHEAD if under is None else under.last
    table = intensity_spans(place, today=today, until=until)
    room_px = alt.Undefined if under is None else under.label_px
    days = alt.Undefined if under is None else alt.Scale(domain=under.domain)
    spans = alt.Chart(table).encode(
        y=alt.Y(
            "phase:N",
            sort=_phases(),
            title=None,
            axis=alt.Axis(
                labelFontWeight="bold", ticks=False, minExtent=room_px, maxExtent=room_px
            ),
        ),
        x=alt.X("since:T", title=None, scale=days, axis=alt.Axis(format="%b %Y", tickCount=8)),
        x2="until:T",
        tooltip=[
            alt.Tooltip("phase:N", title="Phase"),
            alt.Tooltip("intensity:N", title="Intensity"),
            alt.Tooltip("since:T", title="From", format="%d %B %Y"),
            alt.Tooltip("reason:N", title="Because"),
        ],
    )
    words = spans.mark_text(align="left", dx=6, fontSize=12, fontWeight=600).encode(
        text="words:N", color=alt.Color("ink:N", scale=None)
    )
    bars = _bars(spans.properties(data=cut_at(table, today)))
    show_chart(bars + words + _line_at(today), height_px=_ROW_PX * len(Phase) + 20)


def intensity_spans(place: Place, *, today: date, until: date) -> pd.DataFrame:
    """One row a stretch of one intensity up to a day, with how it is drawn.

    Words that would reach into what lies ahead, which is drawn faded, have the page's own ink.
    """
    rows = [row for phase in Phase for row in _spans_of(place, phase, until)]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    length = table["until"] - table["since"]
    whole = table["until"].max() - table["since"].min()
    least = _LEAST_SHARE_FOR_WORDS * whole
    is_ahead = table["since"] + least > pd.Timestamp(today)
    return table.assign(
        words=table["intensity"].mask(length < least, ""), ink=table["ink"].mask(is_ahead, ink())
    )


def _spans_of(place: Place, phase: Phase, until: date) -> Iterator[dict[str, Any]]:
    changes = sorted(
        (change for change in place.history if change.phase == phase),
        key=lambda change: (change.effective_on, change.recorded_at),
    )
    ends = [*(change.effective_on for change in changes[1:]), until]
    for change, end in zip(changes, ends, strict=False):
        if change.intensity == Intensity.CLOSED or end <= change.effective_on:
            continue
        yield {
            "phase": phase.value,
            "intensity": change.intensity.value,
            "since": pd.Timestamp(change.effective_on),
            "until": pd.Timestamp(end),
            "strength": theme.INTENSITY_OPACITY[change.intensity],
            "ink": _ink_on(change),
            "reason": change.reason,
        }


def _bars(spans: alt.Chart) -> alt.Chart:
    colours = alt.Scale(domain=_phases(), range=[theme.PHASE_COLOURS[phase] for phase in Phase])
    bars: alt.Chart = spans.mark_bar(height=26, cornerRadius=4, strokeWidth=1.5).encode(
        color=alt.Color("phase:N", scale=colours, legend=None),
        stroke=alt.Stroke("phase:N", scale=colours, legend=None),
        fillOpacity=alt.FillOpacity("strength:Q", scale=None),
        opacity=seen(),
    )
    return bars


def _line_at(day: date) -> alt.Chart:
    table = pd.DataFrame({"day": [pd.Timestamp(day)]})
    rule: alt.Chart = alt.Chart(table).mark_rule(color=ink(), strokeDash=[4, 3])
    return rule.encode(x="day:T")


def _phases() -> list[str]:
    return [phase.value for phase in Phase]


def _ink_on(change: IntensityChange) -> str:
    pale = theme.INTENSITY_OPACITY[change.intensity] < _STRONG
    return ink() if pale else theme.WORDS_ON_PHASE[change.phase]
