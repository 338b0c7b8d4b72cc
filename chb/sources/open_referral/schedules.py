"""Schedules of Open Referral UK: weekly sessions where they are weekly, words where not.

Times and weekdays follow iCalendar (RFC 5545), as the standard does: ``byday`` is "TH,FR".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from chb.domain.assets.sessions import Session, Weekday
from chb.sources.open_referral.plain import text_of

BYDAY: Final = {day.value[:2].upper(): day for day in Weekday}
_TIME: Final = re.compile(r"(?P<clock>\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_LONGEST_ACTIVITY: Final = 80
"""A longer description tells of the service, not of what happens then."""
_WEEKLY: Final = frozenset({"", "WEEKLY"})
_EVERY: Final = frozenset({"", "1", "1.0"})


@dataclass(frozen=True)
class Timetable:
    """What the schedules of one service come to."""

    sessions: tuple[Session, ...]
    words: str
    """Of the schedules that are no weekly session, as the list gives them."""
    flags: tuple[str, ...]


def timetable(schedules: Sequence[Mapping[str, Any]], today: date) -> Timetable:
    """Sessions of the schedules in force on a day; those over, or not weekly, become words."""
    sessions: list[Session] = []
    words: list[str] = []
    flags: list[str] = []
    for schedule in schedules:
        until = text_of(schedule, "valid_to")[:10]
        if until and until < today.isoformat():
            flags.append(f"a schedule of it ended on {until} and was left out")
            continue
        found = _sessions(schedule)
        sessions += found
        if not found:
            words.append(_in_words(schedule))
    kept = tuple(dict.fromkeys(sessions))
    if kept and any(words):
        flags.append("part of its schedule is no weekly session and is kept as text")
    return Timetable(kept, "\n".join(each for each in words if each), tuple(flags))


def _sessions(schedule: Mapping[str, Any]) -> tuple[Session, ...]:
    """A session for each weekday; none when the schedule is not a plain weekly one."""
    start, end = (_time(text_of(schedule, name)) for name in ("opens_at", "closes_at"))
    days = [part.strip().upper() for part in text_of(schedule, "byday").split(",")]
    is_weekly = (
        text_of(schedule, "freq").upper() in _WEEKLY
        and text_of(schedule, "interval") in _EVERY
        and all(day in BYDAY for day in days)
    )
    if not is_weekly or start is None or end is None or end <= start:
        return ()
    described = text_of(schedule, "description")
    activity = described if len(described) <= _LONGEST_ACTIVITY else ""
    return tuple(Session(BYDAY[day], start, end, activity) for day in days)


def _time(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute = (int(part) for part in match["clock"].split(":"))
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_words(schedule: Mapping[str, Any]) -> str:
    described = text_of(schedule, "description") or text_of(schedule, "notes")
    if described:
        return described
    names = ("freq", "byday", "bymonthday", "opens_at", "closes_at")
    return " ".join(filter(None, (text_of(schedule, name) for name in names)))
