"""Walking the chain row by row: is it what was sealed, and does it follow the row before?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from chb.domain.audit import AuditAction, Fault, Finding
from chb.store.audit.chain import GENESIS, commitment, seal
from chb.store.audit.keys import KeyRing
from chb.store.audit.log import LOG_KIND, SEPARATOR

RESTORED_KIND: Final = "restored store"
"""What a row is about that puts a backup in place of the store, and of the end of the log."""


@dataclass(frozen=True)
class Restore:
    """A backup took the place of the store: rows after ``kept`` up to ``lost`` went with it."""

    kept: int
    lost: int
    at: str
    person: str


class ChainWalk:
    """What a pass has seen so far. Rows are fed in the order of their numbers."""

    def __init__(self, ring: KeyRing) -> None:
        self._keys = list(ring.keys)
        self._was_bad = False
        self.n_rows = 0
        self.n_erased = 0
        self.seq = 0
        self.prev = GENESIS
        self.without_body: set[int] = set()
        self.restores: list[Restore] = []
        self.first_unsealed: tuple[int | str, ...] | None = None
        """The first row whose hash nobody with the key gave it there."""

    def step(self, row: Sequence[Any]) -> Iterator[Finding]:
        """Findings at one row: audit's columns in their order, then its salt and body."""
        *fields, sealed, salt, body = row
        seq, prev = fields[0], fields[-1]
        is_sealed = self.is_sealed(fields, sealed)
        if seq != self.seq + 1:
            yield _gap(self.seq + 1, seq - 1)
        elif is_sealed and prev != self.prev and not self._was_bad:
            yield _does_not_follow(seq)
        if not is_sealed:
            self.first_unsealed = self.first_unsealed or (*fields, sealed)
            yield Finding(Fault.CHANGED, seq, f"Row {seq} is not as it was recorded")
        elif body is None:
            self.without_body.add(seq)
        elif commitment(salt, body) != fields[-2]:
            yield Finding(Fault.CONTENT_CHANGED, seq, f"The content of row {seq} was changed")
        if is_sealed:
            self._note(fields)
        self._was_bad = not is_sealed
        self.n_rows += 1
        self.seq, self.prev = seq, sealed

    def is_sealed(self, fields: Sequence[int | str], sealed: str) -> bool:
        """Whether one of the keys gave the row its hash; the key that did is tried first."""
        for position, key in enumerate(self._keys):
            if seal(key, fields) == sealed:
                if position:
                    self._keys.insert(0, self._keys.pop(position))
                return True
        return False

    def _note(self, fields: Sequence[Any]) -> None:
        """Remember what a genuine row makes lawful: contents erased, a backup restored."""
        seq, at, person, action, kind, object_id = fields[:6]
        if kind == LOG_KIND and action == AuditAction.ERASE:
            named = self.without_body.intersection(map(int, object_id.split(SEPARATOR)))
            self.n_erased += len(named)
            self.without_body -= named
        elif kind == RESTORED_KIND:
            self.restores.append(Restore(seq - 1, int(object_id), at, person))


def _gap(first: int, last: int) -> Finding:
    rows = f"Row {first} is" if first == last else f"Rows {first} to {last} are"
    return Finding(Fault.CUT_OUT, first, f"{rows} gone, and the log goes on after them")


def _does_not_follow(seq: int) -> Finding:
    words = f"Row {seq} was recorded after another row {seq - 1} than the one that stands there"
    return Finding(Fault.REWRITTEN, seq, words)
