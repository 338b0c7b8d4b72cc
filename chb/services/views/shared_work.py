"""What partners and the community may both be told of: open places, and tasks no secret hides.

What a scope may read at all is the store's to say; the views that stand on this put it into
types that cannot hold more, in wording that was made for partners.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from chb.domain.access.roles import HOSTS
from chb.domain.access.scope import OPERATOR
from chb.domain.places.phases import Phase
from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.domain.planning.interventions import Intervention
from chb.domain.views.wording import is_shared, shared_wording
from chb.domain.views.work import PublicMilestone
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cell_levels import parents

MOST_MILESTONES: Final = 3


@dataclass(frozen=True)
class SharedWork:
    """Open places and the tasks that are no secret."""

    places: tuple[Place, ...]
    tasks: tuple[Intervention, ...]
    place_of_plan: dict[str, str]
    triggers: dict[str, tuple[date | None, ...]]
    """Trigger dates of the plans of each place."""
    agreed: frozenset[str]
    """Ids of the places that are shared as partners see them."""
    affected: frozenset[str]
    """Ids of places that organised crime affects, for who may be told that much."""

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {place.id: place.name for place in self.places}

    @cached_property
    def _tasks_by_place(self) -> dict[str, list[Intervention]]:
        found: dict[str, list[Intervention]] = defaultdict(list)
        for task in self.tasks:
            found[self._place_of(task)].append(task)
        return found

    def _place_of(self, task: Intervention) -> str:
        return task.place_id or self.place_of_plan.get(task.plan_id, "")

    def is_agreed(self, task: Intervention) -> bool:
        return self._place_of(task) in self.agreed

    def title_of(self, task: Intervention) -> str:
        return self._titles.get(self._place_of(task), "")

    def milestones(
        self, place: Place, today: date, *, phases: tuple[Phase, ...]
    ) -> tuple[PublicMilestone, ...]:
        """The next dated steps at a place. What a step is called stays with its officers."""
        ahead = [
            PublicMilestone(wording_of(task), due_on)
            for task in self._tasks_by_place[place.id]
            if task.phase in phases
            for due_on in _due(task)
            if due_on >= today
        ]
        return tuple(sorted(ahead, key=lambda step: (step.due_on, step.wording))[:MOST_MILESTONES])


def shared_work(ws: Workspace, tx: Transaction, *, with_tasks: bool = True) -> SharedWork:
    """What the scope may read, without groups' work and without what is secret still.

    The store filters by scope already; it is filtered again here, so that an officer who
    looks at the shared views sees what partners see.
    """
    today = ws.today()
    plans = {plan.id: plan for plan in tx.planner.plans.all() if plan.ocg_id is None}
    triggers: dict[str, tuple[date | None, ...]] = {}
    for plan in plans.values():
        if plan.place_id is not None:
            triggers[plan.place_id] = (*triggers.get(plan.place_id, ()), plan.trigger_on)
    places = tuple(
        sorted(
            (place for place in tx.places.all() if place.is_open(today)),
            key=lambda place: place.name.casefold(),
        )
    )
    return SharedWork(
        places=places,
        tasks=tuple(
            each
            for each in (tx.planner.interventions.all() if with_tasks else ())
            if each.plan_id in plans
            and each.ocg_id is None
            and is_shared(
                each.phase, each.trigger_on or plans[each.plan_id].trigger_on, today=today
            )
        ),
        place_of_plan={plan.id: plan.place_id or "" for plan in plans.values()},
        triggers=triggers,
        agreed=agreed_places(ws, tx, places),
        affected=_affected(ws),
    )


def agreed_places(ws: Workspace, tx: Transaction, places: Iterable[Place]) -> frozenset[str]:
    """Places with a sharing agreement of the person's agency; all of them where none is needed.

    Of a place's group, an agency can read its own entry, while its agreement is in force.
    """
    if not ws.scope.needs_agreements:
        return frozenset(place.id for place in places)
    return frozenset(each.place_id for each in tx.planner.stakeholders.all())


def _affected(ws: Workspace) -> frozenset[str]:
    """Places a group is tied to: that there is one, for those who convene the partnership."""
    if not ws.scope.roles & HOSTS:
        return frozenset()
    with ws.seen_by(OPERATOR).reading() as tx:
        return frozenset(
            place.id for place in tx.places.all() if place.tied(ws.today(), TieKind.OCG)
        )


def coarse_cells(place: Place, finest: int) -> tuple[int, tuple[int, ...]]:
    """The cells of a place's boundary, no finer than may be shown."""
    resolution = min(place.boundary.resolution, finest)
    cells = np.array(sorted(place.boundary.cells), dtype=np.uint64)
    return resolution, tuple(int(cell) for cell in np.unique(parents(cells, resolution)))


def wording_of(task: Intervention) -> str:
    """What a task is called outside the police: its shared title, or a title of its kind."""
    return shared_wording(task.shared_title, pillar=task.pillar, phase=task.phase)


def _due(task: Intervention) -> Iterable[date]:
    if task.status.is_open:
        yield from ([task.due_on] if task.due_on is not None else [])
        yield from (step.due_on for step in task.milestones if step.done_on is None)
