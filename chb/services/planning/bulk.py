"""Changing many actions at once, each as a version of its own, for one reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from chb.domain.access.permissions import Permission
from chb.domain.places.places import checked_reason
from chb.domain.planning.bulk import BulkRefused, RefusedAction, checked_edits
from chb.domain.planning.interventions import Intervention
from chb.domain.records import Signature
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.planning.keeping import as_kept, existing, keep, signed
from chb.services.planning.plans import check_intervention
from chb.services.planning.secrecy import unseen_fields
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@needs(Permission.PLAN)
def save_interventions(
    ws: Workspace,
    edited: Sequence[Intervention],
    *,
    by: str,
    reason: str,
    request_key: str = "",
) -> tuple[Intervention, ...]:
    """Save interventions as a person edited them; as they are kept, in the order given.

    Each is a version of its own with the same reason. Where one cannot be saved, because
    somebody else changed it meanwhile or for any other cause, none is: BulkRefused tells
    of every one. The same request sent again changes nothing.
    """
    sent = checked_edits(edited)
    signature = signed(ws, by, checked_reason(reason, what="A change of actions"))

    def make() -> str:
        refused = tuple(_refused(ws, tx, sent, signature))
        if refused:  # what was written before it is undone with the transaction
            raise BulkRefused(refused, n_sent=len(sent))
        return new_id()

    with ws.writing() as tx:
        once(tx, request_key, make, now=signature.at)
        return tuple(as_kept(tx.planner.interventions, each.id, each.checked()) for each in sent)


def _refused(
    ws: Workspace, tx: Transaction, sent: Iterable[Intervention], signature: Signature
) -> Iterator[RefusedAction]:
    """Save each; those that cannot be, one by one."""
    for each in sent:
        try:
            _keep(ws, tx, each, signature, today=ws.today())
        except Refusal as refusal:
            yield RefusedAction(each.id, each.title, refusal)


def _keep(
    ws: Workspace, tx: Transaction, edited: Intervention, signature: Signature, *, today: date
) -> None:
    kept = edited.checked()
    check_intervention(tx, existing(tx.planner.interventions, kept.id), kept, today=today)
    plan = tx.planner.plans.get(kept.plan_id)
    unseen = unseen_fields(ws.scope, plan)
    keep(tx.planner.interventions, kept, signature=signature, unseen=unseen)
