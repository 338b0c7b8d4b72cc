"""A plan in time on the screen: its chart, the key to it, and the same as a table."""

from __future__ import annotations

from datetime import date

import streamlit as st

from chb.domain.planning.interventions import Intervention
from chb.domain.planning.timeline import Timeline
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.plans.gantt_chart import Days, days_of, show_timeline_chart
from chb.ui.parts.plans.gantt_rows import milestone_words, span_words
from chb.ui.parts.words import literal


def show_gantt(plan: Timeline, *, days: Days | None = None) -> None:
    """The chart, from day to day when they are given; what has no day yet; the same as a table."""
    if plan.stretches:
        show_timeline_chart(plan, days or days_of(plan))
        _show_key()
    if plan.undated:
        names = ", ".join(each.title for each in plan.undated)
        st.write(
            f"{plural(len(plan.undated), 'intervention')} without any day yet: {literal(names)}"
        )
    with st.expander("The timeline as a table"):
        _show_table(plan)


def _show_key() -> None:
    """What colours and marks stand for, in words beside them."""
    marks = " &ensp; ".join(
        f"{mark.html()} {pillar}" for pillar, mark in theme.PILLAR_MARKS.items()
    )
    st.html(
        f'<p class="hf-note">The mark where a bar begins is its P: {marks}<br>The stronger a bar, '
        "the further the work. Triangles are milestones: blue when reached, white while ahead, "
        "claret when missed. The dashed line is today; what lies after it is planned, and is "
        "faded.</p>"
    )


def _show_table(plan: Timeline) -> None:
    known = people_at_work()
    everything = [*(each.intervention for each in plan.stretches), *plan.undated]
    show_table(
        ("Intervention", "Phase and P", "When", "Standing", "Owner", "Milestones"),
        [
            (
                Noted(each.title, each.lead_agency),
                f"{each.phase}, {each.pillar}",
                span_words(each),
                _standing_words(each, plan.today),
                person_words(known.get(each.owner), each.owner) or "nobody",
                "; ".join(f"{step.what}, {milestone_words(step)}" for step in each.milestones),
            )
            for each in everything
        ],
        name="Timeline",
    )


def _standing_words(each: Intervention, today: date) -> str:
    return f"{each.status}, overdue" if each.is_overdue(today) else str(each.status)
