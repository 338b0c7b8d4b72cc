"""A plan at a glance: its aim, the figures of its work, what it lacks, its objectives."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plan_shape import Concern, Weight
from chb.domain.planning.plans import Objective, Pillar, Plan, Undeveloped
from chb.domain.wording import plural
from chb.services.planning.plans import PlanView
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.planner_style import WARNING
from chb.ui.parts.words import literal, literal_html, percent

_PILLARS: Final = list(Pillar)


def show_aim(plan: Plan) -> None:
    """The aim in full, then who leads and since when."""
    st.html(f'<p class="hf-aim" data-testid="aim">{literal_html(plan.aim)}</p>')
    lead = person_words(people_at_work().get(plan.lead), plan.lead)
    st.caption(f"Led by {literal(lead)}, since {plan.starts_on.day} {plan.starts_on:%B %Y}")


def show_plan_cards(view: PlanView, *, today: date) -> None:
    """Work open and overdue, and who leads each phase."""
    at_work = [each for each in view.interventions if each.status.is_open]
    late = [each for each in at_work if each.is_overdue(today)]
    done = sum(each.status == InterventionStatus.COMPLETED for each in view.interventions)
    show_cards(
        (
            Card("Interventions", str(len(view.interventions)), f"{done} completed"),
            Card(
                "Overdue",
                str(len(late)),
                f"of {len(at_work)} open",
                colour=WARNING if late else theme.BLUE,
            ),
            *(_police_card(view, phase) for phase in Phase),
        )
    )


def show_concerns(concerns: tuple[Concern, ...]) -> None:
    """What is missing in the open; what is unfinished behind its number."""
    missing = [each for each in concerns if each.weight == Weight.MISSING]
    unfinished = [each for each in concerns if each.weight == Weight.UNFINISHED]
    if missing:
        st.warning(
            "**Missing from the plan**\n\n"
            + "\n".join(f"- {literal(each.sentence)}" for each in missing),
            icon=":material/rule:",
        )
    if unfinished:
        with st.expander(f"{plural(len(unfinished), 'thing')} to finish"):
            items = "".join(f"<li>{literal_html(each.sentence)}</li>" for each in unfinished)
            st.html(f'<ul class="hf-lacks">{items}</ul>')
    if not concerns:
        st.success("Nothing is missing by design.", icon=":material/check_circle:")


def show_objectives(plan: Plan) -> None:
    """Objectives under their P, with measure, due date and owner; then the exit strategy."""
    st.subheader("Objectives and exit", anchor=False)
    if not plan.objectives:
        st.write("No objective is written yet.")
    known = people_at_work()
    boxes = "".join(
        _objective(each, person_words(known.get(each.owner), each.owner) or "no owner")
        for each in sorted(plan.objectives, key=lambda each: _PILLARS.index(each.pillar))
    )
    closed = "".join(_undeveloped(each) for each in plan.undeveloped)
    st.html(f'<div class="hf-headings" data-testid="objectives">{boxes}{closed}</div>')
    st.text(f"Exit strategy: {plan.exit_strategy or 'not written yet'}")


def _police_card(view: PlanView, phase: Phase) -> Card:
    share = view.police_share[phase]
    return Card(
        f"Police-led in {phase}",
        "no work" if share is None else percent(share),
        "expected to fall from Clear to Build" if phase is Phase.CLEAR else "",
        colour=theme.PHASE_COLOURS[phase],
    )


def _objective(objective: Objective, owner: str) -> str:
    due = f"by {objective.due_on.day} {objective.due_on:%b %Y}" if objective.due_on else "no date"
    parts = {
        "Measure": objective.measure,
        "Means": objective.means,
        "Why": objective.relevance,
    }
    lines = "".join(
        f"<small>{label}: {literal_html(words)}</small>" for label, words in parts.items() if words
    )
    gaps = ", ".join(objective.smart_gaps())
    lacks = f'<small class="hf-late">Does not say {gaps}</small>' if gaps else ""
    return (
        f"<div><b>{_pillar(objective.pillar)}</b><p>{literal_html(objective.what)}</p>"
        f"<p>{lines}<small>{due}; {literal_html(owner)}</small>{lacks}</p></div>"
    )


def _undeveloped(entry: Undeveloped) -> str:
    return (
        f"<div><b>{_pillar(entry.pillar)}</b><p>Cannot be developed</p>"
        f"<p><small>{literal_html(entry.why)}</small></p></div>"
    )


def _pillar(pillar: Pillar) -> str:
    return f"{theme.PILLAR_MARKS[pillar].html()} {pillar}"
