"""Text that passed through a spreadsheet: a mark keeps it from being taken for a formula."""

from __future__ import annotations

import re
from typing import Final

_MARKED: Final = re.compile(r"'+[=+\-@\t\r]")
_FORMULA_LIKE: Final = re.compile(r"'*[=+\-@\t\r]")


def as_typed(text: str) -> str:
    """The text without the mark, where there is one."""
    return text[1:] if _MARKED.match(text) else text


def marked(text: str) -> str:
    """The text with a mark where a spreadsheet would compute it; ``as_typed`` gives it back."""
    return f"'{text}" if _FORMULA_LIKE.match(text) else text
