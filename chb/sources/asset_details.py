"""What a list says of an asset beyond its name and place: all of it may be missing.

A detail that cannot be read is left blank and flagged with the words that stood there:
the row is still worth having, and a person sees what to put right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from chb.domain.assets.ages import MOST_PEOPLE, OLDEST_AGE
from chb.domain.assets.register import AssetStatus
from chb.sources.account import Account
from chb.sources.opening_hours import HoursRead, OpeningHours, parse_opening
from chb.sources.text import clean_text
from chb.sources.timetables import sessions_json

_YES: Final = frozenset({"yes", "y", "true", "1", "1.0"})
_NO: Final = frozenset({"no", "n", "false", "0", "0.0"})
_STATUS_WORDS: Final = {status.value: status.value for status in AssetStatus} | dict.fromkeys(
    ("", "active", "open", "visible"), ""
)
_MARKUP: Final = re.compile(r"<\s*/?\s*[a-zA-Z!]|&#?\w+;")
HOURS_FLAG: Final = "its opening hours are kept as text"
_HOURS_IN_PART_FLAG: Final = "its opening hours were read in part and are kept as text too"


def with_details(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    """The frame with ASSET_DETAIL_COLUMNS; ``sessions`` are JSON already. No row is refused."""
    for column in ("flags", "outline"):
        if column not in frame.columns:
            frame = frame.assign(**{column: ""})
    frame = _with_hours(frame, account)
    frame = _with_ages(frame)
    frame = _with_number(frame, "capacity", lowest=1, highest=MOST_PEOPLE)
    frame = _with_word(frame, "status", _STATUS_WORDS.get)
    frame = _with_word(frame, "accepts_referrals", _yes_or_no)
    frame = frame.assign(
        services=frame["services"].map(_listed).astype("str"),
        **{name: frame[name].map(clean_text).astype("str") for name in ("cost", "access_needs")},
    )
    markup = frame["name"].str.contains(_MARKUP).to_numpy(dtype=bool)
    return flagged(frame, markup, "its name holds what looks like HTML and is shown as it stands")


def flagged(frame: pd.DataFrame, rows: np.ndarray, flag: str | pd.Series) -> pd.DataFrame:
    """The frame with a flag added to some of its rows."""
    added = pd.Series(flag, index=frame.index, dtype="str") if isinstance(flag, str) else flag
    joined = (frame["flags"] + "; " + added).str.removeprefix("; ")
    return frame.assign(flags=frame["flags"].where(~rows, joined))


def _with_hours(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    """Opening hours become sessions, where a row has none; the text stays where some is unread."""
    texts = frame["opening_text"].str.strip()
    read = {text: parse_opening(text) for text in texts.unique()}
    how = texts.map({text: hours.how.value for text, hours in read.items()}).astype("str")
    parsed = texts.map({text: sessions_json(hours.sessions) for text, hours in read.items()})
    wants = ((frame["sessions"] == "[]") & (texts != "")).to_numpy(dtype=bool)
    whole = (how == HoursRead.PARSED).to_numpy(dtype=bool)
    frame = frame.assign(
        sessions=frame["sessions"].where(~wants, parsed.astype("str")),
        opening_text=texts.where(~(wants & whole), "").astype("str"),
    )
    _note_hours(frame, how[texts != ""], read, account)
    frame = flagged(frame, wants & (how == HoursRead.TEXT).to_numpy(dtype=bool), HOURS_FLAG)
    partly = wants & (how == HoursRead.PARTLY).to_numpy(dtype=bool)
    return flagged(frame, partly, _HOURS_IN_PART_FLAG)


def _note_hours(
    frame: pd.DataFrame, how: pd.Series, read: dict[str, OpeningHours], account: Account
) -> None:
    if not len(how):
        return
    counts = how.value_counts()
    first = next((hours.unread[0] for hours in read.values() if hours.unread), "")
    unread = f"; the first that was not: {first[:60]!r}" if first else ""
    account.note(
        f"{frame['file_name'].iloc[0]}: opening hours:"
        f" {counts.get(HoursRead.PARSED, 0):,} of {len(how):,} read,"
        f" {counts.get(HoursRead.PARTLY, 0):,} in part,"
        f" {counts.get(HoursRead.TEXT, 0):,} kept as text{unread}"
    )


def _with_ages(frame: pd.DataFrame) -> pd.DataFrame:
    for column in ("youngest", "oldest"):
        frame = _with_number(frame, column, lowest=0, highest=OLDEST_AGE)
    wrong = (frame["youngest"] > frame["oldest"]).to_numpy(dtype=bool)
    youngest, oldest = (
        frame[name].map("{:.0f}".format).astype("str") for name in ("youngest", "oldest")
    )
    flag = "its ages " + youngest + " to " + oldest + " are the wrong way round"
    frame = flagged(frame, wrong, flag)
    blank = {name: frame[name].mask(wrong) for name in ("youngest", "oldest")}
    return frame.assign(**blank)


def _with_number(frame: pd.DataFrame, column: str, *, lowest: int, highest: int) -> pd.DataFrame:
    """The column as float64 whole numbers; what is none is NaN and flagged."""
    texts = frame[column].str.strip()
    numbers = pd.to_numeric(texts, errors="coerce").astype("float64")
    good = numbers.between(lowest, highest) & (numbers % 1 == 0)
    bad = (~good & (texts != "")).to_numpy(dtype=bool)
    frame = _flagged_words(frame, bad, column)
    return frame.assign(**{column: numbers.where(good)})


def _with_word(
    frame: pd.DataFrame, column: str, meaning: Callable[[str], str | None]
) -> pd.DataFrame:
    """The column as one of our words; what means none of them is blank and flagged."""
    texts = frame[column].map(clean_text).str.casefold()
    words = {text: meaning(text) for text in texts.unique()}
    bad = texts.map({text: word is None for text, word in words.items()}).to_numpy(dtype=bool)
    known = texts.map({text: word or "" for text, word in words.items()}).astype("str")
    return _flagged_words(frame, bad, column).assign(**{column: known})


def _flagged_words(frame: pd.DataFrame, bad: np.ndarray, column: str) -> pd.DataFrame:
    words = frame[column].str.slice(0, 40).map(repr).astype("str")
    return flagged(frame, bad, f"its {column.replace('_', ' ')} was not understood: " + words)


def _yes_or_no(word: str) -> str | None:
    if not word:
        return ""
    return "yes" if word in _YES else "no" if word in _NO else None


def _listed(text: str) -> str:
    """Several services, one a line or behind semicolons, as one text."""
    parts = (clean_text(part) for part in re.split(r"[\r\n;]+", text))
    return "; ".join(dict.fromkeys(part for part in parts if part))
