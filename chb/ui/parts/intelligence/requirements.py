"""Requirements on the screen: the need, how it is collected, what it drives, the answer."""

from __future__ import annotations

from datetime import date

import streamlit as st

from chb.domain.planning.intelligence import (
    CollectionStep,
    IntelligenceRequirement,
    PartnerRequest,
)
from chb.ui.parts.intelligence.glance import Picture
from chb.ui.parts.people_fields import person_words
from chb.ui.parts.words import literal_html


def show_requirements(picture: Picture, *, today: date) -> None:
    """An entry a requirement, open ones first; answered ones stay below, paler."""
    if not picture.requirements:
        st.write("Nothing is asked here yet. Start from what the plan cannot do without knowing.")
        return
    entries = "".join(_entry(each, picture, today) for each in picture.requirements)
    st.html(f'<div data-testid="requirements">{entries}</div>')


def _entry(each: IntelligenceRequirement, picture: Picture, today: date) -> str:
    asked = picture.requests_of.get(each.id, ())
    plan = [
        *(_step(step, today) for step in each.collection),
        *(_request(request, today) for request in asked),
    ]
    return (
        f'<div class="hf-entry{"" if each.is_open else " hf-old"}">'
        f"<b>{literal_html(each.question)}</b><p>{_standing(each, picture, today)}</p>"
        f"{_line('Will drive', each.drives)}{_line('Known already', each.known_already)}"
        f"{_collection(plan)}{_answer(each)}</div>"
    )


def _standing(each: IntelligenceRequirement, picture: Picture, today: date) -> str:
    owner = person_words(picture.people.get(each.owner), each.owner) or "nobody owns it"
    words = (each.need.value, picture.about(each), owner)
    return f"<small>{literal_html('; '.join(words))}; {_due(each, today)}</small>"


def _due(each: IntelligenceRequirement, today: date) -> str:
    if each.answered_on is not None:
        return f"answered {_day(each.answered_on)}"
    if each.due_on is None:
        return "no day set"
    if each.is_overdue(today):
        return f'<span class="hf-late">overdue since {_day(each.due_on)}</span>'
    return f"due {_day(each.due_on)}"


def _collection(plan: list[str]) -> str:
    if not plan:
        return '<p class="hf-late">No collection plan: nobody is asked yet.</p>'
    return f'<p><small>Collection plan</small></p><ul class="hf-lacks">{"".join(plan)}</ul>'


def _step(step: CollectionStep, today: date) -> str:
    return f"<li>{literal_html(step.source)}, {step.method}: {_delivery(step, today)}</li>"


def _delivery(step: CollectionStep, today: date) -> str:
    if step.delivered_on is not None:
        return f"delivered {_day(step.delivered_on)}"
    if step.is_overdue(today) and step.due_on is not None:
        return f'<span class="hf-late">overdue since {_day(step.due_on)}</span>'
    return f"by {_day(step.due_on)}" if step.due_on else "no day set"


def _request(request: PartnerRequest, today: date) -> str:
    agency, state = literal_html(request.agency), request.state(today)
    return f"<li>{agency}, partner request under {request.heading}: {state}</li>"


def _answer(each: IntelligenceRequirement) -> str:
    return _line("Answer", each.answer)


def _line(label: str, text: str) -> str:
    return f"<p><small>{label}</small> {literal_html(text)}</p>" if text else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
