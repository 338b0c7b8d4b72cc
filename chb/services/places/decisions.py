"""The decision log: adding entries, and correcting them by further entries."""

from __future__ import annotations

from chb.domain.access.permissions import Permission
from chb.domain.edits import StaleEdit, checked_author
from chb.domain.places.decisions import Decision, DecisionDraft, Link, LinkKind
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.places.edits import existing_place
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@needs(Permission.SEE_OPERATIONS, shows="decision log")
def list_decisions(ws: Workspace, *, about: Link | None = None) -> tuple[Decision, ...]:
    """Every entry of the log, or those about one thing, in order; corrected ones among them."""
    with ws.reading() as tx:
        return tx.decisions.all(about)


@needs(Permission.SEE_OPERATIONS, shows="decision")
def get_decision(ws: Workspace, decision_id: str) -> Decision:
    """One entry; Refusal when it is not there."""
    with ws.reading() as tx:
        return _existing(tx, decision_id)


@needs(Permission.DECIDE)
def record_decision(
    ws: Workspace, draft: DecisionDraft, *, by: str, request_key: str = ""
) -> Decision:
    """Add an entry to the log."""
    checked, author = draft.checked(today=ws.today()), checked_author(by)

    def make() -> str:
        return _add(ws, tx, checked, author, corrects=None)

    with ws.writing() as tx:
        return _existing(tx, once(tx, request_key, make, now=ws.now()))


@needs(Permission.DECIDE)
def correct_decision(
    ws: Workspace, decision_id: str, draft: DecisionDraft, *, by: str, request_key: str = ""
) -> Decision:
    """Add an entry that corrects another; both stay.

    When somebody else has corrected that entry meanwhile, StaleEdit shows theirs
    beside yours: what is corrected next is their entry.
    """
    checked, author = draft.checked(today=ws.today()), checked_author(by)

    def make() -> str:
        corrected = _existing(tx, decision_id)
        _refuse_corrected(tx, corrected, checked)
        _refuse_other_subjects(corrected, checked)
        return _add(ws, tx, checked, author, corrects=corrected.id)

    with ws.writing() as tx:
        return _existing(tx, once(tx, request_key, make, now=ws.now()))


def _add(
    ws: Workspace, tx: Transaction, draft: DecisionDraft, author: str, *, corrects: str | None
) -> str:
    decision = Decision(
        id=new_id(),
        draft=draft,
        recorded_by=author,
        recorded_at=ws.now(),
        corrects=corrects,
    )
    tx.decisions.add(decision, is_sample=_is_sample(tx, draft, corrects))
    return decision.id


def _is_sample(tx: Transaction, draft: DecisionDraft, corrects: str | None) -> bool:
    """A decision about nothing but the sample place, or correcting one, goes when it goes."""
    places = [link.reference for link in draft.links if link.kind is LinkKind.PLACE]
    for place_id in places:
        existing_place(tx, place_id)
    if corrects is not None:
        return tx.decisions.is_sample(corrects)
    return bool(places) and all(tx.places.is_sample(place_id) for place_id in places)


def _refuse_corrected(tx: Transaction, corrected: Decision, draft: DecisionDraft) -> None:
    if corrected.corrected_by is None:
        return
    theirs = _existing(tx, corrected.corrected_by)
    raise StaleEdit(
        f"Decision {corrected.reference}",
        seen_version=1,
        version=2,
        theirs=f"{theirs.draft.what} by {theirs.recorded_by}, {theirs.draft.rationale}",
        yours=f"{draft.what}, {draft.rationale}",
    )


def _refuse_other_subjects(corrected: Decision, draft: DecisionDraft) -> None:
    """Whoever saw the entry sees that it no longer stands: its correction hides behind nothing."""
    added = [link for link in draft.links if link not in corrected.draft.links]
    if added:
        raise Refusal(
            "A correction is about what the entry it corrects is about",
            found=f"{len(added)} more, the first being a {added[0].kind}",
            remedy="Record another decision about that, and leave it out here",
        )


def _existing(tx: Transaction, decision_id: str) -> Decision:
    decision = tx.decisions.get(decision_id)
    if decision is None:
        raise Refusal(
            "That decision is not there",
            found=f"No entry has the id {decision_id!r}",
            remedy="Go back to the decision log",
        )
    return decision
