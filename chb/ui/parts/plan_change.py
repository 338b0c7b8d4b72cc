"""Open one intervention of a plan, and change how it stands, with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.places.places import checked_reason
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.services.planning import plans
from chb.services.planning.plans import PlanView
from chb.ui import cache, session
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.plan_matrix import due_words
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal, literal_html

_STATUSES: Final[list[InterventionStatus]] = list(InterventionStatus)


def show_open_intervention(view: PlanView, *, today: date) -> None:
    """The list, the chosen one in full, and the form that changes it."""
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
    _show(by_id[chosen], today)
    _show_change(by_id[chosen])


def _show(each: Intervention, today: date) -> None:
    rows = {
        "Lead agency": each.lead_agency + (", police-led" if each.is_police_led else ""),
        "Expected": each.expected_outcome,
        "Measure": each.measure,
        "Hits": each.business_part or "",
        "Hands over to": each.handover_to,
    }
    lines = "".join(
        f"<p><small>{label}</small> {literal_html(text)}</p>"
        for label, text in rows.items()
        if text
    )
    due = due_words(each.due_on, is_overdue=each.is_overdue(today))
    st.html(
        f'<div class="hf-entry"><b>{literal_html(each.title)}</b>'
        f"<p>{each.pillar} in {each.phase}; {each.status}; {due}</p>"
        f"<p>{literal_html(each.detail)}</p>{lines}</div>"
    )


def _show_change(present: Intervention) -> None:
    form = f"change_intervention:{present.id}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with st.form(key, border=False):
        status = st.selectbox(
            "Status", _STATUSES, index=_STATUSES.index(present.status), key=f"{key}:status"
        )
        due_on = st.date_input("Due", value=present.due_on, format="DD/MM/YYYY", key=f"{key}:due")
        owner = ask_person("Owner", current=present.owner, key=f"{key}:owner")
        waiting_on = st.text_input("Waiting on", value=present.waiting_on, key=f"{key}:waiting")
        reason = st.text_area("Reason", height=70, placeholder="What changed, and what it rests on")
        by = ask_author()
        sent = send_button(form, "Save the change")
    if not sent:
        return
    edited = replace(seen, status=status, due_on=due_on, owner=owner, waiting_on=waiting_on)

    def work(request_key: str) -> str:
        why = checked_reason(reason, what="A change of an intervention")
        saved = plans.save_intervention(
            cache.workspace(), edited, by=by, reason=why, request_key=request_key
        )
        return f"{literal(saved.title)} is {saved.status.value}."

    save(form, work, by=by)
