"""Who was spoken to, and what came of it: how an asset comes from found to engaged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Self

from chb.domain.assets.register import Asset, AssetStatus
from chb.domain.records import Record
from chb.domain.wording import checked_line, checked_span, checked_text


class ContactWay(StrEnum):
    """How somebody was in touch."""

    VISIT = "visit"
    TELEPHONE = "telephone"
    EMAIL = "e-mail"
    LETTER = "letter"
    EVENT = "event"


class ContactOutcome(StrEnum):
    """What came of it."""

    NO_ANSWER = "no answer"
    CALL_AGAIN = "call again"
    INTERESTED = "interested"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class Contact(Record):
    """One entry of the log of contacts."""

    asset_id: str
    on: date
    by: str = ""
    how: ContactWay
    outcome: ContactOutcome
    note: str = ""
    next_on: date | None = None
    """When to be in touch again."""

    def checked(self) -> Self:
        """The entry as it will be kept; Refusal where the next contact comes before this one."""
        checked_span(self.on, self.next_on, what="The time until the next contact")
        return replace(
            self,
            by=checked_line(self.by, what="Who was in touch"),
            note=checked_text(self.note, what="The note", required=False),
        )


_LEADS_TO: Final = {
    ContactOutcome.CALL_AGAIN: AssetStatus.CONTACTED,
    ContactOutcome.INTERESTED: AssetStatus.CONTACTED,
    ContactOutcome.AGREED: AssetStatus.ENGAGED,
    ContactOutcome.DECLINED: AssetStatus.DECLINED,
}
"""Without an answer nobody was contacted."""
_SETTLED: Final = frozenset({AssetStatus.IN_A_PLAN, AssetStatus.CLOSED})
"""What a contact does not change: a plan or a person did."""


def after_contact(asset: Asset, contact: Contact) -> Asset:
    """The asset once a contact has taken place: its status only ever moves on.

    An asset that has agreed stays engaged until it declines; one that declined
    and is interested again is contacted.
    """
    status = _LEADS_TO.get(contact.outcome)
    stays = asset.status == AssetStatus.ENGAGED and status == AssetStatus.CONTACTED
    if status is None or stays or asset.status in _SETTLED:
        return asset
    if status == AssetStatus.ENGAGED:
        return replace(asset, status=status, engaged_by=contact.by, engaged_on=contact.on)
    return replace(asset, status=status)
