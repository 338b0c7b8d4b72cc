"""One person's work under its timing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.planning.my_work import Timing, WorkItem
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.planner_style import WARNING
from chb.ui.parts.words import literal_html

_WHAT_IT_MEANS: Final = {
    Timing.OVERDUE: "past its day",
    Timing.DUE: "within seven days",
    Timing.WAITING: "somebody else holds it",
    Timing.COMING: "within thirty days",
    Timing.LATER: "after thirty days",
    Timing.UNDATED: "to be dated, or done",
}


def show_work_cards(work: Mapping[Timing, tuple[WorkItem, ...]]) -> None:
    """How much there is of each timing."""
    show_cards(
        Card(
            timing.value.capitalize(),
            str(len(items)),
            _WHAT_IT_MEANS[timing],
            colour=WARNING if timing is Timing.OVERDUE and items else theme.BLUE,
        )
        for timing, items in work.items()
    )


def show_work(items: tuple[WorkItem, ...], timing: Timing, *, today: date) -> None:
    """The items of one timing, by due date."""
    st.subheader(timing.value.capitalize(), anchor=False)
    st.html("".join(_item(item, today) for item in items))


def _item(item: WorkItem, today: date) -> str:
    facts = [item.kind.value, item.about, _due(item.due_on, today)]
    if item.waiting_on:
        facts.append(f"waiting on {item.waiting_on}")
    words = literal_html("; ".join(fact for fact in facts if fact))
    late = item.due_on is not None and item.due_on < today
    return (
        f'<div class="hf-entry" style="border-left-color:{WARNING if late else theme.BLUE}">'
        f"{literal_html(item.title)}<p><small>{words}</small></p></div>"
    )


def _due(due_on: date | None, today: date) -> str:
    if due_on is None:
        return ""
    day = f"due {due_on.day} {due_on:%B %Y}"
    late = (today - due_on).days
    return f"{day}, {plural(late, 'day')} late" if late > 0 else day
