"""Places at a glance: the phases of each, what is overdue there, and how harm moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chb.domain.access.permissions import Permission
from chb.domain.home import ActionCount
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.domain.planning.interventions import InterventionStatus
from chb.services.access.rules import needs
from chb.services.workspace import Workspace

STILL_OPEN: Final = tuple(each.value for each in InterventionStatus if each.is_open)
NO_ACTION: Final = ActionCount(0, 0, None)


@dataclass(frozen=True, kw_only=True)
class PlaceGlance:
    """One place as a card shows it."""

    place_id: str
    name: str
    area_name: str
    phases: Mapping[Phase, Intensity | None]
    actions: ActionCount
    """Those still to be done."""
    boundary_version: int
    is_own: bool
    """Whether the viewer owns it or leads there."""


@needs(Permission.SEE_OPERATIONS)
def places_at_a_glance(ws: Workspace) -> tuple[PlaceGlance, ...]:
    """Open places: the viewer's own first, then those with most overdue, then by name."""
    today = ws.today()
    with ws.reading() as tx:
        places = [place for place in tx.places.all() if place.is_open(today)]
        counts = tx.action_counts.by_place(STILL_OPEN, today=today)
    known_as = ws.scope.known_as
    glances = [
        PlaceGlance(
            place_id=place.id,
            name=place.name,
            area_name=place.area_name,
            phases=place.intensities(today),
            actions=counts.get(place.id, NO_ACTION),
            boundary_version=place.boundary.version,
            is_own=bool(known_as & _leads(ws, place)),
        )
        for place in places
    ]
    return tuple(sorted(glances, key=_urgency))


def _leads(ws: Workspace, place: Place) -> frozenset[str]:
    ties = place.tied(ws.today(), TieKind.OWNER)
    return frozenset(tie.subject.casefold() for tie in ties)


def _urgency(glance: PlaceGlance) -> tuple[bool, int, str]:
    return not glance.is_own, -glance.actions.n_overdue, glance.name.casefold()
