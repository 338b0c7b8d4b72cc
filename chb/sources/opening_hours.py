"""Opening hours as people write them, read where they have one meaning and kept as text elsewhere.

A part (a line, or what stands between semicolons) is read whole or not at all: its words
are turned into marks, and the marks must form days with times. Nothing is guessed: "9ish",
"9-5" without am or pm, and a start without an end stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

from chb.domain.assets.sessions import Session, Weekday

_WEEK: Final = tuple(Weekday)
_DAYS: Final = {
    name: day
    for day in _WEEK
    for word in [day.value.casefold()]
    for name in (word, word[:2], word[:3])
} | {
    **dict.fromkeys(("tues",), Weekday.TUESDAY),
    **dict.fromkeys(("weds",), Weekday.WEDNESDAY),
    **dict.fromkeys(("thur", "thurs"), Weekday.THURSDAY),
}
_GROUPS: Final = {
    **dict.fromkeys(("daily", "everyday", "every day", "7 days a week"), _WEEK),
    **dict.fromkeys(("weekday", "weekdays"), _WEEK[:5]),
    **dict.fromkeys(("weekend", "weekends"), _WEEK[5:]),
}
_TOKEN: Final = re.compile(
    r"\s*(?:"
    r"(?P<term>\(?\s*(?:in |during )?term[ -]?time(?: only)?\s*\)?)"
    r"|(?P<group>7 days a week|every ?day|daily|week(?:day|end)s?)(?!\w)"
    r"|(?P<time>(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?|(?P<four>\d{4}))"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?|\s*(?P<noon>noon|midday))?(?![\w:.]*\w)"
    r"|(?P<midday>noon|midday)(?!\w))"
    r"|(?P<range>(?:to|until|till)(?!\w)|[-\u2013\u2014])"
    r"|(?P<join>and(?!\w)|&|,|/|\+)"
    r"|(?P<closed>closed|off)(?!\w)"
    r"|(?P<filler>:|from(?!\w)|between(?!\w)|open(?:ing)?(?: hours| times)?(?!\w))"
    r"|(?P<day>[a-z]+)\.?(?!\w)"
    r")\s*"
)
_MARKS: Final = {
    **{"term": "M", "group": "G", "time": "T", "midday": "T", "range": "R"},
    **{"join": "A", "closed": "C", "day": "D"},
}
_DAY_PART: Final = r"(?:DRD|D|G)(?:A?(?:DRD|D|G))*"
_TIME_PART: Final = r"(?:TRT(?:A?TRT)*|C)"
_CLAUSE: Final = re.compile(
    rf"(?:(?P<days>{_DAY_PART})A?(?P<times>{_TIME_PART})"
    rf"|(?P<times_first>{_TIME_PART})A?(?P<days_after>{_DAY_PART}))(?P<term>M?)A?"
)
_EARLIEST_BARE_HOUR: Final = 7
"""A single digit below it, without am or pm, is as likely to be the afternoon."""


class HoursRead(StrEnum):
    """How much of the hours could be read."""

    NONE_GIVEN = "none given"
    PARSED = "parsed"
    PARTLY = "partly"
    TEXT = "kept as text"


@dataclass(frozen=True)
class OpeningHours:
    """The sessions that were read, and the parts that were not, as they stood."""

    sessions: tuple[Session, ...]
    unread: tuple[str, ...]
    n_read: int
    """Parts that were read; a day that is closed is one without a session."""

    @property
    def how(self) -> HoursRead:
        if not self.unread:
            return HoursRead.PARSED if self.n_read else HoursRead.NONE_GIVEN
        return HoursRead.PARTLY if self.n_read else HoursRead.TEXT


@dataclass(frozen=True)
class _Token:
    """One word: its mark, and the groups it was found by."""

    mark: str
    found: dict[str, str | None]


@dataclass(frozen=True)
class _Clock:
    """A time as written: its half of the day is "a", "p", or "" when it was not said."""

    hour: int
    minute: int
    half: str
    is_exact: bool
    """Written with minutes or four digits, as the 24-hour clock is."""
    has_leading_zero: bool


def parse_opening(text: str) -> OpeningHours:
    """Read hours such as "Mon-Fri 9am-5pm" or, on a line each, "Tuesday 11.00 - 13.00"."""
    parts = [part.strip() for part in re.split(r"[\r\n;|]+", text) if part.strip()]
    read = [(part, _part_sessions(part)) for part in parts]
    sessions = [session for _, found in read for session in found or ()]
    return OpeningHours(
        sessions=tuple(dict.fromkeys(sessions)),
        unread=tuple(part for part, found in read if found is None),
        n_read=sum(found is not None for _, found in read),
    )


def _part_sessions(part: str) -> tuple[Session, ...] | None:
    """The part's sessions, none for a closed day; None when it cannot be read."""
    tokens = _tokens(part.casefold())
    if tokens is None:
        return None
    marks = "".join(token.mark for token in tokens)
    sessions: list[Session] = []
    at = 0
    while at < len(marks):
        clause = _CLAUSE.match(marks, at)
        found = _clause_sessions(clause, tokens) if clause else None
        if clause is None or found is None:
            return None
        sessions += found
        at = clause.end()
    return tuple(sessions) if marks else None


