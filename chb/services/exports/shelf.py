"""Files that wait to be fetched: once, within five minutes, by the session they are for.

They are kept in memory only, under names nobody can guess, and never in a buffer that two
sessions share.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from chb.domain.access.sessions import name_of
from chb.domain.refusal import Refusal

LIFETIME_S: Final = 300.0
MOST_BYTES: Final = 64_000_000
MOST_BYTES_EACH: Final = 25_000_000
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True)
class Export:
    """A file that was prepared, and the name under which it waits."""

    token: str = field(repr=False)
    file_name: str
    media_type: str
    marking: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class _Waiting:
    export: Export
    session: str
    until_s: float


class Shelf:
    """A bounded store of prepared files; what waits longest goes first. Safe in threads.

    It knows a token by its digest only, so that how long a look-up takes says nothing.
    """

    def __init__(self, *, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, session: str, export: Export) -> None:
        """Let a file wait for a session; Refusal without one, and for a file that is too big."""
        if not session:
            raise Refusal("A file is for a browser", remedy="Open the page in a browser first")
        if len(export.content) > MOST_BYTES_EACH:
            raise Refusal(
                "The file is too big to take out",
                found=f"{len(export.content) / 1e6:,.0f} MB; at most {MOST_BYTES_EACH / 1e6:,.0f}",
                remedy="Ask for a smaller area or larger cells",
            )
        with self._lock:
            self._drop_old()
            until_s = self._clock_s() + LIFETIME_S
            self._waiting[name_of(export.token)] = _Waiting(export, session, until_s)
            while self._size() > MOST_BYTES:
                self._waiting.popitem(last=False)

    def take(self, session: str, token: str) -> Export | None:
        """The file of a token, once; None for another's, and for what is gone or never was."""
        with self._lock:
            if not self._waits(session, token):
                return None
            return self._waiting.pop(name_of(token)).export

    def holds(self, session: str, token: str) -> bool:
        """Whether the file of a token waits for the session still."""
        with self._lock:
            return self._waits(session, token)

    def _waits(self, session: str, token: str) -> bool:
        self._drop_old()
        found = self._waiting.get(name_of(token))
        return found is not None and bool(session) and found.session == session

    def _size(self) -> int:
        return sum(len(each.export.content) for each in self._waiting.values())

    def _drop_old(self) -> None:
        now_s = self._clock_s()
        for name in [name for name, each in self._waiting.items() if each.until_s <= now_s]:
            del self._waiting[name]


def new_token() -> str:
    """256 random bits, as text that may stand in an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


SHELF: Final = Shelf()
"""The one of this process: services put, the route takes."""
