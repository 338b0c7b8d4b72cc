"""Starting a place and moving its phases; history is never rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import h3

from chb.domain.phases import Intensity, IntensityChange, Phase
from chb.domain.places import Boundary, Place, checked_cells, checked_place_name, checked_reason
from chb.domain.refusal import Refusal
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.store.store import Transaction


def list_places(ws: Workspace) -> tuple[Place, ...]:
    """Every place, oldest first."""
    with ws.store.reading() as tx:
        return tx.places.all()


def get_place(ws: Workspace, place_id: str) -> Place:
    """One place; Refusal when it is not there."""
    with ws.store.reading() as tx:
        return _existing(tx, place_id)


def start_place(
    ws: Workspace,
    *,
    name: str,
    cells: Iterable[int],
    area_name: str,
    reason: str,
    by: str,
    request_key: str = "",
) -> Place:
    """Start a place on H3 cells of one resolution, with Clear, Hold and Build all planned.

    Hold and Build are designed at the onset, alongside Clear, so all three phases
    get their first entry on the first day.
    """
    kept = checked_cells(frozenset(int(cell) for cell in cells))
    reason = checked_reason(reason, what="Starting a place")
    now = ws.now()
    boundary = Boundary(
        version=1,
        resolution=_resolution(kept),
        cells=kept,
        valid_from=ws.today(),
        reason=reason,
        recorded_at=now,
    )
    place = Place(
        id=new_id(),
        name=checked_place_name(name),
        area_name=area_name,
        boundaries=(boundary,),
        history=tuple(
            IntensityChange(phase, Intensity.PLANNED, ws.today(), reason, checked_author(by), now)
            for phase in Phase
        ),
        created_at=now,
        version=1,
    )

    def make() -> str:
        _refuse_same_name(tx, place)
        tx.places.add(place)
        return place.id

    with ws.store.writing() as tx:
        return _existing(tx, once(tx, request_key, make, now=now))


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
    changed it meanwhile the entry is refused, and nothing is lost.
    """
    change = IntensityChange(
        phase, intensity, effective_on, _reason_for(phase, reason), checked_author(by), ws.now()
    )

    def make() -> str:
        place = _existing(tx, place_id)
        _refuse_no_change(place, change)
        if not tx.places.claim(place_id, version=version):
            raise _stale(place, version)
        tx.places.add_change(place_id, change)
        return place_id

    with ws.store.writing() as tx:
        return _existing(tx, once(tx, request_key, make, now=ws.now()))


def checked_author(by: str) -> str:
    """Who does it, as it will be recorded; Refusal when nobody is named."""
    by = " ".join(by.split())
    if not by:
        raise Refusal(
            "The record needs to say who did this",
            remedy="Choose your name, or type your role, for example LRO",
        )
    return by


def _reason_for(phase: Phase, reason: str) -> str:
    return checked_reason(reason, what=f"A change of {phase.value}")


def _existing(tx: Transaction, place_id: str) -> Place:
    place = tx.places.get(place_id)
    if place is None:
        raise Refusal(
            "That place is not there",
            found=f"No place has the id {place_id!r}",
            cause="It may have been removed in another window",
            remedy="Go back to the list of places",
        )
    return place


def _resolution(cells: frozenset[int]) -> int:
    invalid = sorted(cell for cell in cells if not h3.is_valid_cell(h3.int_to_str(cell)))
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


def _refuse_same_name(tx: Transaction, new: Place) -> None:
    same = [place for place in tx.places.all() if place.name.casefold() == new.name.casefold()]
    if same:
        raise Refusal(
            f"There is already a place called {new.name}",
            found=f"It was started on {same[0].created_at:%d %B %Y} in {same[0].area_name}",
            remedy="Open that place, or give this one another name",
        )


def _refuse_no_change(place: Place, change: IntensityChange) -> None:
    now = place.intensities(change.effective_on)[change.phase]
    if now == change.intensity:
        raise Refusal(
            f"{change.phase} is already {change.intensity} at {place.name}",
            found=f"On {change.effective_on:%d %B %Y}",
            cause="Somebody may have recorded it already",
            remedy="Look at the history, or choose another intensity or day",
        )


def _stale(place: Place, version: int) -> Refusal:
    last = place.history[-1]
    return Refusal(
        f"{place.name} was changed while you were looking at it",
        found=f"You saw version {version}; it is now version {place.version}: {last.phase} "
        f"{last.intensity} by {last.recorded_by}, {last.reason}",
        remedy="Look at the new entry; send yours again if it still holds",
    )
