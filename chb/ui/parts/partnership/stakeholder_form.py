"""Add an agency to the group of a place, or edit what is kept about one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.access.responsibility import enters_agreement, enters_indoctrination
from chb.domain.places.places import Place
from chb.domain.planning.stakeholders import Sector, Stakeholder
from chb.services.planning.partnership import GroupMember, save_stakeholder
from chb.ui import cache, session, viewer
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import day_words, literal

_SECTORS: Final[list[Sector]] = list(Sector)


def show_stakeholder_form(place: Place, members: Sequence[GroupMember]) -> None:
    """Whom to edit, a new agency at first, and the form."""
    by_id = {member.stakeholder.id: member.stakeholder for member in members}
    opened = st.selectbox(
        "Add or edit",
        list(by_id),
        index=None,
        placeholder="A new agency",
        format_func=lambda each: by_id[each].agency,
        key=f"open_stakeholder:{place.id}",
    )
    new = Stakeholder(place_id=place.id, agency="", sector=Sector.PUBLIC, contact_role="")
    _ask(by_id.get(opened or "", new))


def _ask(present: Stakeholder) -> None:
    form = f"stakeholder:{present.place_id}:{present.id}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with kept_form(form):
        agency = kept_line("Agency", value=present.agency, key=f"{key}:agency")
        edited = _ask_contact(present, replace(seen, agency=agency), key)
        edited = _ask_dates(present, edited, key)
        can_offer = kept_area(
            "What it can offer", value=present.can_offer, height=70, key=f"{key}:offer"
        )
        by = ask_author()
        sent = send_button(form, "Save the agency")
    if not sent:
        return

    def work(request_key: str) -> str:
        saved = save_stakeholder(
            cache.workspace(),
            replace(edited, can_offer=can_offer),
            by=by,
            request_key=request_key,
        )
        return f"{literal(saved.agency)} is in the group."

    save(form, work)


def _ask_contact(present: Stakeholder, edited: Stakeholder, key: str) -> Stakeholder:
    sector = st.selectbox(
        "Sector", _SECTORS, index=_SECTORS.index(present.sector), key=f"{key}:sector"
    )
    role = kept_line(
        "Single point of contact",
        value=present.contact_role,
        placeholder="A role, for example Housing manager",
        key=f"{key}:role",
    )
    email = kept_line("Work e-mail", value=present.contact_email, key=f"{key}:email")
    return replace(edited, sector=sector, contact_role=role, contact_email=email)


def _ask_dates(present: Stakeholder, edited: Stakeholder, key: str) -> Stakeholder:
    """The three days; one that is for others to enter stands as words."""
    first, second = st.columns(2)
    scope = viewer.scope()
    may_agree = enters_agreement(scope, present.agency)
    with first:
        signed = _ask_day(
            "Agreement signed", present.isa_signed_on, key=f"{key}:signed", may_enter=may_agree
        )
    with second:
        review = _ask_day(
            "Agreement review", present.isa_review_on, key=f"{key}:review", may_enter=may_agree
        )
    indoctrinated = _ask_day(
        "Indoctrinated on",
        present.indoctrinated_on,
        key=f"{key}:indoctrinated",
        may_enter=enters_indoctrination(scope),
    )
    return replace(
        edited, isa_signed_on=signed, isa_review_on=review, indoctrinated_on=indoctrinated
    )


def _ask_day(label: str, present: date | None, *, key: str, may_enter: bool) -> date | None:
    if may_enter:
        return st.date_input(label, value=present, format="DD/MM/YYYY", key=key)
    st.markdown(f"{label}: {day_words(present, none='no')}. It is for somebody else to enter.")
    return present
