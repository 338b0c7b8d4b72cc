"""Closing a place, opening it again, and resuming Clear, which may be done at any time."""

from __future__ import annotations

from datetime import date, datetime

from chb.domain.access.conditions import check_place_is_open
from chb.domain.access.permissions import Permission
from chb.domain.access.responsibility import check_moves_phases
from chb.domain.edits import CheckedEdit, Edit
from chb.domain.places.phases import Intensity, IntensityChange, Phase
from chb.domain.places.places import Place
from chb.domain.places.records import Opening
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.places.edits import edit_place
from chb.services.places.register import through_gate
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@needs(Permission.MANAGE_PLACES)
def close_place(ws: Workspace, place_id: str, edit: Edit) -> Place:
    """Close a place and every phase of it that is not closed yet.

    What was still open at the exit gate is kept with the entry for Build.
    """
    kept = edit.checked(today=ws.today(), what="Closing a place")

    def write(tx: Transaction, place: Place) -> None:
        check_moves_phases(ws.scope, place, ws.today())
        check_place_is_open(place, ws.today(), kept.on)
        close_now(tx, place, kept, now=ws.now())

    return edit_place(ws, place_id, write, kept, yours="closed")


@needs(Permission.MANAGE_PLACES)
def reopen_place(ws: Workspace, place_id: str, edit: Edit) -> Place:
    """Open a closed place again; its phases stay closed until each is changed."""
    kept = edit.checked(today=ws.today(), what="Reopening a place")

    def write(tx: Transaction, place: Place) -> None:
        check_moves_phases(ws.scope, place, ws.today())
        if place.is_open(kept.on):
            raise Refusal(
                f"{place.name} is open",
                found=f"On {kept.on:%d %B %Y}",
                cause="Somebody may have reopened it already",
                remedy="Change its phases, or choose another day",
            )
        _open(tx, place, kept, now=ws.now())

    return edit_place(ws, place_id, write, kept, yours="reopened")


@needs(Permission.MANAGE_PLACES)
def resume_clear(ws: Workspace, place_id: str, edit: Edit) -> Place:
    """Make Clear active again, whatever the other phases do; a closed place is reopened by it."""
    kept = edit.checked(today=ws.today(), what="Resuming Clear")

    def write(tx: Transaction, place: Place) -> None:
        check_moves_phases(ws.scope, place, ws.today())
        if place.intensities(kept.on)[Phase.CLEAR] == Intensity.ACTIVE:
            raise Refusal(
                f"Clear is active at {place.name}",
                found=f"On {kept.on:%d %B %Y}",
                remedy="Look at the history, or choose another day",
            )
        if not place.is_open(kept.on):
            _open(tx, place, kept, now=ws.now())
        change = _change(Phase.CLEAR, Intensity.ACTIVE, kept, now=ws.now())
        tx.places.add_change(place.id, change)

    return edit_place(ws, place_id, write, kept, yours="Clear resumed")


def close_now(tx: Transaction, place: Place, edit: CheckedEdit, *, now: datetime) -> None:
    """Close the place and its phases within a transaction."""
    _refuse_before_last(place, edit.on)
    tx.places.add_entry(place.id, _opening(edit, is_open=False, now=now))
    for phase, intensity in place.intensities(edit.on).items():
        if intensity not in (None, Intensity.CLOSED):
            change = _change(phase, Intensity.CLOSED, edit, now=now)
            tx.places.add_change(place.id, through_gate(tx, place, change))


def _open(tx: Transaction, place: Place, edit: CheckedEdit, *, now: datetime) -> None:
    _refuse_before_last(place, edit.on)
    tx.places.add_entry(place.id, _opening(edit, is_open=True, now=now))


def _opening(edit: CheckedEdit, *, is_open: bool, now: datetime) -> Opening:
    return Opening(
        is_open=is_open,
        effective_on=edit.on,
        reason=edit.reason,
        recorded_by=edit.by,
        recorded_at=now,
    )


def _change(
    phase: Phase, intensity: Intensity, edit: CheckedEdit, *, now: datetime
) -> IntensityChange:
    return IntensityChange(phase, intensity, edit.on, edit.reason, edit.by, now)


def _refuse_before_last(place: Place, day: date) -> None:
    """Closing or opening before what is already recorded would contradict it."""
    days = [
        *(change.effective_on for change in place.history),
        *(opening.effective_on for opening in place.openings),
    ]
    if days and day < max(days):
        raise Refusal(
            f"{place.name} has later entries",
            found=f"The last is for {max(days):%d %B %Y}, this one for {day:%d %B %Y}",
            cause="The two dates are probably the wrong way round",
            remedy=f"Choose {max(days):%d %B %Y} or a later day",
        )
