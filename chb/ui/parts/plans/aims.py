"""What the plan wants: its aim, an objective for each P, what cannot be done, the way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import streamlit as st

from chb.domain.planning.plans import Plan
from chb.services.planning.record_versions import RecordKind
from chb.ui import session
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.plans.fields import ask_reason
from chb.ui.parts.plans.names import all_names
from chb.ui.parts.plans.objective import show_write_objective
from chb.ui.parts.plans.saving import save_edited
from chb.ui.parts.plans.undeveloped import show_write_undeveloped
from chb.ui.parts.record_fields import ask_day
from chb.ui.parts.record_versions import show_versions
from chb.ui.parts.sending import as_shown, send_button


def show_write_aims(plan: Plan) -> None:
    """One of four short forms, chosen by what there is to write; then the plan's versions."""
    what = st.selectbox("Write", list(_FORMS), key=f"write:{plan.id}")
    _FORMS[what](plan)
    with st.expander("Versions of the plan"):
        show_versions(RecordKind.PLAN, plan.id, all_names())


def _ask_aim(plan: Plan) -> None:
    form = f"aim:{plan.id}"
    seen = as_shown(form, plan)
    key = session.form_key(form)
    with kept_form(form):
        aim = kept_area("Aim", value=plan.aim, height=120, key=f"{key}:aim")
        lead = ask_person("Led by", current=plan.lead, key=f"{key}:lead")
        starts_on = st.date_input(
            "From", value=plan.starts_on, format="DD/MM/YYYY", key=f"{key}:from"
        )
        reason = ask_reason(key=key)
        by = ask_author()
        sent = send_button(form, "Save the aim")
    if sent:
        edited = replace(seen, aim=aim, lead=lead, starts_on=starts_on)
        save_edited(form, edited, by=by, reason=reason, notice="The aim is saved.")


def _ask_exit(plan: Plan) -> None:
    form = f"exit:{plan.id}"
    seen = as_shown(form, plan)
    key = session.form_key(form)
    with kept_form(form):
        words = kept_area(
            "Exit strategy",
            value=plan.exit_strategy,
            height=140,
            key=f"{key}:words",
            placeholder="Who takes over what, and when the police step back",
        )
        reason = ask_reason(key=key)
        by = ask_author()
        sent = send_button(form, "Save the exit strategy")
    if sent:
        edited = replace(seen, exit_strategy=words)
        save_edited(form, edited, by=by, reason=reason, notice="The exit strategy is saved.")


def _ask_trigger(plan: Plan) -> None:
    """Until the trigger date, what Clear does is known to those indoctrinated."""
    form = f"trigger:{plan.id}"
    seen = as_shown(form, plan)
    key = session.form_key(form)
    with kept_form(form):
        trigger_on = ask_day("Clear is secret until", plan.trigger_on, key=f"{key}:on")
        st.caption(
            "Until that day only those indoctrinated see what Clear does. Without a day, officers "
            "who may see the plan see it, and partners do not."
        )
        reason = ask_reason(key=key)
        by = ask_author()
        sent = send_button(form, "Save the trigger date")
    if sent:
        edited = replace(seen, trigger_on=trigger_on)
        save_edited(form, edited, by=by, reason=reason, notice="The trigger date is saved.")


_FORMS: Final[dict[str, Callable[[Plan], None]]] = {
    "An objective": show_write_objective,
    "A P that cannot be developed": show_write_undeveloped,
    "The exit strategy": _ask_exit,
    "The aim and who leads": _ask_aim,
    "The trigger date": _ask_trigger,
}
