"""Review, holds and disposal of what is kept. Nothing goes by itself because a day has come.

Disposing of a record takes it and all that goes with it out of the tables, with every
version, with drafts about it and with what the audit log kept of its contents; the log
still verifies, and says that it was disposed of, by whom and why. Backups that were made
before age out by themselves: until then they hold it, and are kept as safe as the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from chb.domain.access.permissions import Permission
from chb.domain.access.scope import EVERYTHING, NotForYou
from chb.domain.edits import checked_author
from chb.domain.records import Signature
from chb.domain.refusal import Refusal
from chb.domain.retention import (
    Disposal,
    Hold,
    KeptKind,
    Outcome,
    RetentionReview,
    check_may_be_disposed,
    checked_disposal_reason,
    in_force,
    is_due,
    review_due_on,
)
from chb.services.access.rules import needs
from chb.services.planning.keeping import save
from chb.services.workspace import Workspace
from chb.sources.retention import retention_rules
from chb.store.disposals import Reach
from chb.store.reviewable import Kept
from chb.store.store import Transaction

_LET_GO = "What it belonged to was disposed of"


@dataclass(frozen=True)
class DueRecord:
    """One thing whose review has come, or whose disposal was decided and not done yet."""

    kept: Kept
    due_on: date
    last_review: RetentionReview | None
    holds: tuple[Hold, ...]
    """Those in force on the record itself."""

    @property
    def is_to_go(self) -> bool:
        """Whether the last review decided on its disposal."""
        return self.last_review is not None and self.last_review.outcome is Outcome.DISPOSE


@dataclass(frozen=True)
class DueId:
    """What an administrator is told of a thing that is due: no name and no word of it."""

    kind: KeptKind
    record_id: str
    due_on: date
    is_held: bool


@dataclass(frozen=True)
class DisposalPreview:
    """What would go with a record, and what speaks against it."""

    counts: Mapping[str, int]
    holds: tuple[Hold, ...]
    decisions: tuple[int, ...]


@dataclass(frozen=True)
class Disposed:
    """What went. ``is_scrubbed`` is False when the file's freed space is still to be cleared."""

    counts: Mapping[str, int]
    n_bodies: int
    """Rows of the audit log whose contents were erased."""
    is_scrubbed: bool


@needs(Permission.DISPOSE)
def due_for_review(
    ws: Workspace, kinds: Iterable[KeptKind] = KeptKind, *, on: date | None = None
) -> tuple[DueRecord, ...]:
    """What is due by a day, today when none is named, of what the person may see.

    The longest overdue comes first. What is due stays on the list until it is decided.
    """
    return _due(ws, kinds, on=on or ws.today())


@needs(Permission.ADMINISTER)
def due_ids(ws: Workspace) -> tuple[DueId, ...]:
    """The same over the whole store, by kind and id only, for whoever runs the machine."""
    return tuple(
        DueId(each.kept.kind, each.kept.record_id, each.due_on, bool(each.holds))
        for each in _due(_sees_all(ws), KeptKind, on=ws.today())
    )


@needs(Permission.DISPOSE)
def find_kept(ws: Workspace, kind: KeptKind, record_id: str) -> Kept:
    """One thing that is kept; Refusal when there is none of that id that the person may see."""
    with ws.reading() as tx:
        return _existing(tx, kind, record_id)


@needs(Permission.DISPOSE)
def record_review(
    ws: Workspace,
    kind: KeptKind,
    record_id: str,
    *,
    outcome: Outcome,
    why: str,
    by: str,
    keep_until: date | None = None,
    request_key: str = "",
) -> RetentionReview:
    """Record what a review decided. A disposal that it decides on is done by ``dispose``."""
    review = RetentionReview(
        record_kind=kind,
        record_id=record_id,
        ocg_id=find_kept(ws, kind, record_id).ocg_id,
        outcome=outcome,
        held_on=ws.today(),
        keep_until=keep_until,
        why=why,
    )
    return save(ws, lambda tx: tx.planner.retention_reviews, review, by=by, request_key=request_key)


