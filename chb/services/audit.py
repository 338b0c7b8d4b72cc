"""The audit log as a service: what the store cannot record by itself, searching, verifying.

Every write records itself in its own transaction, and a look is recorded by the rule of the
service that was asked. What leaves the product or was refused is recorded here, by whoever
sends or refuses.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from chb.domain.access.permissions import Permission
from chb.domain.audit import (
    AuditAction,
    AuditEntry,
    AuditQuery,
    AuditRow,
    Verdict,
    without_content,
)
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_text
from chb.services.access.rules import needs, open_to_all
from chb.services.workspace import Workspace
from chb.store.audit.anchors import Anchor, read_anchors
from chb.store.audit.verifying import verify_log

SEARCH_KIND: Final = "audit log"
KEY_KIND: Final = "audit key"


@open_to_all
def record_disclosure(
    ws: Workspace,
    object_kind: str,
    object_id: str = "",
    *,
    recipient: str,
    purpose: str,
    **body: Any,
) -> None:
    """Record that something leaves the product; Refusal without recipient or purpose.

    To be called before it leaves, so that nothing leaves unrecorded.
    """
    entry = AuditEntry(AuditAction.DISCLOSE, object_kind, object_id, recipient, purpose, body)
    _record(ws, entry)


@open_to_all
def record_refusal(ws: Workspace, object_kind: str, object_id: str = "", *, what: str = "") -> None:
    """Record that somebody asked for what they may not see or do."""
    _record(ws, AuditEntry(AuditAction.REFUSE, object_kind, object_id, body={"what": what}))


@needs(Permission.AUDIT)
def search(ws: Workspace, query: AuditQuery) -> tuple[AuditRow, ...]:
    """Rows of the log, newest first. Searching the log is recorded in it, too.

    Whoever does not see every group is shown who did what to which id, and no content.
    """
    asked = {name: str(value) for name, value in vars(query).items() if value}
    with ws.writing() as tx:
        found = tx.audit.search(query)
        tx.audit.record(AuditAction.CONSULT, SEARCH_KIND, **asked, found=len(found))
    return found if ws.scope.sees_every_ocg else tuple(map(without_content, found))


@needs(Permission.AUDIT)
def verify(ws: Workspace, anchors: Path | None = None) -> Verdict:
    """Read the whole log and say whether, and where, it is not as it was recorded.

    ``anchors`` is a file of anchors in place of the store's own; Refusal when it is not
    there. The end of a log that was found whole is anchored, if that is due.
    """
    store = ws.store
    known = anchors or (store.anchors.path if store.anchors.path.exists() else None)
    with store.connection(ws.scope, writes=False) as connection:
        log = store.unit(connection, ws.scope).audit
        ring = store.keys.ring(log_has_rows=log.last_seq() > 0)
        held = () if known is None else tuple(read_anchors(known, ring.store_ids))
        verdict = verify_log(connection, ring, held)
    if verdict.is_whole and verdict.n_rows:
        now = ws.now().isoformat()
        store.anchors.offer(Anchor(verdict.n_rows, verdict.last_hash, now, ring.store_id))
    return verdict


def refusal_of(verdict: Verdict) -> Refusal | None:
    """Why the log cannot be trusted, in a sentence; None when it is whole."""
    first = verdict.first
    if first is None:
        return None
    more = verdict.n_faults - 1
    also = f"; {more:,} more {'fault' if more == 1 else 'faults'}" if more else ""
    return Refusal(
        f"The audit log does not verify: {first.fault}",
        found=f"{first.words}{also}",
        cause="Somebody wrote to the database past Holdfast, or the key or the anchors are "
        "those of another store",
        remedy="Change nothing, keep a copy of the database and of the anchors, and tell "
        "whoever is responsible for security; python -m chb audit verify lists what is wrong",
    )


@needs(Permission.ADMINISTER)
def erase_bodies(ws: Workspace, rows: Iterable[int], *, purpose: str) -> int:
    """Erase the contents of rows of the log for good; how many there were.

    What stays is who did something to what, and when; the chain still verifies.
    """
    why = checked_text(purpose, what="The purpose of the erasure")
    with ws.writing() as tx:
        return tx.audit.erase_bodies(rows, purpose=why)


@needs(Permission.ADMINISTER)
def renew_key(ws: Workspace, *, purpose: str) -> None:
    """Seal from now on with a new key. The old one stays in the folder, where it verifies."""
    why = checked_text(purpose, what="The purpose of a new key")
    with ws.writing() as tx:
        ring = ws.store.keys.renew()
        tx.audit.add(AuditEntry(AuditAction.ALTER, KEY_KIND, ring.store_id, purpose=why))


def _record(ws: Workspace, entry: AuditEntry) -> None:
    with ws.writing() as tx:
        tx.audit.add(entry)
