"""Reading documents: their tables by heading, and what stands in their fences."""

from __future__ import annotations

import re


def rows_under(text: str, heading: str) -> list[list[str]]:
    """Cells of the table rows under a heading that begin with a name in backticks."""
    section = re.split(rf"^#+ {re.escape(heading)}\n", text, flags=re.MULTILINE)[1]
    section = re.split(r"^## ", section, flags=re.MULTILINE)[0]
    table = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def fenced(text: str, language: str) -> list[str]:
    """What stands in each fence of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
