"""Signals on the screen: a timeline, and what each agency said."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from chb.domain.planning.signals import Signal, SignalLink
from chb.domain.wording import plural
from chb.services.planning.signals import LinkedSignal, SentSignals
from chb.ui import theme
from chb.ui.parts.charts import show_chart
from chb.ui.parts.words import chart_key, literal_html

_ROW_PX: Final = 30
MOST: Final = 40
"""Signals in a list, and bars in its timeline: more than is read, and less than delays a page."""


def show_timeline(shown: tuple[Signal, ...]) -> None:
    """A bar for the period of each signal, a row for each agency, the earliest first."""
    shown = tuple(sorted(shown, key=lambda each: (each.first_day, each.agency)))
    table = pd.DataFrame(
        {
            "agency": [chart_key(each.agency) for each in shown],
            "category": [each.category.value for each in shown],
            "since": [pd.Timestamp(each.first_day) for each in shown],
            "until": [pd.Timestamp(each.last_day) for each in shown],
        }
    )
    rows = alt.Chart(table).encode(
        y=alt.Y("agency:N", title=None, sort=None, axis=alt.Axis(labelLimit=230, ticks=False)),
        x=alt.X("since:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=6)),
        x2="until:T",
        tooltip=[
            alt.Tooltip("agency:N", title="Agency"),
            alt.Tooltip("category:N", title="Kind of work"),
            alt.Tooltip("since:T", title="From", format="%d %B %Y"),
            alt.Tooltip("until:T", title="To", format="%d %B %Y"),
        ],
    )
    bars = rows.mark_bar(color=theme.BLUE, cornerRadius=3, height=16)
    show_chart(bars, height_px=_ROW_PX * table["agency"].nunique() + 30)


def show_signals(sent: SentSignals) -> None:
    """What each agency said, without what anybody makes of it."""
    _show_entries([_entry(each) for each in sent.latest], of=sent.n)


def show_linked_signals(listed: tuple[LinkedSignal, ...], names: dict[str, str]) -> None:
    """What each said, with the lead officer's links under it."""
    entries = [
        _entry(each.signal, "".join(_link(link, names) for link in each.links))
        for each in listed[:MOST]
    ]
    _show_entries(entries, of=len(listed))


def _show_entries(entries: list[str], *, of: int) -> None:
    st.html("".join(entries))
    if of > len(entries):
        st.caption(
            f"The latest {len(entries)} of {of:,} signals. Choose a place or other days for the "
            "others."
        )


def _entry(signal: Signal, links: str = "") -> str:
    answers = "".join(
        f"<p><small>{literal_html(answer.question)}</small><br>{literal_html(answer.text)}</p>"
        for answer in signal.answers
    )
    period = f"{signal.first_day:%d %b %Y} to {signal.last_day:%d %b %Y}"
    facts = [signal.category.value, signal.area_name, period]
    if signal.cells:
        facts.append(plural(len(signal.cells), "cell"))
    return (
        f'<div class="hf-entry"><b>{literal_html(signal.agency)}</b> '
        f"<small>{literal_html('; '.join(fact for fact in facts if fact))}</small>"
        f"{answers}{links}</div>"
    )


def _link(link: SignalLink, names: dict[str, str]) -> str:
    about = [names.get(id_, "") for id_ in (link.place_id, link.ocg_id) if id_]
    note = f": {link.note}" if link.note else ""
    return f"<p><small>Linked to</small> {literal_html(' and '.join(about) + note)}</p>"
