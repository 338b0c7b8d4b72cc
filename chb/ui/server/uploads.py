"""How much a person may upload: a file, a day, and at once.

Streamlit keeps uploads in memory for as long as their session, so a few large ones
would take it from everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final

from chb.domain.refusal import Refusal

MEGABYTE: Final = 1024**2
MOST_FILE_BYTES: Final = 25 * MEGABYTE
MOST_DAY_BYTES: Final = 100 * MEGABYTE
MOST_AT_ONCE: Final = 3
FRAMING_BYTES: Final = 64 * 1024
"""What a form adds around its file."""


class UploadTooLarge(Refusal):
    """The file is larger than any may be."""


class UploadQuota:
    """Counts in this process, by person; a new day begins at nought."""

    def __init__(self, most_file_bytes: int = MOST_FILE_BYTES) -> None:
        self._most_file_bytes = most_file_bytes
        self._day: date | None = None
        self._taken: defaultdict[str, int] = defaultdict(int)
        self._under_way: defaultdict[str, int] = defaultdict(int)

    @contextmanager
    def one(self, person: str, *, size_bytes: int, today: date) -> Iterator[None]:
        """Count one upload while it runs; Refusal when it is too much."""
        self._check(person, size_bytes, today)
        self._taken[person] += size_bytes
        self._under_way[person] += 1
        try:
            yield
        finally:
            self._under_way[person] -= 1

    def _check(self, person: str, size_bytes: int, today: date) -> None:
        if today != self._day:
            self._day = today
            self._taken.clear()
        if size_bytes > self._most_file_bytes + FRAMING_BYTES:
            raise UploadTooLarge(
                f"A file may have {self._most_file_bytes / MEGABYTE:.0f} MB at most",
                found=f"This one has {size_bytes / MEGABYTE:.1f} MB",
                remedy="Split it, or let an administrator import it: python -m chb import",
            )
        if self._under_way[person] >= MOST_AT_ONCE:
            raise Refusal(
                f"{MOST_AT_ONCE} of your uploads are running already",
                remedy="Wait until one has finished",
            )
        if self._taken[person] + size_bytes > MOST_DAY_BYTES:
            raise Refusal(
                f"A person may upload {MOST_DAY_BYTES / MEGABYTE:.0f} MB a day",
                found=f"You have uploaded {self._taken[person] / MEGABYTE:.0f} MB today",
                remedy="Go on tomorrow, or let an administrator import it: python -m chb import",
            )
