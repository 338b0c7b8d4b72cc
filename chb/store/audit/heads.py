"""Comparing the log with its anchors: is what was its end once still in it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from chb.domain.audit import Fault, Finding
from chb.store.audit.anchors import EVERY_ROWS, Anchor
from chb.store.audit.walk import Restore


class AnchoredHeads:
    """Anchors by row, and those that were missed. Rows are fed in the order of their numbers."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._waiting: dict[int, list[Anchor]] = defaultdict(list)
        for anchor in anchors:
            self._waiting[anchor.seq].append(anchor)
        self._missed: list[Anchor] = []
        self.n_anchors = sum(map(len, self._waiting.values()))
        self.newest_met = 0

    def step(self, seq: int, sealed: str) -> None:
        """Compare one row with the anchors of its number."""
        anchors = self._waiting.pop(seq, None)
        if anchors is None:
            return
        met = [anchor for anchor in anchors if anchor.hash == sealed]
        self._missed += [anchor for anchor in anchors if anchor.hash != sealed]
        if met:
            self.newest_met = seq

    def findings(self, last_seq: int, restores: Sequence[Restore]) -> Iterator[Finding]:
        """After the last row: anchors of rows that are not there, or are others now."""
        beyond = [a for some in self._waiting.values() for a in some if not _excused(a, restores)]
        if beyond:
            newest = max(beyond, key=lambda anchor: anchor.seq)
            words = (
                f"The log ends with row {last_seq}, and had {newest.seq} on {newest.at[:16]}: "
                "its end was cut off"
            )
            yield Finding(Fault.TRUNCATED, last_seq + 1, words)
        for anchor in self._missed:
            if not _excused(anchor, restores):
                words = (
                    f"Row {anchor.seq} is another than on {anchor.at[:16]}: the log was cut "
                    "at or before it and written afresh"
                )
                yield Finding(Fault.REWRITTEN, anchor.seq, words)

    def notes(self, last_seq: int, restores: Sequence[Restore]) -> tuple[str, ...]:
        """What a reader should know that is no fault."""
        unheld = last_seq >= EVERY_ROWS and not self.n_anchors
        missing = "There is no anchor of this log: had its end been cut off, nobody could tell"
        return (missing,) * unheld + tuple(
            f"Rows {each.kept + 1} to {each.lost} were replaced on {each.at[:16]}, when "
            f"{each.person} restored a backup"
            for each in restores
            if each.lost > each.kept
        )


def _excused(anchor: Anchor, restores: Sequence[Restore]) -> bool:
    """A backup that was restored took this row away, after it was anchored."""
    return any(each.kept < anchor.seq <= each.lost and anchor.at <= each.at for each in restores)
