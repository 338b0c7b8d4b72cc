"""What a browser session may fetch: packed layers, by session and content.

The frame cannot fetch and the page's address bar cannot guess: a packed layer is
given out only to the session it was packed for, under the digest of its text.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections import OrderedDict
from typing import Final

DIGEST_LENGTH: Final = 20
_MOST_BYTES: Final = 64_000_000
_GZIP: Final = 31
_SMALL_BLOCKS: Final = 7
"""What a layer consists of differs from part to part: a code for each block of it is shorter."""

Key = tuple[str, str, str]


class Stash:
    """A bounded store of compressed texts; the longest unused goes first. Safe in threads."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._held: OrderedDict[Key, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def put(self, session: str, kind: str, text: str) -> str:
        """Keep a text for a session and return its digest. Keeping it again is free."""
        digest = digest_of(text)
        key = (session, kind, digest)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return digest
        packed = gzipped(text)
        with self._lock:
            self._drop(key)
            self._held[key] = packed
            self._size += len(packed)
            while self._size > self._most_bytes and len(self._held) > 1:
                self._drop(next(iter(self._held)))
        return digest

    def get(self, session: str, kind: str, digest: str) -> bytes | None:
        """The gzip bytes, or None for another session's or an unknown digest."""
        with self._lock:
            return self._held.get((session, kind, digest))

    def _drop(self, key: Key) -> None:
        gone = self._held.pop(key, None)
        self._size -= len(gone) if gone else 0


def gzipped(text: str) -> bytes:
    """The text as it is sent."""
    packer = zlib.compressobj(wbits=_GZIP, memLevel=_SMALL_BLOCKS)
    return packer.compress(text.encode()) + packer.flush()


def digest_of(text: str) -> str:
    """First hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


STASH: Final = Stash()
"""The one of this process: pages put, routes get."""
