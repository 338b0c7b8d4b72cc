"""The stakeholder group of a place: agencies, agreements, indoctrination, meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from chb.domain.records import Record
from chb.domain.wording import checked_line, checked_span, checked_text


class Sector(StrEnum):
    """Where an agency stands."""

    PUBLIC = "public"
    PRIVATE = "private"
    THIRD = "third"


class AgreementState(StrEnum):
    """Whether information may be shared under an agreement on a day."""

    NOT_SIGNED = "not signed"
    SIGNED = "signed"
    LAPSED = "review overdue"


@dataclass(frozen=True, kw_only=True)
class Stakeholder(Record):
    """An agency in the group of one place, and its single point of contact."""

    place_id: str
    agency: str
    sector: Sector
    contact_role: str
    contact_email: str = ""
    isa_signed_on: date | None = None
    isa_review_on: date | None = None
    indoctrinated_on: date | None = None
    can_offer: str = ""

    def checked(self) -> Self:
        checked_span(self.isa_signed_on, self.isa_review_on, what="The sharing agreement")
        return replace(
            self,
            agency=checked_line(self.agency, what="The agency"),
            contact_role=checked_line(self.contact_role, what="The point of contact"),
            contact_email=checked_line(self.contact_email, what="The e-mail", required=False),
            can_offer=checked_text(self.can_offer, what="What it can offer", required=False),
        )

    def agreement(self, today: date) -> AgreementState:
        if self.isa_signed_on is None or self.isa_signed_on > today:
            return AgreementState.NOT_SIGNED
        if self.isa_review_on is not None and self.isa_review_on < today:
            return AgreementState.LAPSED
        return AgreementState.SIGNED


@dataclass(frozen=True, kw_only=True)
class Meeting(Record):
    """A meeting that was held, and who came."""

    place_id: str
    held_on: date
    purpose: str
    present: tuple[str, ...] = ()
    """Ids of stakeholders."""
    apologies: tuple[str, ...] = ()
    notes: str = ""

    def checked(self) -> Self:
        present = tuple(dict.fromkeys(self.present))
        return replace(
            self,
            purpose=checked_line(self.purpose, what="The purpose of the meeting"),
            present=present,
            apologies=tuple(each for each in dict.fromkeys(self.apologies) if each not in present),
            notes=checked_text(self.notes, what="The notes", required=False),
        )


def last_attended(
    stakeholders: Iterable[Stakeholder], meetings: Iterable[Meeting]
) -> dict[str, date | None]:
    """Last day each stakeholder was present, by id; None for one who never came."""
    held = sorted(meetings, key=lambda meeting: meeting.held_on)
    latest = {who: meeting.held_on for meeting in held for who in meeting.present}
    return {each.id: latest.get(each.id) for each in stakeholders}
