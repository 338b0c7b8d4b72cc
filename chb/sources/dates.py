"""Dates as people type them: ISO, or day first as in Britain. Never month first.

A time of day may follow; what is kept is the day in Britain.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from chb.domain.wording import plural
from chb.sources.account import Account, AnyFrame

_TIME: Final = (
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?"
    r"(?P<zone> ?Z| ?[+-]\d\d:?\d\d)?)?"
)
_ISO: Final = re.compile(r"(?P<year>(?:19|2[01])\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})" + _TIME)
_DAY_FIRST: Final = re.compile(
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|2[01])\d\d)" + _TIME
)
_BRITAIN: Final = ZoneInfo("Europe/London")
_EXCEL_SERIAL: Final = re.compile(r"\d{5}(\.0+)?")

REMEDY: Final = "Write the date as 2025-03-31 or 31/03/2025"


def parse_date(text: str) -> date | None:
    """The day a text names, or None when it names none (or one that does not exist)."""
    moment = _moment(text)
    return moment.astimezone(_BRITAIN).date() if moment else None


def is_skipped(text: str) -> bool:
    """Whether a text names a time of day that the clocks went over in spring."""
    moment = _moment(text)
    if moment is None or moment.tzinfo is not _BRITAIN:
        return False
    return moment.astimezone(UTC).astimezone(_BRITAIN).hour != moment.hour


def _moment(text: str) -> datetime | None:
    """The moment that a text names, in Britain where it does not say; midnight without a time."""
    match = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if match is None:
        return None
    names = ("year", "month", "day", "hour", "minute")
    year, month, day, hour, minute = (int(match[name] or 0) for name in names)
    zone = (match["zone"] or "").strip()
    try:
        own = datetime.strptime(zone, "%z").tzinfo if zone else _BRITAIN
        return datetime(year, month, day, hour, minute, tzinfo=own)
    except ValueError:
        return None


def date_rows(frame: AnyFrame, column: str, account: Account) -> AnyFrame:
    """The frame with the column as ISO text or empty; rows with another text refused."""
    texts = frame[column].str.strip()
    days = {text: parse_date(text) for text in texts.unique()}
    iso = {text: day.isoformat() if day else "" for text, day in days.items()}
    words = column.replace("_", " ")
    serial = texts.str.fullmatch(_EXCEL_SERIAL.pattern)
    unread = (texts != "") & (texts.map(iso) == "")
    frame = account.without(
        frame,
        unread & serial,
        f"The {words} date is Excel's day number, not a date",
        show=column,
        remedy="Format the column as a date in the spreadsheet, then save it again",
    )
    frame = account.without(
        frame,
        (unread & ~serial).loc[frame.index],
        f"The {words} date cannot be read, or is no day of the calendar",
        show=column,
        remedy=REMEDY,
    )
    account.note(_day_first_note(frame[column].str.strip(), words))
    n_skipped = sum(map(is_skipped, frame[column].str.strip()))
    if n_skipped:
        account.note(
            f"{plural(n_skipped, 'time')} of day never was, as the clocks went forward;"
            " the day was kept"
        )
    return frame.assign(**{column: _iso(frame[column], iso)})


def _day_first_note(texts: pd.Series, words: str) -> str:
    """Which dates would be other days if they were read month first; empty for none."""
    either = texts[texts.map(_is_either_way).astype(bool)]
    if either.empty:
        return ""
    return (
        f"The {words} date of {plural(len(either), 'row')} was read day first: the first,"
        f" {either.iloc[0]!r} on row {int(either.index[0]):,},"
        f" is {parse_date(either.iloc[0]):%d %B %Y}"
    )


def _is_either_way(text: str) -> bool:
    """Whether a text names one day as it is read here, and another with its month first."""
    match = _DAY_FIRST.fullmatch(text)
    return match is not None and int(match["month"]) != int(match["day"]) <= 12


def _iso(texts: pd.Series, iso: dict[str, str]) -> pd.Series:
    return texts.str.strip().map(iso).astype("str")
