"""When to be in touch with an asset again: what the latest contact with each agreed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chb.domain.access.permissions import Permission
from chb.domain.assets.engagement import Contact
from chb.services.access.rules import needs
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True)
class FollowUp:
    """An asset to be in touch with again, and the contact that said so."""

    asset_id: str
    asset_name: str
    contact: Contact
    due_on: date


@needs(Permission.MANAGE_ASSETS)
def follow_ups(ws: Workspace) -> tuple[FollowUp, ...]:
    """Every open asset that somebody said they would be in touch with again, the earliest first."""
    with ws.reading() as tx:
        return follow_ups_in(tx)


def follow_ups_in(tx: Transaction, *, by: Collection[str] | None = None) -> tuple[FollowUp, ...]:
    """The same within a transaction, or those of one person; ``by`` are the names they go under.

    Of each asset the latest contact counts: one that came after has settled the earlier.
    """
    latest = {each.asset_id: each for each in sorted(tx.asset_contacts.all(), key=_day)}
    wanted = None if by is None else {name.casefold() for name in by}
    said = [
        each
        for each in latest.values()
        if each.next_on is not None and (wanted is None or each.by.casefold() in wanted)
    ]
    listed = tx.assets.some(each.asset_id for each in said)
    names = {each.id: each.name for each in listed if each.is_open}
    found = [
        FollowUp(each.asset_id, names[each.asset_id], each, each.next_on)
        for each in said
        if each.next_on is not None and each.asset_id in names
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.asset_name)))


def _day(contact: Contact) -> date:
    return contact.on
