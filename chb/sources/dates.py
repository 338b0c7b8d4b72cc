"""Dates as people type them: ISO, or day first as in Britain. Never month first."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

import pandas as pd

from chb.sources.account import Account, AnyFrame

_ISO: Final = re.compile(
    r"(?P<year>(?:19|2[01])\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?"
)
_DAY_FIRST: Final = re.compile(
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|2[01])\d\d)(?: .*)?"
)
_EXCEL_SERIAL: Final = re.compile(r"\d{5}(\.0+)?")

REMEDY: Final = "Write the date as 2025-03-31 or 31/03/2025"


def parse_date(text: str) -> date | None:
    """The day a text names, or None when it names none (or one that does not exist)."""
    match = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if match is None:
        return None
    try:
        moment = datetime(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return moment.date()


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
    return frame.assign(**{column: _iso(frame[column], iso)})


def _iso(texts: pd.Series, iso: dict[str, str]) -> pd.Series:
    return texts.str.strip().map(iso).astype("str")
