"""One intervention as the plan has it, with everything that is written about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from chb.domain.planning.interventions import Intervention, Milestone
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.plans.matrix import due_words
from chb.ui.parts.plans.names import NOT_LISTED
from chb.ui.parts.words import day_words, literal_html


def show_intervention(each: Intervention, names: Mapping[str, str], *, today: date) -> None:
    """Title, standing, detail, then a line for each thing known."""
    lines = "".join(
        f"<p><small>{label}</small> {literal_html(text)}</p>"
        for label, text in _rows(each, names).items()
        if text
    )
    due = due_words(each.due_on, is_overdue=each.is_overdue(today))
    level = f" ({each.prevent_level})" if each.prevent_level else ""
    detail = f"<p>{literal_html(each.detail)}</p>" if each.detail else ""
    st.html(
        f'<div class="hf-entry" data-testid="intervention"><b>{literal_html(each.title)}</b>'
        f"<p>{each.pillar}{level} in {each.phase}; {each.status}; {due}</p>{detail}{lines}"
        f"{''.join(_milestone(step) for step in each.milestones)}</div>"
    )


def _rows(each: Intervention, names: Mapping[str, str]) -> dict[str, str]:
    known = people_at_work()
    taker = person_words(known.get(each.handover_to), each.handover_to)
    return {
        "Credited to": ", ".join(each.credited),
        "Lead agency": each.lead_agency + (", police-led" if each.is_police_led else ""),
        "Owner": person_words(known.get(each.owner), each.owner),
        "Starts": day_words(each.starts_on),
        "Waiting on": each.waiting_on,
        "Adopted": "the community did it already" if each.is_adopted else "",
        "Expected": each.expected_outcome,
        "Measure": each.measure,
        "Serves": _named([id_ for id_ in (each.place_id, each.ocg_id) if id_], names),
        "Uses": _named(each.asset_ids, names),
        "Hits": each.business_part or "",
        "Partners read": each.shared_title,
        "Secret until": day_words(each.trigger_on),
        "Hands over": " on ".join(word for word in (taker, day_words(each.handover_on)) if word),
    }


def _named(ids: tuple[str, ...] | list[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(each, NOT_LISTED) for each in ids)


def _milestone(step: Milestone) -> str:
    """An open or a filled mark, with the words that say the same."""
    mark = "\N{BLACK CIRCLE}" if step.done_on else "\N{WHITE CIRCLE}"
    when = f"reached {day_words(step.done_on)}" if step.done_on else f"due {day_words(step.due_on)}"
    return (
        f'<p><span aria-hidden="true">{mark}</span> {literal_html(step.what)} '
        f"<small>{when}</small></p>"
    )
