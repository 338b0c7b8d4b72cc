"""Start the plan of a place or of an OCG."""

from __future__ import annotations

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.planning.plans import Plan
from chb.services.planning import plans
from chb.ui import cache
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.sending import send_button
from chb.ui.parts.subjects import Subject
from chb.ui.parts.words import literal


def show_start_plan(subject: Subject) -> None:
    """The form: an aim, a lead, a day. The matrix starts empty and says so."""
    st.write(
        f"{literal(subject.words)} has no plan yet. A plan has one aim; Clear, Hold and Build are "
        "designed together from the first day."
    )
    if not may_or_is_told(Permission.PLAN):
        return
    form = f"start_plan:{subject.id}"
    with kept_form(form, border=True):
        aim = kept_area("Aim", height=80, placeholder="What will be true when this is over")
        lead = ask_person("Led by")
        starts_on = st.date_input("From", value=cache.workspace().today(), format="DD/MM/YYYY")
        by = ask_author()
        sent = send_button(form, "Start the plan")
    if not sent:
        return
    plan = Plan(
        place_id=subject.place_id, ocg_id=subject.ocg_id, aim=aim, lead=lead, starts_on=starts_on
    )

    def work(request_key: str) -> str:
        plans.save_plan(cache.workspace(), plan, by=by, request_key=request_key)
        return f"The plan for {literal(subject.name)} is started."

    save(form, work)
