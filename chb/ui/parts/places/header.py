"""How a place's page begins: what it is called, where it stands, who leads it, its versions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import streamlit as st

from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.domain.places.standing import next_gate, standings
from chb.domain.wording import plural
from chb.services.places.gates import gate_states
from chb.services.planning.plans import plan_of
from chb.ui import cache
from chb.ui.parts.explained import explain
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.places.stepper import stepper_html
from chb.ui.parts.places.style import PLACE_RULES
from chb.ui.parts.words import day_words, literal, literal_html
from geo.cells import areas_km2

Fact = tuple[str, str, str]
"""A label, what is so, and a quieter line under it."""


def show_name(place: Place) -> None:
    """What people there call it, in which area, and what it was called before."""
    st.subheader(literal(place.name), anchor=False)
    earlier = ", ".join(place.earlier_names)
    parts = (place.area_name, f"earlier called {earlier}" if earlier else "")
    st.caption(" \N{MIDDLE DOT} ".join(literal(part) for part in parts if part))


def explain_standing() -> None:
    """How the figures of the heading are computed."""
    explain(
        "Figures of the place",
        ("plan_overdue", "gate_items", "place_area", "own_boundary"),
        rules=(
            "Intensities are what was recorded, phase by phase; no figure decides one.",
            "The next gate is the first whose phase is not at work yet, or the way out.",
        ),
        key="explain_place",
    )


def show_standing(place: Place, *, today: date) -> None:
    """The three phases beside what to know of the place; a closed place says so first."""
    _warn_of_closed(place, today=today)
    known = "".join(_fact(each) for each in place_facts(place, today=today))
    st.html(
        f'{PLACE_RULES}<div class="hf-place">{stepper_html(standings(place, today))}'
        f'<div class="hf-known" data-testid="place-facts">{known}</div></div>'
    )


def place_facts(place: Place, *, today: date) -> Iterator[Fact]:
    """Who leads it, its plan, the gate ahead, and the versions of its boundary and its name."""
    yield "Led by", _people(place, TieKind.OWNER, today) or "nobody yet", _board(place, today)
    yield _plan_fact(place, today)
    yield _gate_fact(place, today)
    boundary = place.boundary
    extent = f"{plural(len(boundary.cells), 'cell')}, {area_km2(place):,.1f} km\N{SUPERSCRIPT TWO}"
    yield (
        "Boundary",
        f"version {boundary.version} of {day_words(boundary.valid_from)}",
        f"{extent}; {boundary.change}",
    )
    yield _name_fact(place)


def area_km2(place: Place) -> float:
    """Ground within the boundary in force."""
    cells = np.array(sorted(place.boundary.cells), dtype=np.uint64)
    return float(areas_km2(cells).sum())


def _plan_fact(place: Place, today: date) -> Fact:
    view = plan_of(cache.workspace(), place_id=place.id)
    if view is None:
        return "Plan", "none yet", ""
    at_work = [each for each in view.interventions if each.status.is_open]
    late = sum(each.is_overdue(today) for each in at_work)
    lead = person_words(people_at_work().get(view.plan.lead), view.plan.lead)
    return "Plan", f"{late} of {len(at_work)} open actions overdue", f"led by {lead}"


def _gate_fact(place: Place, today: date) -> Fact:
    gate = next_gate(place, today)
    if gate is None:
        return "Next gate", "none", "nothing is at work here today"
    state = gate_states(cache.workspace(), place.id)[gate]
    n_items = len(state.checklist.items)
    met = f"{n_items - len(state.open_items)} of {n_items} items met"
    return "Next gate", str(gate), met


def _name_fact(place: Place) -> Fact:
    """The record's own version is left out: it counts what whoever looks may not see."""
    begun = f"the place was started on {day_words(place.created_at.date())}"
    if not place.names:
        return "Name", place.name, begun
    since = day_words(place.names[-1].valid_from)
    return "Name", f"version {len(place.names)} of {since}", begun


def _board(place: Place, today: date) -> str:
    board = _people(place, TieKind.BOARD, today)
    return f"board: {board}" if board else ""


def _people(place: Place, kind: TieKind, today: date) -> str:
    known = people_at_work()
    tied = place.tied(today, kind)
    return "; ".join(person_words(known.get(tie.subject), tie.subject) for tie in tied)


def _warn_of_closed(place: Place, *, today: date) -> None:
    if place.is_open(today):
        return
    last = next(entry for entry in reversed(place.openings) if not entry.is_open)
    st.warning(
        f"**{literal(place.name)} is closed** since {day_words(last.effective_on)}: "
        f"{literal(last.reason)} ({literal(last.recorded_by)}). Everything recorded stays; it can "
        "be reopened under Boundary and name.",
        icon=":material/lock:",
    )


def _fact(fact: Fact) -> str:
    label, text, note = fact
    quiet = f"<small>{literal_html(note)}</small>" if note else ""
    return f"<div><span>{label}</span><b>{literal_html(text)}{quiet}</b></div>"
