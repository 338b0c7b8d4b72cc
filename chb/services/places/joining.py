"""Splitting a place in two and merging two into one; the records of all stay whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from chb.domain.access.conditions import check_place_is_open
from chb.domain.access.permissions import Permission
from chb.domain.access.responsibility import check_moves_phases
from chb.domain.audit import AuditAction
from chb.domain.edits import CheckedEdit, Edit
from chb.domain.places.phases import IntensityChange
from chb.domain.places.places import Place, checked_cells
from chb.domain.places.records import BoundaryChange, Relation, RelationKind, Tie
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.places.boundaries import next_boundary
from chb.services.places.edits import claim_place, existing_place, refuse_same_name
from chb.services.places.openings import close_now
from chb.services.places.register import new_place
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.store.store import Transaction

COMBINED_KIND: Final = "place"


@needs(Permission.MANAGE_PLACES)
def split_place(ws: Workspace, place_id: str, cells: Iterable[int], name: str, edit: Edit) -> Place:
    """Take cells out of a place to start another there, and return the new one.

    The new place begins today with the phases as they stand and with everything
    that is tied to the old one.
    """
    kept = edit.checked(today=ws.today(), what="Splitting a place")
    leaving = frozenset(int(cell) for cell in cells)
    begun = new_place(
        ws,
        name=name,
        cells=leaving,
        reason=kept.reason,
        by=kept.by,
        change=BoundaryChange.SPLIT,
    )

    def write(tx: Transaction, place: Place) -> None:
        check_place_is_open(place, ws.today(), kept.on)
        refuse_same_name(tx, begun.name)
        _refuse_part(place, leaving)
        staying = checked_cells(place.boundary.cells - leaving)
        boundary = next_boundary(place, staying, BoundaryChange.SPLIT, kept, now=ws.now())
        tx.places.add_boundary(place.id, boundary)
        tx.places.add(_begun_from(ws, begun, place, kept), is_sample=tx.places.is_sample(place.id))

    def make() -> str:
        claim_place(tx, place_id, write, kept, yours=f"{begun.name} split from it")
        return begun.id

    with ws.writing() as tx:
        return existing_place(tx, once(tx, kept.request_key, make, now=ws.now()))


@needs(Permission.MANAGE_PLACES)
def merge_places(
    ws: Workspace, place_id: str, absorbed_id: str, edit: Edit, *, absorbed_version: int
) -> Place:
    """Join another place to this one, and return this one.

    This place gets the cells and ties of both. The other is closed and says
    where it went; its record stays as it is.
    """
    kept = edit.checked(today=ws.today(), what="Merging two places")

    def absorb(tx: Transaction, absorbed: Place) -> None:
        check_moves_phases(ws.scope, absorbed, ws.today())
        check_place_is_open(absorbed, ws.today(), kept.on)
        close_now(tx, absorbed, kept, now=ws.now())
        tx.places.add_entry(absorbed.id, _relation(ws, RelationKind.MERGED_INTO, place_id, kept))

    def write(tx: Transaction, place: Place) -> None:
        absorbed = existing_place(tx, absorbed_id)
        check_moves_phases(ws.scope, place, ws.today())
        check_place_is_open(place, ws.today(), kept.on)
        _refuse_pair(tx, place, absorbed)
        other = replace(kept, version=absorbed_version)
        claim_place(tx, absorbed_id, absorb, other, yours=f"merged into {place.name}")
        cells = checked_cells(place.boundary.cells | absorbed.boundary.cells)
        boundary = next_boundary(place, cells, BoundaryChange.MERGED, kept, now=ws.now())
        tx.places.add_boundary(place.id, boundary)
        for tie in _carried(ws, absorbed, kept, present=place):
            tx.places.add_entry(place.id, tie)
        tx.audit.record(AuditAction.COMBINE, COMBINED_KIND, place.id, absorbed=[absorbed.id])

    def make() -> str:
        claim_place(tx, place_id, write, kept, yours="another place merged into it")
        return place_id

    with ws.writing() as tx:
        return existing_place(tx, once(tx, kept.request_key, make, now=ws.now()))


def _begun_from(ws: Workspace, begun: Place, origin: Place, edit: CheckedEdit) -> Place:
    now, today = ws.now(), ws.today()
    return replace(
        begun,
        area_name=origin.area_name,
        history=tuple(
            IntensityChange(phase, intensity, today, edit.reason, edit.by, now)
            for phase, intensity in origin.intensities(today).items()
            if intensity is not None
        ),
        relations=(_relation(ws, RelationKind.SPLIT_FROM, origin.id, edit),),
        ties=_carried(ws, origin, edit, present=begun),
    )


def _carried(ws: Workspace, origin: Place, edit: CheckedEdit, *, present: Place) -> tuple[Tie, ...]:
    """What is tied to the origin and not yet to the present place, as new ties."""
    known = {(tie.kind, tie.subject.casefold()) for tie in present.tied(ws.today())}
    return tuple(
        replace(
            tie,
            tie_id=new_id(),
            effective_on=ws.today(),
            reason=edit.reason,
            recorded_by=edit.by,
            recorded_at=ws.now(),
        )
        for tie in origin.tied(ws.today())
        if (tie.kind, tie.subject.casefold()) not in known
    )


def _relation(ws: Workspace, kind: RelationKind, other_id: str, edit: CheckedEdit) -> Relation:
    return Relation(
        kind=kind,
        other_place_id=other_id,
        effective_on=edit.on,
        reason=edit.reason,
        recorded_by=edit.by,
        recorded_at=ws.now(),
    )


def _refuse_part(place: Place, leaving: frozenset[int]) -> None:
    outside = leaving - place.boundary.cells
    if outside:
        raise Refusal(
            f"A place is split off with cells of {place.name}",
            found=f"{len(outside)} of {len(leaving)} cells are outside it",
            remedy="Choose cells within the boundary, or extend the place first",
        )
    if leaving == place.boundary.cells:
        raise Refusal(
            f"Some cells must stay with {place.name}",
            found=f"All {len(leaving)} were chosen",
            remedy="Choose fewer cells, or rename the place instead",
        )


def _refuse_pair(tx: Transaction, place: Place, absorbed: Place) -> None:
    if place.id == absorbed.id:
        raise Refusal("A place cannot be merged with itself", remedy="Choose another place")
    if place.boundary.resolution != absorbed.boundary.resolution:
        raise Refusal(
            "Two places are merged when their cells are of one resolution",
            found=f"{place.name} has resolution {place.boundary.resolution}, "
            f"{absorbed.name} {absorbed.boundary.resolution}",
            remedy="Redraw one of them at the other's resolution first",
        )
    if tx.places.is_sample(place.id) != tx.places.is_sample(absorbed.id):
        raise Refusal(
            "A place of the sample borough is kept apart from real ones",
            cause="The sample can be made afresh at any time, which removes its places",
            remedy="Choose two real places, or two of the sample",
        )
