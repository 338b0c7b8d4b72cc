"""Text and figures on their way to the screen."""

from __future__ import annotations

import html
import math
import re
from datetime import date
from typing import Final

from chb.domain.wording import printable

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_TAKEN_TOGETHER: Final = re.compile(
    r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>~=!])(?=[-<>~=])", re.IGNORECASE
)
"""Within addresses, short names of pictures, and arrows or dashes written with two characters."""
_NOTHING: Final = ":blue[]"
"""Blue text of no letters."""


def literal(text: str) -> str:
    """Somebody's words inside Markdown, shown as they were written.

    Streamlit makes addresses into links and ``:name:`` or ``->`` into pictures after the
    Markdown was read, when a backslash is gone: so these are taken apart with nothing.
    """
    pieces = _TAKEN_TOGETHER.split(printable(" ".join(text.split())))
    return _NOTHING.join(_PUNCTUATION.sub(r"\\\1", piece) for piece in pieces)


def literal_html(text: str) -> str:
    """Somebody's words inside our HTML, shown as they were written."""
    return html.escape(printable(text), quote=True)


def chart_key(text: str) -> str:
    """Somebody's words as what a chart tells its rows apart by.

    Vega keeps rows under their words in a JavaScript object, where this one word means the
    object itself and the chart fails; a character without width makes it a word like others.
    """
    text = printable(text)
    return f"{text}\u2060" if text == "__proto__" else text


def figure(value: float | None, *, decimals: int = 0, none: str = "not known") -> str:
    """A number with thousands separated, or the words for none."""
    if value is None or math.isnan(value):
        return none
    return f"{value:,.{decimals}f}"


def percent(share: float) -> str:
    """A share from 0 to 1 in whole per cent, or under one."""
    if 0 < share < 0.01:
        return "under 1%"
    return f"{share:.0%}"


def change_words(change: float | None) -> str:
    """A share by which something rose or fell, that it did not, or that nobody can say."""
    if change is None:
        return "not enough to say"
    if abs(change) < 0.005:
        return "no change"
    return f"{change:+.0%}".replace("-", "\N{MINUS SIGN}")


def day_words(day: date | None, *, none: str = "") -> str:
    """A day as people write it, or the word for none."""
    return f"{day.day} {day:%b %Y}" if day else none
