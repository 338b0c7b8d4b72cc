"""What every change of a place has in common: the place as seen, the lock, the version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import h3

from chb.domain.edits import CheckedEdit, StaleEdit
from chb.domain.places.places import Place
from chb.domain.refusal import Refusal
from chb.services.requests import once
from chb.services.workspace import Workspace
from chb.store.store import Transaction

Write = Callable[[Transaction, Place], None]


def edit_place(
    ws: Workspace, place_id: str, write: Write, edit: CheckedEdit, *, yours: str
) -> Place:
    """Change a place as it was when the person saw it, once.

    When somebody else saved first, StaleEdit tells what they saved beside
    ``yours``, the change in a few words, and nothing is changed.
    """

    def make() -> str:
        claim_place(tx, place_id, write, edit, yours=yours)
        return place_id

    with ws.writing() as tx:
        return existing_place(tx, once(tx, edit.request_key, make, now=ws.now()))


def claim_place(
    tx: Transaction, place_id: str, write: Write, edit: CheckedEdit, *, yours: str
) -> None:
    """The same within a transaction that changes more than one place."""
    place = existing_place(tx, place_id)
    if not tx.places.claim(place_id, version=edit.version):
        raise StaleEdit(
            place.name,
            seen_version=edit.version,
            version=place.version,
            theirs=last_recorded(place),
            yours=f"{yours} by {edit.by}, {edit.reason}",
        )
    write(tx, place)


def existing_place(tx: Transaction, place_id: str) -> Place:
    """The place; Refusal when it is not there."""
    place = tx.places.get(place_id)
    if place is None:
        raise Refusal(
            "That place is not there",
            found=f"No place has the id {place_id!r}",
            cause="It may have been removed in another window",
            remedy="Go back to the list of places",
        )
    return place


def refuse_same_name(tx: Transaction, name: str, *, but: str = "") -> None:
    """Refusal when another place has that name."""
    for place in tx.places.all():
        if place.id != but and place.name.casefold() == name.casefold():
            raise Refusal(
                f"There is already a place called {name}",
                found=f"It was started on {place.created_at:%d %B %Y} in {place.area_name}",
                remedy="Open that place, or give this one another name",
            )


def resolution_of(cells: frozenset[int]) -> int:
    """The one H3 resolution of the cells; Refusal for anything but cells of one resolution."""
    invalid = sorted(cell for cell in cells if not _is_cell(cell))
    if invalid:
        raise Refusal(
            "A boundary is made of H3 cells",
            found=f"{len(invalid)} of {len(cells)} are not, the first being {invalid[0]}",
        )
    resolutions = {h3.get_resolution(h3.int_to_str(cell)) for cell in cells}
    if len(resolutions) > 1:
        raise Refusal(
            "The cells of a boundary have one resolution",
            found=f"Found resolutions {sorted(resolutions)}",
            remedy="Choose all cells on a map of one resolution",
        )
    return int(resolutions.pop())


def last_recorded(place: Place) -> str:
    """What was saved last about the place, in words."""
    saved: list[tuple[datetime, str]] = [
        *((name.recorded_at, f"named {name.name} by {name.recorded_by}") for name in place.names),
        *(
            (tie.recorded_at, f"{tie.kind} {tie.subject} by {tie.recorded_by}, {tie.reason}")
            for tie in place.ties
        ),
        *(
            (drawn.recorded_at, f"boundary {drawn.change} by {drawn.recorded_by}, {drawn.reason}")
            for drawn in place.boundaries
        ),
        *(
            (
                opening.recorded_at,
                f"{'reopened' if opening.is_open else 'closed'} by {opening.recorded_by}, "
                f"{opening.reason}",
            )
            for opening in place.openings
        ),
        *(
            (
                change.recorded_at,
                f"{change.phase} {change.intensity} by {change.recorded_by}, {change.reason}",
            )
            for change in place.history
        ),
    ]
    numbered = [(moment, order, words) for order, (moment, words) in enumerate(saved)]
    return max(numbered)[2]


def _is_cell(cell: int) -> bool:
    return 0 < cell < 2**63 and bool(h3.is_valid_cell(h3.int_to_str(cell)))
