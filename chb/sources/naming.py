"""What to call the files that were read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath


def stem(name: str) -> str:
    """A file's name without folders and ending."""
    return PurePosixPath(name).stem


def together(names: Sequence[str]) -> str:
    """One name for several files: the only one, or the first and how many more."""
    first = stem(names[0]) if names else "nothing"
    return first if len(names) < 2 else f"{first} and {len(names) - 1:,} more"
