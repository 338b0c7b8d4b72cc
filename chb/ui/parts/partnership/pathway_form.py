"""Add a referral pathway to the register, or edit one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from chb.domain.planning.plans import PreventLevel
from chb.domain.planning.referrals import OLDEST_AGE, PathwayKind, ReferralPathway
from chb.services.planning.partnership import save_pathway
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal

_KINDS: Final[list[PathwayKind]] = list(PathwayKind)
_LEVELS: Final[list[PreventLevel]] = list(PreventLevel)
_NEW: Final = ReferralPathway(
    organisation="", kind=PathwayKind.SAFEGUARDING_HUB, needs=(), area_name="", how_to_refer=""
)


def show_pathway_form(everyone: Sequence[ReferralPathway]) -> None:
    """Which to edit, a new one at first, and the form."""
    by_id = {each.id: each for each in everyone}
    opened = st.selectbox(
        "Add or edit",
        list(by_id),
        index=None,
        placeholder="A new pathway",
        format_func=lambda each: by_id[each].organisation,
        key="open_pathway",
    )
    present = by_id.get(opened or "", _NEW)
    form = f"pathway:{present.id}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with kept_form(form):
        edited = _ask_ages(present, _ask_service(present, seen, key), key)
        edited = replace(
            edited,
            verified_on=st.date_input(
                "Verified on", value=present.verified_on, format="DD/MM/YYYY", key=f"{key}:verified"
            ),
        )
        by = ask_author()
        sent = send_button(form, "Save the pathway")
    if not sent:
        return

    def work(request_key: str) -> str:
        saved = save_pathway(cache.workspace(), edited, by=by, request_key=request_key)
        return f"{literal(saved.organisation)} is on the register."

    save(form, work)


def needs_of_lines(lines: str) -> tuple[str, ...]:
    """Needs that were typed one a line, blank lines left out."""
    return tuple(line.strip() for line in lines.splitlines() if line.strip())


def _ask_service(present: ReferralPathway, seen: ReferralPathway, key: str) -> ReferralPathway:
    organisation = kept_line("Organisation", value=present.organisation, key=f"{key}:organisation")
    kind = st.selectbox("What it is", _KINDS, index=_KINDS.index(present.kind), key=f"{key}:kind")
    needs = kept_area(
        "Needs, one a line", value="\n".join(present.needs), height=90, key=f"{key}:needs"
    )
    area = kept_line("Area it serves", value=present.area_name, key=f"{key}:area")
    how = kept_area("How to refer", value=present.how_to_refer, height=70, key=f"{key}:how")
    contact = kept_line(
        "Contact",
        value=present.contact_role,
        placeholder="A role, not a private person",
        key=f"{key}:contact",
    )
    return replace(
        seen,
        organisation=organisation,
        kind=kind,
        needs=needs_of_lines(needs),
        area_name=area,
        how_to_refer=how,
        contact_role=contact,
    )


def _ask_ages(present: ReferralPathway, edited: ReferralPathway, key: str) -> ReferralPathway:
    first, last, level = st.columns([1, 1, 1.4])
    youngest = first.number_input(
        "Youngest", 0, OLDEST_AGE, value=present.youngest, key=f"{key}:youngest"
    )
    oldest = last.number_input("Oldest", 0, OLDEST_AGE, value=present.oldest, key=f"{key}:oldest")
    prevents = level.selectbox(
        "Prevent level",
        _LEVELS,
        index=_LEVELS.index(present.prevent_level) if present.prevent_level else None,
        placeholder="None",
        key=f"{key}:level",
    )
    return replace(edited, youngest=youngest, oldest=oldest, prevent_level=prevents)
