"""Add to a plan: an intervention of one's own, or a tactic from the menu."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar, PreventLevel
from chb.domain.planning.tactics import Tactic
from chb.domain.wording import plural
from chb.services.planning import plans, tactics
from chb.services.planning.plans import PlanView
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_agency, ask_person
from chb.ui.parts.plans.fields import ask_prevent_level
from chb.ui.parts.sending import send_button
from chb.ui.parts.words import literal, literal_html

_PHASES: Final[list[Phase]] = list(Phase)
_PILLARS: Final[list[Pillar]] = list(Pillar)


def show_add_own(view: PlanView) -> None:
    """The short form: what, where in the matrix, who, by when, how it is measured."""
    form = f"add_intervention:{view.plan.id}"
    with kept_form(form):
        title = kept_line("Title", placeholder="What will be done")
        phase, pillar, level = _ask_cell()
        agency, is_police_led = _ask_lead()
        owner = ask_person("Owner")
        due_on = st.date_input("Due", value=None, format="DD/MM/YYYY")
        measure = kept_line("Measure", placeholder="How you will know that it worked")
        by = ask_author()
        sent = send_button(form, "Add the intervention")
    if not sent:
        return
    draft = Intervention(
        plan_id=view.plan.id,
        title=title,
        phase=phase,
        pillar=pillar,
        prevent_level=level,
        lead_agency=agency,
        is_police_led=is_police_led,
        owner=owner,
        due_on=due_on,
        measure=measure,
    )

    def work(request_key: str) -> str:
        saved = plans.save_intervention(cache.workspace(), draft, by=by, request_key=request_key)
        return f"{literal(saved.title)} is in the plan, under {saved.pillar} in {saved.phase}."

    save(form, work)


def show_add_tactic(view: PlanView) -> None:
    """Search the menu, read what a tactic is, and copy it into the plan."""
    words = st.text_input("Search the menu", placeholder="For example vehicle, licence, landlord")
    first, second = st.columns(2)
    pillar = first.selectbox("Meant for", _PILLARS, index=None, placeholder="Any P")
    phase = second.selectbox("Suits", _PHASES, index=None, placeholder="Any phase")
    found = tactics.search_tactics(words, pillar=pillar, phase=phase)
    st.caption(f"{plural(len(found), 'tactic')} of {len(tactics.list_tactics())} on the menu")
    if not found:
        st.write("Nothing on the menu holds all of these words. Try fewer.")
        return
    by_key = {tactic.key: tactic for tactic in found}
    key = st.selectbox("Tactic", list(by_key), format_func=lambda each: by_key[each].what)
    _show_tactic(by_key[key])
    _show_copy(view, by_key[key])


def _show_tactic(tactic: Tactic) -> None:
    st.html(
        f'<div class="hf-entry"><b>{literal_html(tactic.what)}</b>'
        f"<p>{literal_html(tactic.note)}</p>"
        f"<p><small>{tactic.pillar}, {tactic.heading}; suits {', '.join(tactic.phases)}; "
        f"{literal_html(tactic.power_or_agency)}</small></p></div>"
    )


def _show_copy(view: PlanView, tactic: Tactic) -> None:
    form = f"add_tactic:{view.plan.id}:{tactic.key}"
    with st.form(session.form_key(form), border=False):
        phase = st.selectbox("Phase", list(tactic.phases))
        agency, is_police_led = _ask_lead()
        by = ask_author()
        sent = send_button(form, "Add it to the plan")
    if not sent:
        return

    def work(request_key: str) -> str:
        saved = tactics.add_tactic(
            cache.workspace(),
            tactic.key,
            plan_id=view.plan.id,
            phase=phase,
            lead_agency=agency,
            is_police_led=is_police_led,
            by=by,
            request_key=request_key,
        )
        return f"{literal(saved.title)} is in the plan as proposed."

    save(form, work)


def _ask_cell() -> tuple[Phase, Pillar, PreventLevel | None]:
    first, second = st.columns(2)
    phase = first.selectbox("Phase", _PHASES)
    pillar = second.selectbox("Primary P", _PILLARS, help="By its intention where it is delivered.")
    return phase, pillar, ask_prevent_level()


def _ask_lead() -> tuple[str, bool]:
    agency = ask_agency("Lead agency")
    is_police_led = st.checkbox("The police lead it")
    return agency, is_police_led
