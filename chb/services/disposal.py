"""Disposal of what is kept, for good.

Disposing of a record takes it and all that goes with it out of the tables, with every
version, with drafts about it and with what the audit log kept of its contents; the log
still verifies, and says that it was disposed of, by whom and why. Backups that were made
before age out by themselves: until then they hold it, and are kept as safe as the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from chb.domain.access.permissions import Permission
from chb.domain.access.scope import NotForYou, in_full
from chb.domain.records import Signature
from chb.domain.retention import (
    Disposal,
    Hold,
    KeptKind,
    check_may_be_disposed,
    checked_disposal_reason,
    in_force,
)
from chb.services.access.rules import needs
from chb.services.retention import find_kept
from chb.services.workspace import Workspace
from chb.store.disposals import Reach
from chb.store.store import Transaction

_LET_GO = "What it belonged to was disposed of"


@dataclass(frozen=True)
class DisposalPreview:
    """What would go with a record, and what speaks against it."""

    counts: Mapping[str, int]
    holds: tuple[Hold, ...]
    decisions: tuple[str, ...]


@dataclass(frozen=True)
class Disposed:
    """What went. ``is_scrubbed`` is False when the file's freed space is still to be cleared."""

    counts: Mapping[str, int]
    n_bodies: int
    """Rows of the audit log whose contents were erased."""
    is_scrubbed: bool


@needs(Permission.DISPOSE)
def list_disposals(ws: Workspace) -> tuple[Disposal, ...]:
    """What was disposed of, in that order: ids and reasons, no contents."""
    with ws.reading() as tx:
        return tx.disposals.all()


@needs(Permission.DISPOSE)
def preview_disposal(ws: Workspace, kind: KeptKind, record_id: str) -> DisposalPreview:
    """What would go with a record and whether it may; nothing is changed."""
    find_kept(ws, kind, record_id)
    with ws.seen_by(in_full(ws.scope)).reading() as tx:
        reach = _reach(tx, kind, record_id)
        _check_sees_whole(ws, tx.disposals.groups(reach))
        return DisposalPreview(
            _counts(reach), _holds(tx, reach), tx.disposals.decisions_about(reach)
        )


@needs(Permission.DISPOSE)
def dispose(ws: Workspace, kind: KeptKind, record_id: str, *, reason: str) -> Disposed:
    """Take a record and all that goes with it out for good; Refusal while anything is held.

    What hangs on it and has a subject of its own stays, and lets go of it.
    """
    why = checked_disposal_reason(reason)
    find_kept(ws, kind, record_id)
    with ws.seen_by(in_full(ws.scope)).writing() as tx:
        reach = _reach(tx, kind, record_id)
        _check_sees_whole(ws, tx.disposals.groups(reach))
        check_may_be_disposed(_holds(tx, reach), tx.disposals.decisions_about(reach))
        numbers = [
            n for each, ids in reach.items() for id_ in ids for n in tx.audit.numbers_of(each, id_)
        ]
        stray = _erase(ws, tx, reach, kind=kind, record_id=record_id, why=why)
        n_bodies = tx.audit.erase_bodies(numbers, purpose=why)
    if stray is not None:
        stray.unlink(missing_ok=True)
    return Disposed(_counts(reach), n_bodies, is_scrubbed=ws.store.scrub())


def _erase(
    ws: Workspace, tx: Transaction, reach: Reach, *, kind: KeptKind, record_id: str, why: str
) -> Path | None:
    """Erase within a transaction; the file that nothing refers to any more, once it commits."""
    if kind is KeptKind.INCIDENTS:
        return _erase_incidents(ws, tx, record_id, why=why)
    tx.drafts.remove_about(frozenset().union(*reach.values()), tx.disposals.codes(reach))
    _let_go(ws, tx, reach)
    tx.disposals.erase(reach, kind=kind.value, record_id=record_id, reason=why, at=ws.now())
    return None


def _erase_incidents(ws: Workspace, tx: Transaction, name: str, *, why: str) -> Path | None:
    entry = tx.frames.find(KeptKind.INCIDENTS, name)
    tx.frames.remove(KeptKind.INCIDENTS, name)
    tx.disposals.note(KeptKind.INCIDENTS, name, reason=why, at=ws.now())
    if entry is None or any(each.file_name == entry.file_name for each in tx.frames.entries()):
        return None
    return tx.frames.path(entry)


def _let_go(ws: Workspace, tx: Transaction, reach: Reach) -> None:
    """Let what stays name nothing that goes; each of these is a version like any other."""
    signature = Signature(by=ws.scope.name or ws.scope.person, at=ws.now(), reason=_LET_GO)
    going = reach.get("intervention", frozenset())
    for event in tx.planner.disruptions.where(intervention_id=going):
        if event.id not in reach.get("disruption", ()):
            tx.planner.disruptions.change(replace(event, intervention_id=None), signature)
    going = reach.get("intelligence_requirement", frozenset())
    for request in tx.planner.partner_requests.where(requirement_id=going):
        if request.id not in reach.get("partner_request", ()):
            tx.planner.partner_requests.change(replace(request, requirement_id=None), signature)


def _reach(tx: Transaction, kind: KeptKind, record_id: str) -> Reach:
    if kind is KeptKind.INCIDENTS:
        return {kind.value: frozenset({record_id})}
    return tx.disposals.reach(kind.value, record_id)


def _holds(tx: Transaction, reach: Reach) -> tuple[Hold, ...]:
    """Holds in force on anything that would go, and those that would themselves."""
    going = reach.get("legal_hold", ())
    return tuple(
        hold
        for hold in in_force(tx.planner.holds.all())
        if hold.id in going or hold.record_id in reach.get(hold.record_kind.value, ())
    )


def _counts(reach: Reach) -> dict[str, int]:
    return {name: len(ids) for name, ids in sorted(reach.items())}


def _check_sees_whole(ws: Workspace, groups: frozenset[str]) -> None:
    """Refusal when something would go that the person does not know of."""
    if not all(ws.scope.sees_ocg(group) for group in groups):
        raise NotForYou(
            "It cannot be disposed of by you alone",
            cause="Something goes with it that is not yours to see",
            remedy="Ask the senior responsible officer",
        )
