"""What is asked, done and planned about a group: a short view; each has a page of its own."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.planning.disruptions import Disruption, DisruptionLevel, ModerationState
from chb.domain.wording import plural
from chb.services.planning import disruptions, intelligence, plans
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.intelligence.glance import Picture, show_glance, show_overdue_requests
from chb.ui.parts.intelligence.requests import show_requests
from chb.ui.parts.intelligence.requirements import show_requirements
from chb.ui.parts.people_fields import people_at_work
from chb.ui.parts.plans.matrix import show_matrix
from chb.ui.parts.plans.overview import (
    show_aim,
    show_concerns,
    show_objectives,
    show_plan_cards,
)
from chb.ui.parts.subjects import list_subjects, names_by_id
from chb.ui.parts.words import day_words

_MOST: Final = 100
_OF_PLAN: Final = ("plan_interventions", "plan_overdue", "police_share")


def show_intelligence(file: OcgFile, *, today: date) -> None:
    """What we need to know about the group, and what partners were asked."""
    ws, ocg_id = cache.workspace(), file.ocg.id
    picture = Picture(
        requirements=intelligence.list_requirements(ws, ocg_id=ocg_id),
        requests=intelligence.list_requests(ws, ocg_id=ocg_id),
        names=names_by_id(list_subjects()),
        people=people_at_work(),
    )
    show_glance(picture, today=today)
    show_overdue_requests(picture, today=today)
    wide, narrow = st.columns([1, 1.15], gap="medium")
    with wide:
        show_requirements(picture, today=today)
    with narrow:
        show_requests(picture, today=today)
    explain("Intelligence about the group", ("ocg_intelligence",), key="how:intelligence")
    st.caption("Asked, answered and changed on the page Intelligence.")


def show_disruptions(file: OcgFile) -> None:
    """Events against the group, the latest first, with their level once it was moderated."""
    listed = disruptions.list_disruptions(cache.workspace(), ocg_id=file.ocg.id, most=_MOST)
    if not listed:
        st.write("No disruption of this group is recorded.")
    else:
        st.write(_level_words(listed))
        show_table(
            ("On", "What", "Level", "P", "Agency"),
            [_disruption(each) for each in listed],
            name="Disruptions of the group",
        )
        explain("Disruptions of the group", ("ocg_disruptions",), key="how:disruptions")
    st.caption("Recorded, moderated and taken out on the page Disruptions.")


def show_plan(file: OcgFile, *, today: date) -> None:
    """The group's own plan as its page begins, or that there is none."""
    view = plans.plan_of(cache.workspace(), ocg_id=file.ocg.id)
    if view is None:
        st.write("The group has no plan of its own yet. Start one on the page Plan.")
        return
    show_aim(view.plan)
    show_plan_cards(view, today=today)
    show_matrix(view, today=today)
    show_concerns(view.concerns)
    show_objectives(view.plan)
    explain("The plan of the group", _OF_PLAN, key="how:plan")
    st.caption("Written and changed on the page Plan.")


def _level_words(listed: tuple[Disruption, ...]) -> str:
    counted = Counter(each.settled_level for each in listed)
    levels = ", ".join(f"{counted[level]} {level}" for level in DisruptionLevel if counted[level])
    waiting = sum(each.state == ModerationState.PROPOSED for each in listed)
    told = f"{plural(len(listed), 'disruption')}: {levels}"
    return f"{told}; {waiting} to be moderated." if waiting else f"{told}; all moderated."


def _disruption(each: Disruption) -> tuple[str | Noted, ...]:
    also = f"also for {', '.join(each.credited)}" if each.credited else ""
    return (
        day_words(each.happened_on),
        Noted(each.what, each.reference),
        Noted(each.settled_level.value, each.state.value),
        Noted(each.pillar.value, also),
        each.agency,
    )
