"""What the plan wants: one more objective, a P that cannot be developed, the way out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from chb.domain.planning.plans import Objective, Pillar, Plan, Undeveloped
from chb.services.planning import plans
from chb.ui import cache, session
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.sending import as_shown, send_button

_PILLARS: Final[list[Pillar]] = list(Pillar)
_OBJECTIVE: Final = "An objective"
_UNDEVELOPED: Final = "A P that cannot be developed"
_EXIT: Final = "The exit strategy"


def show_write_aims(plan: Plan) -> None:
    """One of three short forms, chosen by what there is to write."""
    what = st.selectbox("Write", [_OBJECTIVE, _UNDEVELOPED, _EXIT], key=f"write:{plan.id}")
    if what == _OBJECTIVE:
        _ask_objective(plan)
    elif what == _UNDEVELOPED:
        _ask_undeveloped(plan)
    else:
        _ask_exit(plan)


def _ask_objective(plan: Plan) -> None:
    form = f"objective:{plan.id}"
    seen = as_shown(form, plan)
    with st.form(session.form_key(form), border=False):
        pillar = st.selectbox("P", _PILLARS)
        what = st.text_area("Objective", height=70, placeholder="What this P adds to the aim")
        measure = st.text_input("Measure")
        means = st.text_input("How it can be achieved")
        relevance = st.text_input("Why it matters to the aim")
        due_on = st.date_input("By when", value=None, format="DD/MM/YYYY")
        owner = ask_person("Owner")
        by = ask_author()
        sent = send_button(form, "Add the objective")
    if sent:
        added = Objective(pillar, what, measure, means, relevance, due_on, owner)
        edited = replace(seen, objectives=(*seen.objectives, added))
        _save(form, edited, by=by, notice=f"The {pillar} objective is in the plan.")


def _ask_undeveloped(plan: Plan) -> None:
    form = f"undeveloped:{plan.id}"
    seen = as_shown(form, plan)
    with st.form(session.form_key(form), border=False):
        pillar = st.selectbox("P", _PILLARS)
        why = st.text_area("Why it cannot be developed", height=90)
        by = ask_author()
        sent = send_button(form, "Record why")
    if sent:
        edited = replace(seen, undeveloped=(*seen.undeveloped, Undeveloped(pillar, why)))
        _save(form, edited, by=by, notice=f"The plan says why {pillar} is not developed.")


def _ask_exit(plan: Plan) -> None:
    form = f"exit:{plan.id}"
    seen = as_shown(form, plan)
    key = session.form_key(form)
    with st.form(key, border=False):
        words = st.text_area(
            "Exit strategy", value=plan.exit_strategy, height=140, key=f"{key}:words"
        )
        by = ask_author()
        sent = send_button(form, "Save the exit strategy")
    if sent:
        edited = replace(seen, exit_strategy=words)
        _save(form, edited, by=by, notice="The exit strategy is saved.")


def _save(form: str, edited: Plan, *, by: str, notice: str) -> None:
    def work(request_key: str) -> str:
        plans.save_plan(cache.workspace(), edited, by=by, request_key=request_key)
        return notice

    save(form, work, by=by)
