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
from chb.domain.planning.plans import Plan
from chb.domain.views.wording import is_shared, shared_wording
from chb.domain.views.work import PublicMilestone, SharedStep
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cell_levels import parents

MOST_MILESTONES: Final = 3
_WITH_STEPS: Final = (Phase.HOLD, Phase.BUILD)
"""Days of Clear are told to nobody outside the police."""


@dataclass(frozen=True)
class SharedWork:
    """Open places, and what tells which tasks are no secret."""

    today: date
    places: tuple[Place, ...]
    plans: dict[str, Plan]
    """Plans of places by id."""
    steps: dict[str, list[SharedStep]]
    """Of each place, what is due next."""
    agreed: frozenset[str]
    """Ids of the places that are shared as partners see them."""
    affected: frozenset[str]
    """Ids of places that organised crime affects, for who may be told that much."""

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {place.id: place.name for place in self.places}

    @cached_property
    def triggers(self) -> dict[str, list[date | None]]:
        """Trigger dates of the plans of each place."""
        found: dict[str, list[date | None]] = defaultdict(list)
        for plan in self.plans.values():
            found[plan.place_id or ""].append(plan.trigger_on)
        return found

    def _place_of(self, task: Intervention) -> str:
        return task.place_id or self.plans[task.plan_id].place_id or ""

    def is_agreed(self, task: Intervention) -> bool:
        return self._place_of(task) in self.agreed

    def title_of(self, task: Intervention) -> str:
        return self._titles.get(self._place_of(task), "")

    def no_secret(self, tasks: Iterable[Intervention]) -> tuple[Intervention, ...]:
        """The tasks without groups' work and without what is secret still.

        The store filters by scope already; it is filtered again here, so that an officer who
        looks at the shared views sees what partners see.
        """
        return tuple(
            each
            for each in tasks
            if each.plan_id in self.plans
            and each.ocg_id is None
            and is_shared(
                each.phase,
                each.trigger_on or self.plans[each.plan_id].trigger_on,
                today=self.today,
            )
        )

    def milestones(self, place: Place, *, phases: tuple[Phase, ...]) -> tuple[PublicMilestone, ...]:
        """The next dated steps at a place. What a step is called stays with its officers."""
        ahead = [
            PublicMilestone(wording_of(step), step.due_on)
            for step in self.steps.get(place.id, ())
            if step.phase in phases
        ]
        return tuple(sorted(ahead, key=lambda step: (step.due_on, step.wording))[:MOST_MILESTONES])


def shared_work(ws: Workspace, tx: Transaction, *, with_steps: bool = True) -> SharedWork:
    """What the scope may read of places; who does not show what is due next leaves it out."""
    today = ws.today()
    places = tuple(
        sorted(
            (place for place in tx.places.all() if place.is_open(today)),
            key=lambda place: place.name.casefold(),
        )
    )
    return SharedWork(
        today=today,
        places=places,
        plans={plan.id: plan for plan in tx.planner.plans.where(ocg_id=None)},
        steps=_steps(tx, today) if with_steps else {},
        agreed=agreed_places(ws, tx, places),
        affected=_affected(ws),
    )


def _steps(tx: Transaction, today: date) -> dict[str, list[SharedStep]]:
    found: dict[str, list[SharedStep]] = defaultdict(list)
    for step in tx.shared_tasks.steps(phases=_WITH_STEPS, since=today):
        found[step.place_id].append(step)
    return found


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


def wording_of(task: Intervention | SharedStep) -> str:
    """What a task is called outside the police: its shared title, or a title of its kind."""
    return shared_wording(task.shared_title, pillar=task.pillar, phase=task.phase)
