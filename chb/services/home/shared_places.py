"""Places at a glance as partners and the community are shown them: light, and no more than that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.home import ActionCount
from chb.domain.places.places import Place
from chb.domain.views.wording import phases_shown
from chb.domain.views.work import PhaseShown
from chb.services.access.rules import needs
from chb.services.home.places import NO_ACTION, STILL_OPEN
from chb.services.views.harm import FINEST_FOR_COMMUNITY, FINEST_FOR_PARTNERS
from chb.services.views.shared_work import agreed_places, coarse_cells
from chb.services.workspace import Workspace
from chb.store.store import Transaction

_FINEST: Final = {View.PARTNER: FINEST_FOR_PARTNERS, View.COMMUNITY: FINEST_FOR_COMMUNITY}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedGlance:
    """One place under the title local people use, with what of it is no secret."""

    title: str
    area: str
    phases: tuple[PhaseShown, ...]
    actions: ActionCount
    """Shared work still to be done."""
    view: View
    """As whom the person is shown the place: as a partner, or as any resident."""
    resolution: int
    cells: tuple[int, ...]
    """The boundary, no finer than the map of bands of that view."""


@needs(Permission.SEE_COMMUNITY)
def shared_glances(ws: Workspace) -> tuple[SharedGlance, ...]:
    """Open places of which a phase is shared with the person, by title.

    What of a place they may read is the store's to say: where their agency has no agreement
    in force, how Build goes, and that in the cells of the community.
    """
    today = ws.today()
    with ws.reading() as tx:
        places = [place for place in tx.places.all() if place.is_open(today)]
        views = _views(ws, tx, places)
        counts = tx.action_counts.by_place(STILL_OPEN, today=today)
        triggers = _triggers(tx)
    found = []
    for place in sorted(places, key=lambda place: place.name.casefold()):
        phases = phases_shown(place.intensities(today), triggers[place.id], today=today)
        if phases:
            resolution, cells = coarse_cells(place, _FINEST[views[place.id]])
            found.append(
                SharedGlance(
                    title=place.name,
                    area=place.area_name,
                    phases=phases,
                    actions=counts.get(place.id, NO_ACTION),
                    view=views[place.id],
                    resolution=resolution,
                    cells=cells,
                )
            )
    return tuple(found)


def _views(ws: Workspace, tx: Transaction, places: Iterable[Place]) -> dict[str, View]:
    """As whom the person is shown each place."""
    places = tuple(places)
    agreed = agreed_places(ws, tx, places) if ws.scope.view >= View.PARTNER else frozenset()
    return {place.id: View.PARTNER if place.id in agreed else View.COMMUNITY for place in places}


def _triggers(tx: Transaction) -> dict[str, list[date | None]]:
    """Trigger dates of the plans of each place."""
    triggers: dict[str, list[date | None]] = defaultdict(list)
    for plan in tx.planner.plans.all():
        if plan.place_id is not None:
            triggers[plan.place_id].append(plan.trigger_on)
    return triggers
