"""Weekly sessions as one line of text, and as the JSON the asset tables keep."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import time
from typing import Any, Final

from chb.domain.assets.ages import OLDEST_AGE
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.refusal import Refusal

EXAMPLE: Final = "Monday 18:00-20:00 Boxing (10-17); Saturday 09:30-11:00 Food parcels (term time)"

_SESSION: Final = re.compile(
    r"(?P<day>[A-Za-z]+)\s+(?P<start>\d{1,2}[:.]\d{2})\s*(?:-|\u2013|to)\s*(?P<end>\d{1,2}[:.]\d{2})"
    r"(?P<activity>[^()]*)(?P<brackets>(?:\([^()]*\)\s*)*)"
)
_AGES: Final = re.compile(r"(?:ages?\s*)?(\d{1,3})\s*(?:-|\u2013|to)\s*(\d{1,3})", re.IGNORECASE)
_UNREADABLE: Final = (
    *(ValueError, TypeError, KeyError),
    *(AttributeError, OverflowError, RecursionError),
)
_DAYS: Final = {day.value[:3].casefold(): day for day in Weekday}


def parse_sessions(text: str) -> tuple[Session, ...]:
    """Sessions as in EXAMPLE, or as the JSON list we write; Refusal for what cannot be read."""
    if text.lstrip().startswith("["):
        return _from_json(text)
    return tuple(_session(part.strip()) for part in text.split(";") if part.strip())


def sessions_json(sessions: tuple[Session, ...]) -> str:
    """The sessions as the JSON list the ``sessions`` column holds."""
    return json.dumps([session.as_dict() for session in sessions])


def _from_json(text: str) -> tuple[Session, ...]:
    try:
        return tuple(_from_plain(plain) for plain in json.loads(text))
    except _UNREADABLE as error:
        raise _unread(text) from error


def _from_plain(plain: dict[str, Any]) -> Session:
    youngest, oldest = _ages(plain.get("youngest"), plain.get("oldest"))
    capacity = plain.get("capacity")
    session = Session.from_dict(plain | {"youngest": youngest, "oldest": oldest})
    return replace(
        session,
        activity=str(session.activity),
        capacity=None if capacity is None else int(capacity),
    ).checked()


def _ages(youngest: int | str | None, oldest: int | str | None) -> tuple[int | None, int | None]:
    """Both as whole years; ValueError for ages nobody has, or the wrong way round."""
    first, last = (None if age is None else int(age) for age in (youngest, oldest))
    given = [age for age in (first, last) if age is not None]
    if given != sorted(given) or any(not 0 <= age <= OLDEST_AGE for age in given):
        raise ValueError(f"Ages {first} to {last}")
    return first, last


def _session(text: str) -> Session:
    match = _SESSION.fullmatch(text)
    day = _DAYS.get(match["day"][:3].casefold()) if match else None
    if match is None or day is None:
        raise _unread(text)
    ages = _AGES.search(match["brackets"])
    try:
        youngest, oldest = _ages(*ages.groups()) if ages else (None, None)
    except ValueError as error:
        raise _unread(text) from error
    return Session(
        weekday=day,
        start=_clock(match["start"], text),
        end=_clock(match["end"], text),
        activity=match["activity"].strip(" ,:"),
        youngest=youngest,
        oldest=oldest,
        term_time_only="term" in match["brackets"].casefold(),
    )


def _clock(text: str, session: str) -> time:
    hour, minute = (int(part) for part in re.split(r"[:.]", text))
    if hour > 23 or minute > 59:
        raise _unread(session)
    return time(hour, minute)


def _unread(text: str) -> Refusal:
    return Refusal(
        "A session cannot be read", found=repr(text[:80]), remedy=f"Write, for example: {EXAMPLE}"
    )
