"""How long work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

ProgressReport = Callable[[int, int, str], None]
"""Called with the steps done, the steps in all, and what is at hand."""


def silent(done: int, total: int, what: str) -> None:
    """Tell nobody."""
