"""Text and figures on their way to the screen."""

from __future__ import annotations

import html
import math
import re
from typing import Final

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


def literal(text: str) -> str:
    """Somebody's words inside Markdown, shown as they were written."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def literal_html(text: str) -> str:
    """Somebody's words inside our HTML, shown as they were written."""
    return html.escape(text, quote=True)


def figure(value: float | None, *, decimals: int = 0, none: str = "not known") -> str:
    """A number with thousands separated, or the words for none."""
    if value is None or math.isnan(value):
        return none
    return f"{value:,.{decimals}f}"


def plural(number: int, one: str, many: str = "") -> str:
    """``1 cell``, ``2 cells``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share from 0 to 1 in whole per cent, or under one."""
    if 0 < share < 0.01:
        return "under 1%"
    return f"{share:.0%}"