def _tokens(text: str) -> list[_Token] | None:
    """The part as marks; None when a word of it is not known."""
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        name = next(key for key in (*_MARKS, "filler") if match[key])
        if name == "day" and _day(match["day"]) is None:
            return None
        if name != "filler":
            tokens.append(_Token(_MARKS[name], match.groupdict()))
        at = match.end()
    return tokens


def _day(word: str) -> Weekday | None:
    return _DAYS.get(word) or _DAYS.get(word.removesuffix("s"))


def _clause_sessions(clause: re.Match[str], tokens: list[_Token]) -> list[Session] | None:
    """Every day of the clause with each of its times; None when a time has two meanings."""
    days_at, times_at = (
        ("days", "times") if clause["days"] is not None else ("days_after", "times_first")
    )
    days = list(_days(tokens[slice(*clause.span(days_at))]))
    times = _spans(tokens[slice(*clause.span(times_at))])
    if times is None:
        return None
    is_term = bool(clause["term"])
    return [
        Session(day, start, end, term_time_only=is_term) for day in days for start, end in times
    ]


def _days(tokens: list[_Token]) -> Iterator[Weekday]:
    """The days of "D", "DRD" and "G", a range going round the end of the week if it must."""
    since: Weekday | None = None
    is_range = False
    for token in tokens:
        if token.mark == "G":
            yield from _GROUPS[token.found["group"] or ""]
        elif token.mark == "D":
            day = _day(token.found["day"] or "") or _WEEK[0]
            yield from _after(since, day) if is_range and since else (day,)
            since = day
        is_range = token.mark == "R"


def _after(first: Weekday, last: Weekday) -> tuple[Weekday, ...]:
    """The days after the first one, up to the last."""
    start, end = _WEEK.index(first), _WEEK.index(last)
    return tuple(_WEEK[(start + step) % 7] for step in range(1, (end - start) % 7 + 1))


def _spans(tokens: list[_Token]) -> list[tuple[time, time]] | None:
    """Starts and ends, none for "closed"; None when one of them is not certain."""
    clocks = [_clock(token.found) for token in tokens if token.mark == "T"]
    pairs = [_span(start, end) for start, end in zip(clocks[::2], clocks[1::2], strict=True)]
    certain = [pair for pair in pairs if pair is not None]
    return certain if len(certain) == len(pairs) else None


def _clock(found: dict[str, str | None]) -> _Clock:
    if found["midday"]:
        return _Clock(12, 0, "p", is_exact=True, has_leading_zero=False)
    four = found["four"]
    hour = four[:2] if four else found["hour"] or ""
    minute = four[2:] if four else found["minute"]
    half = "p" if found["noon"] else found["half"] or ""
    leading = len(hour) == 2 and hour.startswith("0")
    return _Clock(int(hour), int(minute or 0), half, bool(minute), leading)


def _span(start: _Clock, end: _Clock) -> tuple[time, time] | None:
    """Both on the 24-hour clock, the start before the end; None when that is not certain."""
    if not end.half and not (end.is_exact and (start.is_exact or start.half)):
        return None
    last = _time(end, end.half)
    if start.half or start.has_leading_zero or start.hour > 12:
        first = _time(start, start.half)
    elif end.half:  # "1-3pm" is the afternoon, "10-2pm" begins before it
        first = _time(start, end.half)
        if first is None or last is None or first >= last:
            first = _time(start, "a")
    else:
        first = _time(start, "") if start.hour >= _EARLIEST_BARE_HOUR else None
    if start.half and not end.half and end.hour <= 12:
        return None
    return (first, last) if first is not None and last is not None and first < last else None


def _time(clock: _Clock, half: str) -> time | None:
    """The time of the 24-hour clock; None for 25:00 and for 0pm."""
    hour = clock.hour
    if hour > 23 or clock.minute > 59 or (half == "a" and hour > 12):
        return None
    if half and hour == 0:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, clock.minute)
