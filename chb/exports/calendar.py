"""A person's work as an iCalendar file (RFC 5545): one all-day entry for each dated item."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from icalendar import Calendar, Event

from chb.domain.planning.my_work import WorkItem, WorkKind
from chb.exports.manifest import ExportManifest

_PRODUCT: Final = "-//Holdfast//My work//EN"
_SEVERAL_IN_A_RECORD: Final = (WorkKind.MILESTONE, WorkKind.OBJECTIVE, WorkKind.THANKS)


def work_calendar(
    items: Iterable[WorkItem], *, made_at: datetime, manifest: ExportManifest | None = None
) -> bytes:
    """The dated items as a calendar; undated ones have no place in it.

    An item keeps its UID from export to export, so that importing again replaces
    it. Entries are private and take no time. Titles only: what is restricted stays
    in the product. A manifest is in properties of the calendar, X-HOLDFAST-MARKING first.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name, text in ({} if manifest is None else manifest.as_columns()).items():
        calendar.add(f"X-HOLDFAST-{name.replace('_', '-').upper()}", text)
    for item in items:
        if item.due_on is not None:
            calendar.add_component(_event(item, item.due_on, made_at))
    return bytes(calendar.to_ical())


def _event(item: WorkItem, due_on: date, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(item))
    event.add("dtstamp", made_at)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    event.add("summary", f"{item.title} ({item.about})" if item.about else item.title)
    event.add("categories", [item.kind.value])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if item.waiting_on:
        event.add("description", f"Waiting on {item.waiting_on}")
    return event


def _uid(item: WorkItem) -> str:
    """The record and the work, not the date: a moved date moves the entry."""
    detail = item.title if item.kind in _SEVERAL_IN_A_RECORD else ""
    name = f"{item.kind}|{item.record_id}|{detail}"
    return f"{sha256(name.encode()).hexdigest()[:32]}@holdfast.invalid"
