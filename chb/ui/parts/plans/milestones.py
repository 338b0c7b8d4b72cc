"""Milestones of an intervention: a row for each, and one for the next."""

from __future__ import annotations

from datetime import date

import streamlit as st

from chb.domain.planning.interventions import Milestone
from chb.domain.refusal import Refusal
from chb.ui.parts.record_fields import ask_day

Row = tuple[str, date | None, date | None]
"""Words, due day and day reached, as they stand in the form."""


def ask_milestones(present: tuple[Milestone, ...], *, key: str) -> list[Row]:
    """The rows; an emptied one leaves the plan, the last one is for a new milestone."""
    rows = [
        _ask_row(f"Milestone {at}", each, key=f"{key}:milestone:{at}")
        for at, each in enumerate(present, start=1)
    ]
    rows.append(_ask_row("New milestone", None, key=f"{key}:milestone:new"))
    st.caption("Empty the words of a milestone to take it out.")
    return rows


def milestones(rows: list[Row]) -> tuple[Milestone, ...]:
    """The milestones that the rows say; Refusal for one without a day."""
    written = [(what, due_on, done_on) for what, due_on, done_on in rows if what.strip()]
    return tuple(
        Milestone(what, _checked_day(due_on, what), done_on) for what, due_on, done_on in written
    )


def _ask_row(label: str, each: Milestone | None, *, key: str) -> Row:
    what = st.text_input(label, value=each.what if each else "", key=f"{key}:what")
    first, second = st.columns(2)
    with first:
        due_on = ask_day(f"{label} due", each.due_on if each else None, key=f"{key}:due")
    with second:
        done_on = ask_day(f"{label} reached", each.done_on if each else None, key=f"{key}:done")
    return what, due_on, done_on


def _checked_day(due_on: date | None, what: str) -> date:
    if due_on is None:
        raise Refusal(
            "A milestone has a day",
            found=f"{what.strip()[:80]!r} has none",
            remedy="Choose the day it is due",
        )
    return due_on
