"""The plan of a place on its page: the matrix of phases and Ps, and the same work in time."""

from __future__ import annotations

from datetime import date

import streamlit as st

from chb.domain.places.places import Place
from chb.domain.planning.timeline import Timeline, timeline
from chb.services.planning.plans import PlanView, plan_of
from chb.ui import cache
from chb.ui.parts.places.phase_chart import Under, show_intensities
from chb.ui.parts.plans.explaining import explain_plan
from chb.ui.parts.plans.gantt import show_gantt
from chb.ui.parts.plans.gantt_chart import LABEL_PX, days_of
from chb.ui.parts.plans.matrix import show_matrix
from chb.ui.parts.plans.overview import show_aim, show_concerns, show_objectives, show_plan_cards

Listed = tuple[Place, ...]


def show_place_plan(place: Place, listed: Listed) -> None:
    """The aim, its figures, twelve cells, and what the plan lacks; changed on the page Plan."""
    del listed
    view = _plan_or_is_told(place)
    if view is None:
        return
    today = cache.workspace().today()
    show_aim(view.plan)
    show_plan_cards(view, today=today)
    show_matrix(view, today=today)
    explain_plan("place_plan")
    show_concerns(view.concerns)
    show_objectives(view.plan)


def show_place_timeline(place: Place, listed: Listed) -> None:
    """The phases over time, and under them the plan's work with its milestones, day by day."""
    del listed
    today = cache.workspace().today()
    view = plan_of(cache.workspace(), place_id=place.id)
    work = timeline(view.interventions if view else (), today)
    days = _days_of_both(place, work)
    st.subheader("Intensities", anchor=False)
    show_intensities(place, today=today, under=Under(*days, label_px=LABEL_PX))
    st.subheader("Interventions and milestones", anchor=False)
    if view is None or not view.interventions:
        st.write("No intervention is planned here yet. The plan is written on the page Plan.")
        return
    show_gantt(work, days=days)


def _days_of_both(place: Place, work: Timeline) -> tuple[date, date]:
    """From the first day of either chart to the last day of the work."""
    first, last = days_of(work)
    begun = (change.effective_on for change in place.history)
    return min((first, *begun)), last


def _plan_or_is_told(place: Place) -> PlanView | None:
    view = plan_of(cache.workspace(), place_id=place.id)
    if view is None:
        st.write("This place has no plan yet. One is started on the page Plan.")
    return view
