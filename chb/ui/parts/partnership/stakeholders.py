"""The stakeholder group of a place: agencies, agreements, who is indoctrinated, who comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.places.places import Place
from chb.domain.planning.stakeholders import AgreementState, Sector
from chb.services.planning.partnership import GroupMember, stakeholder_group
from chb.ui import cache
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Cell, Noted, show_table
from chb.ui.parts.partnership.stakeholder_form import show_stakeholder_form
from chb.ui.parts.words import day_words

_HEADINGS: Final = (
    "Agency",
    "Sector",
    "Point of contact",
    "Sharing agreement",
    "Indoctrinated",
    "Last attended",
)


def show_group(place: Place) -> None:
    """The group at a glance and in a table, beside the form."""
    members = stakeholder_group(cache.workspace(), place.id)
    wide, narrow = st.columns([1.9, 1], gap="medium")
    with wide:
        if members:
            show_cards(_cards(members))
            explain("The group", ("group_standing",), key="explain_group")
            show_table(_HEADINGS, map(_row, members), name="Stakeholder group")
        else:
            st.info(
                "Nobody is in the group yet. It draws on the public, private and third sectors "
                "of the area.",
                icon=":material/groups:",
            )
    with narrow:
        show_stakeholder_form(place, members)


def agreement_cell(member: GroupMember) -> Noted:
    """The state of the agreement, its dates under it."""
    signed, review = member.stakeholder.isa_signed_on, member.stakeholder.isa_review_on
    days = [
        f"signed {day_words(signed)}" if signed else "",
        f"review {day_words(review)}" if review else "",
    ]
    return Noted(member.agreement.value, ", ".join(day for day in days if day))


def _row(member: GroupMember) -> Sequence[Cell]:
    each = member.stakeholder
    return (
        Noted(each.agency, f"offers {each.can_offer}" if each.can_offer else ""),
        each.sector.value,
        Noted(each.contact_role, each.contact_email),
        agreement_cell(member),
        day_words(each.indoctrinated_on, none="no"),
        day_words(member.last_attended_on, none="never"),
    )


def _cards(members: Sequence[GroupMember]) -> list[Card]:
    sectors = {member.stakeholder.sector for member in members}
    absent = [sector.value for sector in Sector if sector not in sectors]
    by_state = [member.agreement for member in members]
    n_in = sum(member.is_indoctrinated for member in members)
    n_never = sum(member.last_attended_on is None for member in members)
    n_late = by_state.count(AgreementState.LAPSED)
    return [
        Card(
            "Agencies",
            str(len(members)),
            f"none from the {' or '.join(absent)} sector" if absent else "of all three sectors",
        ),
        Card(
            "Agreements signed",
            str(by_state.count(AgreementState.SIGNED)),
            f"{n_late} more with a review overdue" if n_late else "no review overdue",
        ),
        Card("Indoctrinated", str(n_in), f"{len(members) - n_in} not"),
        Card("Never attended", str(n_never), f"of {len(members)}"),
    ]
