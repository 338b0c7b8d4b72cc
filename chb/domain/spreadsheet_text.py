"""Text that passed through a spreadsheet: a mark keeps it from being taken for a formula.

The characters are those of OWASP ASVS 1.2.10, with their full-width forms, which some
spreadsheets fold into the plain ones, and the line feed, after which a cell may be parsed
anew. Spaces before them change nothing.
"""

from __future__ import annotations

import re
from typing import Final

_STARTS: Final = "=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\u2212"
_MARKED: Final = re.compile(rf"'+\s*[{_STARTS}]")
_FORMULA_LIKE: Final = re.compile(rf"'*\s*[{_STARTS}]")


def as_typed(text: str) -> str:
    """The text without the mark, where there is one."""
    return text[1:] if _MARKED.match(text) else text


def marked(text: str) -> str:
    """The text with a mark where a spreadsheet would compute it; ``as_typed`` gives it back."""
    return f"'{text}" if _FORMULA_LIKE.match(text) else text
