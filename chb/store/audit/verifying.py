"""Verifying the whole log as a stream: one pass, each row held for a moment only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, func, select

from chb.domain.audit import Fault, Finding, Verdict
from chb.store.audit.anchors import Anchor
from chb.store.audit.guards import audit_guards_off
from chb.store.audit.heads import AnchoredHeads
from chb.store.audit.keys import KeyRing
from chb.store.audit.walk import ChainWalk
from chb.store.tables.audit import audit, audit_body

MOST_FINDINGS: Final = 20

_AT_ONCE: Final = 5_000
_MOST_RENUMBERED: Final = 1_000
"""How many rows may be gone before one that was renumbered, for its true number to be found."""

_ROWS: Final = (
    select(*audit.c, audit_body.c.salt, audit_body.c.body)
    .select_from(audit.outerjoin(audit_body, audit_body.c.seq == audit.c.seq))
    .order_by(audit.c.seq)
    .execution_options(yield_per=_AT_ONCE)
)


def verify_log(connection: Connection, ring: KeyRing, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Whether the log is as it was recorded, and where it is not; at one moment of the store.

    The findings are the first by row, in the order of rows; what concerns no row comes last.
    """
    walk, heads = ChainWalk(ring), AnchoredHeads(anchors)
    first: list[Finding] = []
    n_faults = 0
    for finding in _findings(connection, walk, heads):
        n_faults += 1
        first = sorted((*first, finding), key=_by_row)[:MOST_FINDINGS]
    return Verdict(
        n_rows=walk.n_rows,
        n_erased=walk.n_erased,
        last_hash=walk.prev if walk.n_rows else "",
        n_anchors=heads.n_anchors,
        anchored_seq=heads.newest_met,
        n_faults=n_faults,
        findings=tuple(_explained(connection, walk, finding) for finding in first),
        notes=heads.notes(walk.seq, walk.restores),
    )


def _findings(connection: Connection, walk: ChainWalk, heads: AnchoredHeads) -> Iterator[Finding]:
    for row in connection.execute(_ROWS):
        yield from walk.step(row)
        heads.step(walk.seq, walk.prev)
    for seq in sorted(walk.without_body):
        words = f"The content of row {seq} is gone, and no row says that it was erased"
        yield Finding(Fault.CONTENT_REMOVED, seq, words)
    ends = list(heads.findings(walk.seq, walk.restores))
    yield from ends or _left_behind(connection, walk.seq)
    for name in audit_guards_off(connection):
        yield Finding(Fault.UNGUARDED, 0, f"The guard {name} is missing, off or another")


def _left_behind(connection: Connection, last_seq: int) -> Iterator[Finding]:
    """Contents whose rows are gone from the end of the log."""
    last_body = connection.execute(select(func.max(audit_body.c.seq))).scalar_one() or 0
    if last_body > last_seq:
        words = f"The log ends with row {last_seq}; the content of row {last_body} is still there"
        yield Finding(Fault.TRUNCATED, last_seq + 1, words)


def _explained(connection: Connection, walk: ChainWalk, finding: Finding) -> Finding:
    """What happened to a row that is not as it was recorded, where it can be told."""
    if finding.fault != Fault.CHANGED or walk.first_unsealed is None:
        return finding
    if finding.seq == walk.first_unsealed[0]:
        return _moved(connection, walk, finding, walk.first_unsealed) or _unsealed(walk, finding)
    return _unsealed(walk, finding)


def _unsealed(walk: ChainWalk, finding: Finding) -> Finding:
    """Of the last row nobody can tell whether it was changed or put there without the key."""
    if finding.seq == 1 < walk.seq:
        words = (
            "Row 1 is not as it was recorded, or was sealed with a key that is not in the folder"
        )
        return replace(finding, words=words)
    if finding.seq != walk.seq:
        return finding
    words = f"Row {finding.seq}, the last, was put there without the key, or changed since"
    return replace(finding, fault=Fault.FORGED, words=words)


def _moved(
    connection: Connection, walk: ChainWalk, finding: Finding, row: Sequence[Any]
) -> Finding | None:
    """A genuine row under another number: rows were swapped, or closed up over a cut."""
    *fields, sealed = row
    true_seq = next(
        (
            seq
            for seq in range(1, walk.seq + _MOST_RENUMBERED)
            if walk.is_sealed([seq, *fields[1:]], sealed)
        ),
        None,
    )
    if true_seq is None:
        return None
    before = select(audit.c.seq).where(audit.c.hash == fields[-1])
    is_cut = true_seq > finding.seq and connection.execute(before).first() is None
    words = f"Row {true_seq} stands as row {finding.seq}" + (
        ", and the rows between are gone" if is_cut else ": rows were put in another order"
    )
    return replace(finding, fault=Fault.CUT_OUT if is_cut else Fault.REORDERED, words=words)


def _by_row(finding: Finding) -> float:
    return finding.seq or float("inf")
