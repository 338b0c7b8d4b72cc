"""Plans and actions: one plan with its matrix and timeline, or every action in one list."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.planning.plan_frames import PlanFrame
from chb.domain.planning.timeline import timeline
from chb.services.planning import plans
from chb.services.planning.plans import PlanView
from chb.ui import cache
from chb.ui.parts.actions.list import show_actions
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.notices import refusals_shown, show_empty
from chb.ui.parts.page_head import page_head
from chb.ui.parts.plans.add import show_add_own, show_add_tactic
from chb.ui.parts.plans.aims import show_write_aims
from chb.ui.parts.plans.change import show_open_intervention
from chb.ui.parts.plans.explaining import explain_plan
from chb.ui.parts.plans.gantt import show_gantt
from chb.ui.parts.plans.headings import show_headings
from chb.ui.parts.plans.matrix import show_matrix
from chb.ui.parts.plans.overview import (
    show_aim,
    show_concerns,
    show_objectives,
    show_plan_cards,
)
from chb.ui.parts.plans.start import show_start_plan
from chb.ui.parts.subjects import choose_subject, list_subjects

_ONE, _EVERY = "One plan", "All actions"
_MATRIX: Final = "Clear, Hold, Build"
_TIMELINE: Final = "Timeline"


def show() -> None:
    """The page."""
    page_head("Plan")
    subjects = list_subjects()
    if not subjects:
        show_empty(
            "There is nothing to plan for yet",
            "A plan is for one place or one OCG. Start a place on the Harm map, or load the sample "
            "place.",
            ("python -m chb demo",),
        )
        return
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """One plan or all actions: a choice runs this part only, and only the open tab is made."""
    one, every = st.tabs([_ONE, _EVERY], key="plan_tab", on_change="rerun")
    if one.open:
        with one, refusals_shown():
            _show_plan()
    if every.open:
        with every, refusals_shown():
            show_actions()


def _show_plan() -> None:
    narrow_field, _ = st.columns([1, 2])
    with narrow_field:
        subject = choose_subject("Plan for", list_subjects())
    view = plans.plan_of(cache.workspace(), place_id=subject.place_id, ocg_id=subject.ocg_id)
    if view is None:
        show_start_plan(subject)
        return
    today = cache.workspace().today()
    show_aim(view.plan)
    show_plan_cards(view, today=today)
    explain_plan("plan")
    wide, narrow = st.columns([2.1, 1], gap="medium")
    with wide:
        show_concerns(view.concerns)
        _show_frame(view, today=today)
        show_objectives(view.plan)
    with narrow, refusals_shown():
        _show_work(view, today=today)


def _show_frame(view: PlanView, *, today: date) -> None:
    frame = st.segmented_control(
        "Headings",
        [_MATRIX, _TIMELINE, *PlanFrame],
        default=_MATRIX,
        required=True,
        key="plan_frame",
        persist_state="session",
        label_visibility="collapsed",
    )
    if frame == _MATRIX:
        show_matrix(view, today=today)
    elif frame == _TIMELINE:
        show_gantt(timeline(view.interventions, today))
    else:
        show_headings(view.plan.id, PlanFrame(frame))


def _show_work(view: PlanView, *, today: date) -> None:
    if not may_or_is_told(Permission.PLAN):
        show_open_intervention(view, today=today)
        return
    change, menu, own, aims = st.tabs(["Change", "Menu of tactics", "Write one", "Aims"])
    with change:
        show_open_intervention(view, today=today)
    with menu:
        show_add_tactic(view)
    with own:
        show_add_own(view)
    with aims:
        show_write_aims(view.plan)
