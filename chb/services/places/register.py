"""Starting a place and moving its phases; history is never rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from chb.domain.access.conditions import check_place_is_open
from chb.domain.access.permissions import Permission
from chb.domain.access.responsibility import check_moves_phases
from chb.domain.edits import Edit, checked_author
from chb.domain.places.gates import gate_of
from chb.domain.places.phases import Intensity, IntensityChange, Phase
from chb.domain.places.places import (
    Boundary,
    Place,
    checked_cells,
    checked_place_name,
    checked_reason,
)
from chb.domain.places.records import BoundaryChange, NameEntry
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line
from chb.services.access.rules import needs, open_to_all
from chb.services.places.edits import (
    edit_place,
    existing_place,
    refuse_same_name,
    resolution_of,
)
from chb.services.places.gates import state_of_gate
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@open_to_all
def list_places(ws: Workspace) -> tuple[Place, ...]:
    """Every place, oldest first."""
    with ws.reading() as tx:
        return tx.places.all()


@open_to_all
def place_names(ws: Workspace) -> dict[str, str]:
    """Name of every place by its id, oldest first: for lists to choose from."""
    with ws.reading() as tx:
        return tx.places.names()


@open_to_all
def get_place(ws: Workspace, place_id: str) -> Place:
    """One place; Refusal when it is not there."""
    with ws.reading() as tx:
        return existing_place(tx, place_id)


@open_to_all
def find_place(ws: Workspace, name: str) -> Place:
    """The place of that id or name, a name it has now before one it had earlier."""
    places = list_places(ws)
    wanted = name.strip().casefold()
    known = {former.casefold(): place for place in places for former in place.earlier_names}
    known |= {place.name.casefold(): place for place in places}
    known |= {place.id: place for place in places}
    if wanted in known:
        return known[wanted]
    raise Refusal(
        f"No place is called {name.strip()[:200]!r}",
        found=f"There are {', '.join(place.name for place in places) or 'none yet'}",
        remedy="Look at the list: python -m chb places list",
    )


@needs(Permission.START_PLACES)
def start_place(
    ws: Workspace,
    *,
    name: str,
    cells: Iterable[int],
    area_name: str,
    reason: str,
    by: str,
    request_key: str = "",
    change: BoundaryChange = BoundaryChange.DRAWN,
) -> Place:
    """Start a place on H3 cells of one resolution, with Clear, Hold and Build all planned.

    Hold and Build are designed at the onset, alongside Clear, so all three phases
    get their first entry on the first day. ``change`` says whether the boundary
    was drawn or grown from a hotspot.
    """
    reason = checked_reason(reason, what="Starting a place")
    by = checked_author(by)
    place = new_place(ws, name=name, cells=cells, reason=reason, by=by, change=change)
    place = replace(
        place,
        area_name=checked_line(area_name, what="The area's name", required=False),
        history=tuple(
            IntensityChange(phase, Intensity.PLANNED, ws.today(), reason, by, ws.now())
            for phase in Phase
        ),
    )

    def make() -> str:
        refuse_same_name(tx, place.name)
        tx.places.add(place)
        return place.id

    with ws.writing() as tx:
        return existing_place(tx, once(tx, request_key, make, now=ws.now()))


def new_place(
    ws: Workspace, *, name: str, cells: Iterable[int], reason: str, by: str, change: BoundaryChange
) -> Place:
    """A place that begins today, with its name and boundary and nothing else yet."""
    kept = checked_cells(frozenset(int(cell) for cell in cells))
    now, today, name = ws.now(), ws.today(), checked_place_name(name)
    boundary = Boundary(
        version=1,
        resolution=resolution_of(kept),
        cells=kept,
        valid_from=today,
        reason=reason,
        recorded_at=now,
        change=change,
        recorded_by=by,
    )
    first_name = NameEntry(
        name=name, valid_from=today, reason=reason, recorded_by=by, recorded_at=now
    )
    return Place(
        id=new_id(),
        name=name,
        area_name="",
        boundaries=(boundary,),
        history=(),
        created_at=now,
        version=1,
        names=(first_name,),
    )


@needs(Permission.MANAGE_PLACES)
def change_intensity(
    ws: Workspace,
    place_id: str,
    *,
    phase: Phase,
    intensity: Intensity,
    effective_on: date,
    reason: str,
    by: str,
    version: int,
    request_key: str = "",
) -> Place:
    """Add an entry to a place's history.

    ``version`` is that of the place as the person saw it: when somebody else has
    changed it meanwhile the entry is refused, and nothing is lost. Where the change
    goes through a gate, the entry keeps what was still open there; the reason then
    says why it was done all the same.
    """
    edit = Edit(
        reason=reason, by=by, version=version, on=effective_on, request_key=request_key
    ).checked(today=ws.today(), what=f"A change of {phase.value}")
    change = IntensityChange(phase, intensity, edit.on, edit.reason, edit.by, ws.now())

    def write(tx: Transaction, place: Place) -> None:
        check_moves_phases(ws.scope, place, ws.today())
        check_place_is_open(place, ws.today(), edit.on)
        _refuse_no_change(place, change)
        tx.places.add_change(place.id, through_gate(tx, place, change))

    return edit_place(ws, place_id, write, edit, yours=f"{phase} {intensity}")


def through_gate(tx: Transaction, place: Place, change: IntensityChange) -> IntensityChange:
    """The change with what is open at the gate it goes through, if it goes through one."""
    gate = gate_of(
        change.phase, place.intensities(change.effective_on)[change.phase], change.intensity
    )
    if gate is None:
        return change
    return replace(change, gate=state_of_gate(tx, place.id, gate).passage())


def _refuse_no_change(place: Place, change: IntensityChange) -> None:
    now = place.intensities(change.effective_on)[change.phase]
    if now == change.intensity:
        raise Refusal(
            f"{change.phase} is already {change.intensity} at {place.name}",
            found=f"On {change.effective_on:%d %B %Y}",
            cause="Somebody may have recorded it already",
            remedy="Look at the history, or choose another intensity or day",
        )
