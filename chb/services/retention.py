"""Review of what is kept, and holds on it. Nothing goes by itself because a day has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chb.domain.access.permissions import Permission
from chb.domain.access.scope import in_full
from chb.domain.edits import checked_author
from chb.domain.refusal import Refusal
from chb.domain.retention import (
    Hold,
    KeptKind,
    Outcome,
    RetentionReview,
    in_force,
    is_due,
    review_due_on,
)
from chb.services.access.rules import needs
from chb.services.planning.keeping import save
from chb.services.workspace import Workspace
from chb.sources.retention import retention_rules
from chb.store.reviewable import Kept
from chb.store.store import Transaction


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


@needs(Permission.DISPOSE, shows="records due for review")
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
        for each in _due(ws.seen_by(in_full(ws.scope)), KeptKind, on=ws.today())
    )


@needs(Permission.DISPOSE, shows="kept record")
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
    """Record what a review decided; a disposal that it decides on is done elsewhere."""
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


@needs(Permission.DISPOSE, shows="legal holds")
def list_holds(ws: Workspace) -> tuple[Hold, ...]:
    """Holds in force on what the person may see, the oldest first."""
    with ws.reading() as tx:
        return in_force(tx.planner.holds.all())


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
