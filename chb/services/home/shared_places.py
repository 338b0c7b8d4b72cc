"""Places at a glance as partners and the community are shown them: light, and no more than that."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.home import ActionCount
from chb.domain.views.wording import phases_shown
from chb.domain.views.work import PhaseShown
from chb.services.access.rules import needs
from chb.services.home.places import NO_ACTION, STILL_OPEN
from chb.services.views.harm import FINEST_FOR_COMMUNITY, FINEST_FOR_PARTNERS
from chb.services.views.work import coarse_cells
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedGlance:
    """One place under the title local people use, with what of it is no secret."""

    title: str
    area: str
    phases: tuple[PhaseShown, ...]
    actions: ActionCount
    """Shared work still to be done."""
    resolution: int
    cells: tuple[int, ...]
    """The boundary, no finer than the map of bands."""


@needs(Permission.SEE_COMMUNITY)
def shared_glances(ws: Workspace) -> tuple[SharedGlance, ...]:
    """Open places of which a phase is shared with the person, by title.

    What of a place they may read is the store's to say: where their agency has no agreement
    in force, how Build goes.
    """
    today = ws.today()
    finest = FINEST_FOR_PARTNERS if ws.scope.view >= View.PARTNER else FINEST_FOR_COMMUNITY
    with ws.reading() as tx:
        places = [place for place in tx.places.all() if place.is_open(today)]
        counts = tx.action_counts.by_place(STILL_OPEN, today=today)
        triggers = _triggers(tx)
    found = []
    for place in sorted(places, key=lambda place: place.name.casefold()):
        phases = phases_shown(place.intensities(today), triggers[place.id], today=today)
        if phases:
            resolution, cells = coarse_cells(place, finest)
            found.append(
                SharedGlance(
                    title=place.name,
                    area=place.area_name,
                    phases=phases,
                    actions=counts.get(place.id, NO_ACTION),
                    resolution=resolution,
                    cells=cells,
                )
            )
    return tuple(found)


def _triggers(tx: Transaction) -> dict[str, list[date | None]]:
    """Trigger dates of the plans of each place."""
    triggers: dict[str, list[date | None]] = defaultdict(list)
    for plan in tx.planner.plans.all():
        if plan.place_id is not None:
            triggers[plan.place_id].append(plan.trigger_on)
    return triggers
