"""Anchors: the log's head written to a second place, so that a cut tail is noticed.

A chain proves that nothing in it was changed, not that its end is still there. An anchor
is one line of JSON, only ever appended, best to a place the database's administrator
cannot write: a share that is written once, a collector of logs.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from chb.domain.refusal import Refusal

ANCHORS_VARIABLE: Final = "CHB_ANCHORS"
EVERY_ROWS: Final = 100
EVERY: Final = timedelta(minutes=15)

_TAIL_BYTES: Final = 4_096
_BEGINNING: Final = b'{"seq": '
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Anchor:
    """The head of a store's log at a moment."""

    seq: int
    hash: str
    at: str
    """ISO 8601."""
    store: str


class AnchorFile:
    """Anchors of one store. A place that cannot be written stops nobody's work, and is logged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._waiting: Anchor | None = None
        self._known: Anchor | None = None
        """The last that was read or written here: others only ever add to it."""
        self._one_at_a_time = threading.RLock()

    def offer(self, head: Anchor) -> None:
        """Write the head if 100 rows or 15 minutes have passed since the last anchor."""
        with self._one_at_a_time:
            self._waiting = head
            self.tick(datetime.fromisoformat(head.at))

    def tick(self, now: datetime) -> None:
        """Write the newest head that waits, if it is time: after it, nobody may write for hours.

        It is asked after everything that is read, so mostly it looks into no file.
        """
        head = self._waiting
        if head is None or (self._known is not None and _can_wait(self._known, head, now)):
            return
        with self._one_at_a_time:
            if self._waiting is not None:
                self._write_if_due(self._waiting, now)

    def flush(self) -> None:
        """Write the head that waits, due or not."""
        with self._one_at_a_time:
            if self._waiting is not None:
                self.tick(datetime.fromisoformat(self._waiting.at) + 2 * EVERY)

    def _write_if_due(self, head: Anchor, now: datetime) -> None:
        try:
            self._known = last = self._last(head.store)
            if last is None or _is_due(last, head, now):
                self._append(head)
                self._known = head
            elif last.hash != head.hash:
                return
            self._waiting = None
        except OSError as fault:
            _log.warning("The audit log could not be anchored: %s", fault.strerror)

    def _last(self, store: str) -> Anchor | None:
        """The store's last anchor, read from the end: other processes write here too."""
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _TAIL_BYTES))
                lines = file.read().splitlines()
        except FileNotFoundError:
            return None
        whole = lines if size <= _TAIL_BYTES else lines[1:]
        own = (anchor for line in reversed(whole) if (anchor := _parsed(line)))
        return next((anchor for anchor in own if anchor.store == store), None)

    def _append(self, anchor: Anchor) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY
        with os.fdopen(os.open(self.path, flags, 0o600), "ab") as file:
            line = json.dumps(asdict(anchor)).encode()
            file.write((b"" if _ends_whole(self.path) else b"\n") + line + b"\n")
            file.flush()
            os.fsync(file.fileno())


def read_anchors(path: Path, stores: Iterable[str]) -> Iterator[Anchor]:
    """Anchors of a store by any of its names, in the order they were written.

    Refusal for a file that is not there, or that holds a line that is no anchor; one that
    a power cut left unfinished is passed over.
    """
    names = frozenset(stores)
    try:
        text = path.read_bytes()
    except OSError as fault:
        raise Refusal(
            "The anchors cannot be read",
            found=f"{path}: {fault.strerror}",
            remedy=f"Name the file that {ANCHORS_VARIABLE} had when the rows were recorded",
        ) from fault
    for number, line in enumerate(text.split(b"\n"), start=1):
        anchor = _parsed(line)
        if anchor is not None and anchor.store in names:
            yield anchor
        elif anchor is None and line.strip() and not _is_torn(line):
            raise Refusal(
                "The file of anchors holds a line that is no anchor",
                found=f"Line {number} of {path}: {line[:60].decode(errors='replace')!r}",
                cause="It was changed, or is another file",
                remedy="Use the copy that was kept elsewhere",
            )


def _is_due(last: Anchor, head: Anchor, now: datetime) -> bool:
    """A head that goes back, as after a restore, is due at once; the same one never is."""
    rows = head.seq - last.seq
    if head.hash == last.hash:
        return False
    return rows < 0 or rows >= EVERY_ROWS or now - datetime.fromisoformat(last.at) >= EVERY


def _can_wait(known: Anchor, head: Anchor, now: datetime) -> bool:
    is_another = head.hash != known.hash
    return is_another and head.store == known.store and not _is_due(known, head, now)


def _is_torn(line: bytes) -> bool:
    return line.startswith(_BEGINNING[: len(line)]) and not line.endswith(b"}")


def _parsed(line: bytes) -> Anchor | None:
    try:
        return Anchor(**json.loads(line))
    except (TypeError, ValueError):
        return None


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size == 0:
            return True
        file.seek(size - 1)
        return file.read(1) == b"\n"
