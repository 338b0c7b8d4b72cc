"""Change an intervention: its standing at once, everything else one click away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.planning.interventions import Intervention
from chb.services.planning import plans
from chb.services.planning.plans import PlanView
from chb.services.planning.record_versions import RecordKind
from chb.ui import cache, session
from chb.ui.parts.allowed import may_here
from chb.ui.parts.drafts import kept_form
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.plans import fields
from chb.ui.parts.plans.intervention import show_intervention
from chb.ui.parts.plans.milestones import Row, ask_milestones, milestones
from chb.ui.parts.plans.names import all_names
from chb.ui.parts.record_versions import show_versions
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal


def show_open_intervention(view: PlanView, *, today: date) -> None:
    """The list, the chosen one in full, the form that changes it, and its versions."""
    if not view.interventions:
        st.write("No intervention yet. Write one, or take one from the menu.")
        return
    by_id = {each.id: each for each in view.interventions}
    chosen = st.selectbox(
        "Intervention",
        list(by_id),
        key=f"open_intervention:{view.plan.id}",
        format_func=lambda each: f"{by_id[each].phase}: {by_id[each].title}",
    )
    names = all_names()
    show_intervention(by_id[chosen], names, today=today)
    if may_here(Permission.PLAN):
        _show_change(by_id[chosen], is_of_place=view.plan.place_id is not None)
    with st.expander("Versions"):
        show_versions(RecordKind.INTERVENTION, chosen, names)


def _show_change(present: Intervention, *, is_of_place: bool) -> None:
    form = f"change_intervention:{present.id}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with kept_form(form):
        drawn, rows = _ask_all(present, is_of_place=is_of_place, key=key)
        reason = fields.ask_reason(key=key)
        by = ask_author()
        sent = send_button(form, "Save the change")
    if not sent:
        return

    def work(request_key: str) -> str:
        edited = replace(drawn, version=seen.version, milestones=milestones(rows))
        saved = plans.save_intervention(
            cache.workspace(), edited, by=by, reason=reason, request_key=request_key
        )
        return f"{literal(saved.title)} is {saved.status.value}."

    save(form, work)


def _ask_all(
    present: Intervention, *, is_of_place: bool, key: str
) -> tuple[Intervention, list[Row]]:
    """The intervention as the fields have it, and the rows of its milestones."""
    drawn = fields.ask_standing(present, key=key)
    with st.expander("Milestones"):
        rows = ask_milestones(present.milestones, key=key)
    with st.expander("What is done, and by whom"):
        drawn = fields.ask_what(drawn, key=key)
    with st.expander("Phase and Ps"):
        drawn = fields.ask_cell(drawn, key=key)
    with st.expander("Outcome and measure"):
        drawn = fields.ask_result(drawn, key=key)
    with st.expander("Assets, OCG and business" if is_of_place else "Assets, place and business"):
        drawn = fields.ask_uses(drawn, is_of_place=is_of_place, key=key)
    with st.expander("Handover"):
        drawn = fields.ask_handover(drawn, key=key)
    with st.expander("Secrecy, and what partners read"):
        drawn = fields.ask_secrecy(drawn, key=key)
    return drawn, rows