@needs(Permission.DISPOSE)
def place_hold(
    ws: Workspace, kind: KeptKind, record_id: str, *, why: str, by: str, request_key: str = ""
) -> Hold:
    """Let nobody dispose of a record, nor of anything it goes with, until it is lifted."""
    hold = Hold(
        record_kind=kind,
        record_id=record_id,
        ocg_id=find_kept(ws, kind, record_id).ocg_id,
        why=why,
        placed_by=checked_author(by),
        placed_on=ws.today(),
    )
    return save(ws, lambda tx: tx.planner.holds, hold, by=by, request_key=request_key)


@needs(Permission.DISPOSE)
def lift_hold(ws: Workspace, seen: Hold, *, why: str, by: str, request_key: str = "") -> Hold:
    """End a hold as it was seen; StaleEdit when somebody else changed it meanwhile."""
    lifted = seen.lifted(by=checked_author(by), on=ws.today(), why=why)
    return save(ws, lambda tx: tx.planner.holds, lifted, by=by, reason=why, request_key=request_key)


@needs(Permission.DISPOSE)
def list_holds(ws: Workspace) -> tuple[Hold, ...]:
    """Holds in force on what the person may see, the oldest first."""
    with ws.reading() as tx:
        return in_force(tx.planner.holds.all())


@needs(Permission.DISPOSE)
def list_disposals(ws: Workspace) -> tuple[Disposal, ...]:
    """What was disposed of, in that order: ids and reasons, no contents."""
    with ws.reading() as tx:
        return tx.disposals.all()


@needs(Permission.DISPOSE)
def preview_disposal(ws: Workspace, kind: KeptKind, record_id: str) -> DisposalPreview:
    """What would go with a record and whether it may; nothing is changed."""
    find_kept(ws, kind, record_id)
    with _sees_all(ws).reading() as tx:
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
    with _sees_all(ws).writing() as tx:
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


def _due(ws: Workspace, kinds: Iterable[KeptKind], *, on: date) -> tuple[DueRecord, ...]:
    with ws.reading() as tx:
        reviews = {
            (each.record_kind, each.record_id): each for each in tx.planner.retention_reviews.all()
        }
        holds: dict[tuple[KeptKind, str], list[Hold]] = defaultdict(list)
        for hold in in_force(tx.planner.holds.all()):
            holds[hold.record_kind, hold.record_id].append(hold)
        listed = [
            _looked_at(kept, reviews.get((kept.kind, kept.record_id)), holds)
            for kept in tx.reviewable.all(kinds)
        ]
    due = (each for each in listed if each.is_to_go or is_due(each.due_on, today=on))
    return tuple(sorted(due, key=lambda each: (each.due_on, each.kept.kind, each.kept.record_id)))


def _looked_at(
    kept: Kept,
    last_review: RetentionReview | None,
    holds: Mapping[tuple[KeptKind, str], list[Hold]],
) -> DueRecord:
    due_on = review_due_on(
        retention_rules()[kept.kind],
        last_changed_on=kept.last_changed_on,
        keep_until=last_review.keep_until if last_review else None,
    )
    return DueRecord(kept, due_on, last_review, tuple(holds.get((kept.kind, kept.record_id), ())))


def _existing(tx: Transaction, kind: KeptKind, record_id: str) -> Kept:
    kept = tx.reviewable.get(kind, record_id)
    if kept is None:
        raise Refusal(
            f"That {kind.spoken} is not there",
            found=f"None has the id {record_id[:80]!r}",
            cause="It may have been disposed of in another window",
            remedy="Go back to the list",
        )
    return kept


def _sees_all(ws: Workspace) -> Workspace:
    """The store as it is, in the person's name: what goes with a record goes unseen as well."""
    whole = replace(
        ws.scope, ocg_ids=EVERYTHING, indoctrinated_ids=EVERYTHING, holds_whole_store=True
    )
    return ws.seen_by(whole)


def _check_sees_whole(ws: Workspace, groups: frozenset[str]) -> None:
    """Refusal when something would go that the person does not know of."""
    if not all(ws.scope.sees_ocg(group) for group in groups):
        raise NotForYou(
            "It cannot be disposed of by you alone",
            cause="Something goes with it that is not yours to see",
            remedy="Ask the senior responsible officer",
        )
