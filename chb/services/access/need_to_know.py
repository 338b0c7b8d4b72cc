"""Letting people in on a group or a place, and ending it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.permissions import Permission
from chb.domain.access.scope import NotForYou
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.planning.keeping import existing, save
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@needs(Permission.SEE_OPERATIONS, shows="need to know")
def who_knows(
    ws: Workspace, *, place_id: str | None = None, ocg_id: str | None = None
) -> tuple[NeedToKnow, ...]:
    """Everybody who was ever let in on a place or a group, in the order they were."""
    wanted = {"place_id": place_id} if ocg_id is None else {"ocg_id": ocg_id}
    with ws.reading() as tx:
        return tx.planner.grants.where(**wanted)


@needs(Permission.GRANT_NEED_TO_KNOW)
def let_in(
    ws: Workspace, grant: NeedToKnow, *, by: str, reason: str = "", request_key: str = ""
) -> NeedToKnow:
    """Let a person in on a group or a place that the one who lets them in knows.

    Only who has signed for an operation, leads it, or is the senior officer lets others sign.
    """

    def check(tx: Transaction, kept: NeedToKnow) -> None:
        _refuse_unknown_person(tx, kept)
        _refuse_secret_of_others(ws, kept)

    return save(
        ws,
        lambda tx: tx.planner.grants,
        grant,
        by=by,
        reason=reason,
        request_key=request_key,
        check=check,
    )


@needs(Permission.GRANT_NEED_TO_KNOW)
def end_need(ws: Workspace, grant_id: str, *, on: date, by: str, reason: str) -> NeedToKnow:
    """End what a person was let in on; from the day after they see it no more."""
    with ws.reading() as tx:
        seen = existing(tx.planner.grants, grant_id)
    last_day = max(on, seen.starts_on)  # what was ended earlier is not opened again
    ended = replace(seen, ends_on=min(last_day, seen.ends_on or last_day))
    return save(ws, lambda tx: tx.planner.grants, ended, by=by, reason=reason)


def _refuse_secret_of_others(ws: Workspace, grant: NeedToKnow) -> None:
    signs = grant.basis == Basis.INDOCTRINATED
    if signs and not ws.scope.is_indoctrinated(grant.place_id, grant.ocg_id):
        raise NotForYou(
            "You have not signed for this operation yourself",
            remedy="Ask its lead officer, or the Senior Responsible Officer, to let them in",
        )


def _refuse_unknown_person(tx: Transaction, grant: NeedToKnow) -> None:
    if tx.people.find(grant.work_email) is None:
        raise Refusal(
            "Nobody has that work address",
            found=f"Found {grant.work_email[:80]!r}",
            remedy="Add the person to the list of people first",
        )
