"""People of the partnership: who there is, who left, who came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chb.domain.access.permissions import Permission
from chb.domain.people import Person
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_past
from chb.services.access.rules import needs, open_to_all
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@open_to_all
def list_people(ws: Workspace) -> tuple[Person, ...]:
    """Everybody, those who left among them, by name."""
    with ws.reading() as tx:
        return tx.people.all()


@needs(Permission.ADMINISTER)
def person_left(ws: Workspace, work_email: str, *, left_on: date) -> Person:
    """Record that somebody left: they can be given nothing new, and what they did stays theirs."""
    checked_past(left_on, today=ws.today(), what="A leaving")
    return _set_left_on(ws, work_email, left_on)


@needs(Permission.ADMINISTER)
def person_returned(ws: Workspace, work_email: str) -> Person:
    """Record that somebody who left is back."""
    return _set_left_on(ws, work_email, None)


def _set_left_on(ws: Workspace, work_email: str, left_on: date | None) -> Person:
    with ws.writing() as tx:
        person = _existing(tx, work_email)
        tx.people.set_left_on(person.work_email, left_on)
    return replace(person, left_on=left_on)


def _existing(tx: Transaction, work_email: str) -> Person:
    person = tx.people.find(work_email.strip())
    if person is None:
        raise Refusal(
            "Nobody has that work address",
            found=f"Found {work_email.strip()[:200]!r}",
            remedy="Look at the list of people, or import it: python -m chb import people",
        )
    return person
