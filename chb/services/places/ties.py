"""Threats to a place, OCGs that affect it, its board and owners: tied and untied with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from chb.domain.access.conditions import check_may_be_given_work
from chb.domain.access.permissions import Permission
from chb.domain.access.scope import NotForYou, Scope
from chb.domain.edits import Edit
from chb.domain.people import Person
from chb.domain.places.places import Place
from chb.domain.places.records import Tie, TieKind
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line
from chb.services.access.rules import needs
from chb.services.places.edits import edit_place
from chb.services.requests import new_id
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True)
class PostToFill:
    """Somebody on a board, or an owner, who has left."""

    place: Place
    tie: Tie
    person: Person


@needs(Permission.PLAN)
def tie_to_place(ws: Workspace, place_id: str, kind: TieKind, subject: str, edit: Edit) -> Place:
    """Record a threat (in words), an OCG (by code), or somebody (by work e-mail or role)."""
    kept = edit.checked(today=ws.today(), what=f"Recording a {kind}")
    tie = Tie(
        tie_id=new_id(),
        kind=kind,
        subject=_checked_subject(kind, subject),
        is_added=True,
        effective_on=kept.on,
        reason=kept.reason,
        recorded_by=kept.by,
        recorded_at=ws.now(),
    )

    def write(tx: Transaction, place: Place) -> None:
        same = [known for known in place.tied(kept.on, kind) if _same(known, tie)]
        if same:
            raise Refusal(
                f"{tie.subject} is recorded already as {kind} at {place.name}",
                found=f"By {same[0].recorded_by}: {same[0].reason}",
                remedy="End that entry first if it no longer holds",
            )
        if kind.is_person:
            _refuse_gone(tx, tie)
        if kind == TieKind.OWNER and _is_owned(place, kept.on, ws.today()):
            _refuse_owner_by_others(ws.scope, place)
        tx.places.add_entry(place.id, tie)

    return edit_place(ws, place_id, write, kept, yours=f"{kind} {tie.subject}")


@needs(Permission.PLAN)
def untie_from_place(ws: Workspace, place_id: str, tie_id: str, edit: Edit) -> Place:
    """Record that a threat, OCG or person no longer belongs to the place."""
    kept = edit.checked(today=ws.today(), what="Ending an entry")

    def write(tx: Transaction, place: Place) -> None:
        tie = _in_force(place, tie_id)
        if tie.kind == TieKind.OWNER:
            _refuse_owner_by_others(ws.scope, place)
        if kept.on < tie.effective_on:
            raise Refusal(
                "It ends before it starts",
                found=f"From {tie.effective_on:%d %B %Y} to {kept.on:%d %B %Y}",
                cause="The two dates are probably the wrong way round",
                remedy=f"Choose {tie.effective_on:%d %B %Y} or a later day",
            )
        ended = replace(
            tie,
            is_added=False,
            effective_on=kept.on,
            reason=kept.reason,
            recorded_by=kept.by,
            recorded_at=ws.now(),
        )
        tx.places.add_entry(place.id, ended)

    return edit_place(ws, place_id, write, kept, yours="an entry ended")


@needs(Permission.SEE_OPERATIONS)
def places_of_ocg(ws: Workspace, code: str) -> tuple[Place, ...]:
    """Places that the OCG affects today."""
    with ws.reading() as tx:
        return tuple(
            place
            for place in tx.places.all()
            if any(
                tie.subject.casefold() == code.strip().casefold()
                for tie in place.tied(ws.today(), TieKind.OCG)
            )
        )


@needs(Permission.SEE_OPERATIONS)
def posts_to_fill(ws: Workspace) -> tuple[PostToFill, ...]:
    """Board members and owners who have left and whose post nobody took over yet."""
    with ws.reading() as tx:
        gone = {
            person.work_email.casefold(): person
            for person in tx.people.all()
            if person.has_left(ws.today())
        }
        return tuple(
            PostToFill(place, tie, gone[tie.subject.casefold()])
            for place in tx.places.all()
            for tie in place.tied(ws.today(), TieKind.BOARD, TieKind.OWNER)
            if tie.subject.casefold() in gone
        )


def _checked_subject(kind: TieKind, subject: str) -> str:
    what = {
        TieKind.OCG: "The OCG's code",
        TieKind.BOARD: "Who is on the board",
        TieKind.OWNER: "The owner",
    }.get(kind, f"The {kind}")
    longest = 200 if kind.is_person else 40 if kind is TieKind.OCG else 500
    return checked_line(subject, what=what, longest=longest)


def _same(known: Tie, tie: Tie) -> bool:
    return known.subject.casefold() == tie.subject.casefold()


def _is_owned(place: Place, *days: date) -> bool:
    """Whether anybody owns it on any of the days: an entry for the past holds today as well."""
    return any(place.tied(day, TieKind.OWNER) for day in days)


def _refuse_owner_by_others(scope: Scope, place: Place) -> None:
    """An owner knows a place's secrets: after the first, one is named by somebody who does."""
    if not scope.is_indoctrinated(place.id):
        raise NotForYou(
            f"Who owns {place.name} is not yours to say",
            cause="Whoever owns it sees what is secret until the trigger date",
            remedy="Ask one of its owners, or the senior officer",
        )


def _refuse_gone(tx: Transaction, tie: Tie) -> None:
    person = tx.people.find(tie.subject)
    if person is not None:
        check_may_be_given_work(person, tie.effective_on)


def _in_force(place: Place, tie_id: str) -> Tie:
    added = [tie for tie in place.ties if tie.tie_id == tie_id]
    if not added or not added[-1].is_added:
        raise Refusal(
            "That entry is not in force",
            cause="Somebody may have ended it already",
            remedy="Look at the place's record",
        )
    return added[-1]
