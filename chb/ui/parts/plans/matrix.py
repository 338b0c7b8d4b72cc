"""The plan as a matrix: Clear, Hold and Build across, the four Ps down."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.planning.plans import Pillar
from chb.domain.wording import plural
from chb.services.planning.plans import PlanView
from chb.ui import theme
from chb.ui.parts.words import literal_html, percent

_DONE_SHARE: Final = {
    InterventionStatus.PROPOSED: 0.0,
    InterventionStatus.AGREED: 0.25,
    InterventionStatus.UNDER_WAY: 0.5,
    InterventionStatus.COMPLETED: 1.0,
    InterventionStatus.STOPPED: 0.0,
}
"""How far the mark beside a title is filled; the status is written under it as well."""


def show_matrix(view: PlanView, *, today: date) -> None:
    """Twelve cells; an empty one says so, an empty row why its P cannot be developed."""
    heads = "".join(_phase_head(view, phase) for phase in Phase)
    rows = "".join(_row(view, pillar, today) for pillar in Pillar)
    st.html(
        '<table class="hf-matrix" data-testid="matrix">'
        f"<thead><tr><th scope=col>Plan</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def due_words(day: date | None, *, is_overdue: bool) -> str:
    """When something is due, as HTML."""
    if day is None:
        return "no due date"
    words = f"due {day.day} {day:%b %Y}"
    return f'<span class="hf-late">overdue, {words}</span>' if is_overdue else words


def _phase_head(view: PlanView, phase: Phase) -> str:
    colours = f"background:{theme.PHASE_COLOURS[phase]};color:{theme.WORDS_ON_PHASE[phase]}"
    share = view.police_share[phase]
    n = sum(len(view.matrix[phase, pillar]) for pillar in Pillar)
    note = (
        "nothing yet" if share is None else f"{plural(n, 'action')}, police lead {percent(share)}"
    )
    return f'<th scope="col" style="{colours}">{phase} <small>{note}</small></th>'


def _row(view: PlanView, pillar: Pillar, today: date) -> str:
    why = next((each.why for each in view.plan.undeveloped if each.pillar == pillar), "")
    if why and not any(view.matrix[phase, pillar] for phase in Phase):
        none = f'<span class="hf-none">Cannot be developed: {literal_html(why)}</span>'
        cells = f"<td colspan={len(Phase)}>{none}</td>"
    else:
        cells = "".join(f"<td>{_cell(view, phase, pillar, today)}</td>" for phase in Phase)
    mark = theme.PILLAR_MARKS[pillar].html()
    return f'<tr><th scope="row">{mark} {pillar}</th>{cells}</tr>'


def _cell(view: PlanView, phase: Phase, pillar: Pillar, today: date) -> str:
    items = view.matrix[phase, pillar]
    none = '<span class="hf-none">None</span>'
    return "".join(_item(each, today) for each in items) or none


def _item(each: Intervention, today: date) -> str:
    filled = f"conic-gradient({theme.BLUE} {_DONE_SHARE[each.status]}turn,{theme.SURFACE} 0)"
    facts = [each.status.value]
    if each.status.is_open:
        facts.append(due_words(each.due_on, is_overdue=each.is_overdue(today)))
    if each.waiting_on:
        facts.append(f"waiting on {literal_html(each.waiting_on)}")
    if each.credited:
        facts.append(f"also for {', '.join(each.credited)}")
    level = f" ({each.prevent_level})" if each.prevent_level else ""
    return (
        f'<div class="hf-item"><div class="hf-dot" style="background:{filled}"></div>'
        f"<div>{literal_html(each.title)}{level}"
        f"<small>{literal_html(each.lead_agency)}</small><small>{', '.join(facts)}</small>"
        "</div></div>"
    )
