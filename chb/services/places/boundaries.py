"""Names and boundaries of a place change; the earlier ones stay in its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from chb.domain.access.conditions import check_place_is_open
from chb.domain.access.permissions import Permission
from chb.domain.edits import CheckedEdit, Edit
from chb.domain.places.places import Boundary, Place, checked_cells, checked_place_name
from chb.domain.places.records import BoundaryChange, NameEntry
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_past
from chb.services.access.rules import needs
from chb.services.places.edits import edit_place, refuse_same_name, resolution_of
from chb.services.workspace import Workspace
from chb.store.store import Transaction

Cells = frozenset[int]


@needs(Permission.MANAGE_PLACES)
def rename_place(ws: Workspace, place_id: str, name: str, edit: Edit) -> Place:
    """Call the place by another name; the earlier names can still be found."""
    kept = edit.checked(today=ws.today(), what="Another name")
    entry = NameEntry(
        name=checked_place_name(name),
        valid_from=checked_past(kept.on, today=ws.today(), what="Another name"),
        reason=kept.reason,
        recorded_by=kept.by,
        recorded_at=ws.now(),
    )

    def write(tx: Transaction, place: Place) -> None:
        if entry.name == place.name:
            raise Refusal(f"The place is called {place.name} already", remedy="Write another name")
        refuse_same_name(tx, entry.name, but=place.id)
        tx.places.rename(place.id, entry)

    return edit_place(ws, place_id, write, kept, yours=f"named {entry.name}")


@needs(Permission.MANAGE_PLACES)
def redraw_place(
    ws: Workspace, place_id: str, cells: Iterable[int], edit: Edit, *, from_hotspot: bool = False
) -> Place:
    """Give the place a new version of its boundary: all of its cells.

    The version says by itself whether the place was extended, shrunk or redrawn,
    unless it was grown from a hotspot's cells.
    """
    asked = frozenset(int(cell) for cell in cells)
    change = BoundaryChange.GROWN if from_hotspot else None
    return _draw(ws, place_id, lambda _: asked, edit, change)


@needs(Permission.MANAGE_PLACES)
def extend_place(ws: Workspace, place_id: str, cells: Iterable[int], edit: Edit) -> Place:
    """Add cells to the place, as a new version of its boundary."""
    added = frozenset(int(cell) for cell in cells)
    return _draw(ws, place_id, lambda present: present | added, edit, None)


@needs(Permission.MANAGE_PLACES)
def shrink_place(ws: Workspace, place_id: str, cells: Iterable[int], edit: Edit) -> Place:
    """Take cells away from the place, as a new version of its boundary."""
    taken = frozenset(int(cell) for cell in cells)
    return _draw(ws, place_id, lambda present: present - taken, edit, None)


def next_boundary(
    place: Place, cells: Cells, change: BoundaryChange, edit: CheckedEdit, *, now: datetime
) -> Boundary:
    """The version after the one in force; Refusal when it cannot follow it."""
    present = place.boundary
    checked_past(edit.on, today=now.date(), what="A boundary")
    if edit.on < present.valid_from:
        raise Refusal(
            "A boundary follows the one before it",
            found=f"The present one is from {present.valid_from:%d %B %Y}, "
            f"this one from {edit.on:%d %B %Y}",
            cause="The two dates are probably the wrong way round",
            remedy=f"Choose {present.valid_from:%d %B %Y} or a later day",
        )
    return Boundary(
        version=present.version + 1,
        resolution=resolution_of(cells),
        cells=cells,
        valid_from=edit.on,
        reason=edit.reason,
        recorded_at=now,
        change=change,
        recorded_by=edit.by,
    )


def _draw(
    ws: Workspace,
    place_id: str,
    new_cells: Callable[[Cells], Cells],
    edit: Edit,
    change: BoundaryChange | None,
) -> Place:
    kept = edit.checked(today=ws.today(), what="Another boundary")

    def write(tx: Transaction, place: Place) -> None:
        check_place_is_open(place, ws.today(), kept.on)
        cells = checked_cells(new_cells(place.boundary.cells))
        how = change or _how(place.boundary.cells, cells)
        tx.places.add_boundary(place.id, next_boundary(place, cells, how, kept, now=ws.now()))

    return edit_place(ws, place_id, write, kept, yours="another boundary")


def _how(before: Cells, after: Cells) -> BoundaryChange:
    if after == before:
        raise Refusal(
            "The boundary is the same as before",
            found=f"The same {len(before):,} cells",
            remedy="Choose cells to add or to take away",
        )
    if after > before:
        return BoundaryChange.EXTENDED
    return BoundaryChange.SHRUNK if after < before else BoundaryChange.REDRAWN
