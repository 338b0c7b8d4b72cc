"""Every field of an intervention, filled with what it says now.

Each group of fields gives the intervention back as the person would have it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from chb.domain.ocgs.register import BusinessPart
from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.planning.plans import Pillar, PreventLevel
from chb.ui.parts.drafts import kept_area, kept_line
from chb.ui.parts.people_fields import ask_agency, ask_person
from chb.ui.parts.plans.names import NOT_LISTED, asset_names, ocg_codes, place_names
from chb.ui.parts.record_fields import ask_day

_STATUSES: Final[list[InterventionStatus]] = list(InterventionStatus)
_PHASES: Final[list[Phase]] = list(Phase)
_PILLARS: Final[list[Pillar]] = list(Pillar)
_LEVELS: Final[list[PreventLevel]] = list(PreventLevel)
_PARTS: Final[list[BusinessPart]] = list(BusinessPart)


def ask_standing(each: Intervention, *, key: str) -> Intervention:
    """What changes most often: how far it is, until when, with whom."""
    status = st.selectbox(
        "Status", _STATUSES, index=_STATUSES.index(each.status), key=f"{key}:status"
    )
    return replace(
        each,
        status=status,
        due_on=ask_day("Due", each.due_on, key=f"{key}:due"),
        owner=ask_person("Owner", current=each.owner, key=f"{key}:owner"),
        waiting_on=kept_line("Waiting on", value=each.waiting_on, key=f"{key}:waiting"),
    )


def ask_what(each: Intervention, *, key: str) -> Intervention:
    """What is done, by whom, and since when."""
    return replace(
        each,
        title=kept_line("Title", value=each.title, key=f"{key}:title"),
        detail=kept_area("Detail", value=each.detail, height=100, key=f"{key}:detail"),
        lead_agency=ask_agency("Lead agency", current=each.lead_agency, key=f"{key}:agency"),
        is_police_led=st.checkbox(
            "The police lead it", value=each.is_police_led, key=f"{key}:police"
        ),
        is_adopted=st.checkbox(
            "The community did it already",
            value=each.is_adopted,
            key=f"{key}:adopted",
            help="An initiative that exists and is adopted into the plan.",
        ),
        starts_on=ask_day("Starts", each.starts_on, key=f"{key}:starts"),
    )


def ask_cell(each: Intervention, *, key: str) -> Intervention:
    """Where it stands in the matrix, and which other Ps it is credited to."""
    phase = st.selectbox("Phase", _PHASES, index=_PHASES.index(each.phase), key=f"{key}:phase")
    pillar = st.selectbox(
        "Primary P",
        _PILLARS,
        index=_PILLARS.index(each.pillar),
        key=f"{key}:pillar",
        help="By its intention where it is delivered.",
    )
    credited = st.multiselect(
        "Credited to", _PILLARS, default=list(each.credited), key=f"{key}:credited"
    )
    level = ask_prevent_level(current=each.prevent_level, key=f"{key}:level")
    return replace(each, phase=phase, pillar=pillar, credited=tuple(credited), prevent_level=level)


def ask_prevent_level(
    *, current: PreventLevel | None = None, key: str | None = None
) -> PreventLevel | None:
    """Whom a Prevent intervention is for; empty for every other P."""
    return st.selectbox(
        "Whom Prevent is for",
        _LEVELS,
        index=_LEVELS.index(current) if current else None,
        placeholder="Only for Prevent",
        format_func=lambda each: f"{each.value}: {each.meaning}",
        key=key,
    )


def ask_result(each: Intervention, *, key: str) -> Intervention:
    """What should come of it, and how one would know."""
    return replace(
        each,
        expected_outcome=kept_area(
            "Expected outcome", value=each.expected_outcome, height=70, key=f"{key}:outcome"
        ),
        measure=kept_line("Measure", value=each.measure, key=f"{key}:measure"),
    )


def ask_uses(each: Intervention, *, is_of_place: bool, key: str) -> Intervention:
    """The assets it uses, whom it serves, and the part of the business it hits."""
    chosen_assets = _ask_assets(each.asset_ids, key=f"{key}:assets")
    part = st.selectbox(
        "Part of the business it hits",
        _PARTS,
        index=_PARTS.index(each.business_part) if each.business_part else None,
        placeholder="None",
        key=f"{key}:part",
    )
    served = replace(each, asset_ids=chosen_assets, business_part=part)
    if is_of_place:
        return replace(
            served, ocg_id=_ask_id("OCG served", ocg_codes(), each.ocg_id, key=f"{key}:ocg")
        )
    return replace(
        served, place_id=_ask_id("Place served", place_names(), each.place_id, key=f"{key}:place")
    )


def ask_handover(each: Intervention, *, key: str) -> Intervention:
    """Who takes over, and when."""
    return replace(
        each,
        handover_to=ask_person("Hands over to", current=each.handover_to, key=f"{key}:taker"),
        handover_on=ask_day("Handover on", each.handover_on, key=f"{key}:handover"),
    )


def ask_secrecy(each: Intervention, *, key: str) -> Intervention:
    """How partners read it, and of Clear until when it is secret if not until the plan's own day.

    ``each`` is of the phase that was chosen: what becomes Hold or Build has no such day.
    """
    shared_title = kept_line(
        "Wording for partners",
        value=each.shared_title,
        key=f"{key}:shared",
        placeholder="No name, no address, nothing covert",
        help="Without it partners read the P and the phase only.",
    )
    trigger_on = None
    if each.phase is Phase.CLEAR:
        trigger_on = ask_day("Secret until", each.trigger_on, key=f"{key}:trigger")
    return replace(each, shared_title=shared_title, trigger_on=trigger_on)


def ask_reason(*, key: str) -> str:
    """Why something is changed: the record is disclosable."""
    return kept_area(
        "Reason",
        height=70,
        placeholder="What changed, and what it rests on",
        key=f"{key}:reason",
    )


def _ask_assets(current: tuple[str, ...], *, key: str) -> tuple[str, ...]:
    names = {**dict.fromkeys(current, NOT_LISTED), **asset_names()}
    chosen = st.multiselect(
        "Assets used",
        list(names),
        default=list(current),
        format_func=lambda each: names[each],
        placeholder="Choose",
        key=key,
    )
    return tuple(chosen)


def _ask_id(label: str, names: dict[str, str], current: str | None, *, key: str) -> str | None:
    """One of those listed, or what it was: never lost because a list is shorter today."""
    listed = {**({current: NOT_LISTED} if current else {}), **names}
    options = list(listed)
    return st.selectbox(
        label,
        options,
        index=options.index(current) if current else None,
        format_func=lambda each: listed[each],
        placeholder="None",
        key=key,
    )
