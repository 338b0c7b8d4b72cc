"""Words a person typed, as they will be kept: literally, within limits, never silently cut."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from chb.domain.marked_text import refuse_above_official
from chb.domain.refusal import Refusal

LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 5_000

_UNKEEPABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters: no database keeps them, nobody types them."""
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What terminals obey besides: files that were imported may hold these."""
_TURNS: Final = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}
"""What ends a change of the reading direction, and what begins one."""


def printable(text: str) -> str:
    """The text for a screen or a terminal: nothing it would obey, and no change of the reading
    direction that goes on in what follows.
    """
    text = _UNPRINTABLE.sub("", text)
    for end, begins in _TURNS.items():
        left = sum(text.count(begin) for begin in begins) - text.count(end)
        text += end * max(left, 0)
    return text


def plural(number: int, one: str, many: str = "") -> str:
    """``1 cell``, ``2 cells``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def checked_line(
    text: str, *, what: str, required: bool = True, longest: int = LONGEST_LINE
) -> str:
    """One line with its spaces run together; Refusal when too long, or empty but required."""
    return _checked(" ".join(_UNKEEPABLE.sub("", text).split()), what, required, longest)


def checked_choice(text: str, *, what: str) -> str:
    """One line that is required and chosen from a list; Refusal when nothing was chosen."""
    if not text.strip():
        raise Refusal(f"{what} is missing", remedy="Choose it from the list")
    return checked_line(text, what=what)


def checked_text(
    text: str, *, what: str, required: bool = True, longest: int = LONGEST_TEXT
) -> str:
    """Text of several lines as it was typed; Refusal when too long, or empty but required."""
    return _checked(_UNKEEPABLE.sub("", text).strip(), what, required, longest)


def checked_lines(texts: tuple[str, ...], *, what: str) -> tuple[str, ...]:
    """Several lines, the blank ones left out, in their order."""
    return tuple(checked_line(text, what=what) for text in texts if text.strip())


def checked_span(first: date | None, last: date | None, *, what: str) -> None:
    """Refusal when the last day comes before the first; an open end is fine."""
    if first is not None and last is not None and last < first:
        raise Refusal(
            f"{what} ends before it starts",
            found=f"From {first:%d %B %Y} to {last:%d %B %Y}",
            cause="The two dates are probably the wrong way round",
            remedy="Swap the dates, or correct the year",
        )


def checked_past(day: date, *, today: date, what: str) -> date:
    """A day that has come; Refusal for one in the future."""
    if day > today:
        raise Refusal(
            f"{what} cannot have happened yet",
            found=f"{day:%d %B %Y} is after today, {today:%d %B %Y}",
            cause="The day or the year is probably mistyped",
            remedy="Correct the date",
        )
    return day


def _checked(text: str, what: str, required: bool, longest: int) -> str:
    if required and not text:
        raise Refusal(f"{what} is missing", remedy="Write a few words")
    if len(text) > longest:
        raise Refusal(
            f"{what} has at most {longest:,} characters",
            found=f"Found {len(text):,}",
            remedy="Shorten it, or attach the document by its link",
        )
    return refuse_above_official(text)
