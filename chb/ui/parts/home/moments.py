"""Moments, spans of time and facts beside each other, in few words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from chb.domain.wording import plural
from chb.ui.parts.words import day_words

FACTS_APART: Final = " \N{MIDDLE DOT} "


def moment_words(at: datetime, *, today: date) -> str:
    """``today 09:12``, ``yesterday``, ``12 Nov``, or with its year where that is another."""
    if at.date() == today:
        return f"today {at:%H:%M}"
    if at.date() == today - timedelta(days=1):
        return "yesterday"
    return f"{at.day} {at:%b}" if at.year == today.year else day_words(at.date())


def age_words(at: datetime, *, now: datetime) -> str:
    """How long ago something was, in its largest whole unit."""
    passed = now - at
    if passed < timedelta(hours=1):
        return "within the hour"
    if passed < timedelta(days=1):
        return f"{plural(int(passed.total_seconds() // 3600), 'hour')} ago"
    return f"{plural(passed.days, 'day')} ago"


def due_words(due_on: date | None, *, today: date) -> str:
    """``6 days late``, ``due today`` or ``due 24 Nov``; empty without a day."""
    if due_on is None:
        return ""
    if due_on < today:
        return f"{plural((today - due_on).days, 'day')} late"
    return "due today" if due_on == today else f"due {due_on.day} {due_on:%b}"
