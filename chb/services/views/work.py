"""Places, tasks, signals and assets as partners and the community are shown them.

What a scope may read at all is the store's to say; here it is put into types that cannot
hold more, in wording that was made for partners.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import HOSTS, View
from chb.domain.access.scope import OPERATOR
from chb.domain.assets.register import Asset
from chb.domain.places.phases import Phase
from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.signals import Signal
from chb.domain.views.wording import is_shared, phases_shown, shared_wording
from chb.domain.views.work import (
    CommunityAsset,
    CommunityPlace,
    CommunityTask,
    PartnerPlace,
    PartnerSignal,
    PartnerTask,
    PublicMilestone,
)
from chb.services.access.rules import needs
from chb.services.assets.register import open_assets
from chb.services.views.access import require_view
from chb.services.views.harm import FINEST_FOR_COMMUNITY, FINEST_FOR_PARTNERS
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cell_levels import parents

MOST_MILESTONES: Final = 3


@needs(Permission.SEE_COMMUNITY)
def partner_places(ws: Workspace, *, with_steps: bool = True) -> tuple[PartnerPlace, ...]:
    """Open places, by title, with the phases that are no secret and the next steps.

    An agency is shown those at which it has a sharing agreement in force. Steps come from
    every task there is: who does not show them leaves them out.
    """
    require_view(ws, View.PARTNER)
    with ws.reading() as tx:
        return _partner_places(ws, _shared(ws, tx, with_tasks=with_steps))


@needs(Permission.SEE_COMMUNITY)
def partner_work(ws: Workspace) -> tuple[tuple[PartnerPlace, ...], tuple[PartnerTask, ...]]:
    """``partner_places`` and ``partner_tasks`` of one moment, read once."""
    require_view(ws, View.PARTNER)
    with ws.reading() as tx:
        shared = _shared(ws, tx)
    return _partner_places(ws, shared), _partner_tasks(ws, shared)


def _partner_places(ws: Workspace, shared: _Shared) -> tuple[PartnerPlace, ...]:
    return tuple(
        _partner_place(ws, shared, place) for place in shared.places if place.id in shared.agreed
    )


@needs(Permission.SEE_COMMUNITY)
def community_places(ws: Workspace) -> tuple[CommunityPlace, ...]:
    """Open places at which Build is worked at or planned."""
    require_view(ws, View.COMMUNITY)
    with ws.reading() as tx:
        shared = _shared(ws, tx)
    found = []
    for place in shared.places:
        build = place.intensities(ws.today())[Phase.BUILD]
        if build is not None:
            resolution, cells = coarse_cells(place, FINEST_FOR_COMMUNITY)
            found.append(
                CommunityPlace(
                    title=place.name,
                    area=place.area_name,
                    build=build.value,
                    resolution=resolution,
                    cells=cells,
                    milestones=shared.milestones(place, ws.today(), phases=(Phase.BUILD,)),
                )
            )
    return tuple(found)


@needs(Permission.SEE_COMMUNITY)
def partner_tasks(ws: Workspace) -> tuple[PartnerTask, ...]:
    """Tasks at places where the agency has signed, by due date: its own, and those of Build.

    Who convenes the partnership is shown those of all agencies at all places.
    """
    require_view(ws, View.PARTNER)
    with ws.reading() as tx:
        return _partner_tasks(ws, _shared(ws, tx))


def _partner_tasks(ws: Workspace, shared: _Shared) -> tuple[PartnerTask, ...]:
    found = [
        PartnerTask(
            task_id=each.id,
            wording=_wording(each),
            place=shared.title_of(each),
            phase=each.phase.value,
            pillar=each.pillar.value,
            lead_agency=each.lead_agency,
            status=each.status.value,
            starts_on=each.starts_on,
            due_on=each.due_on,
        )
        for each in shared.tasks
        if shared.is_agreed(each)
        and (each.phase == Phase.BUILD or _is_theirs(ws, each.lead_agency))
    ]
    return tuple(sorted(found, key=lambda task: (task.due_on or date.max, task.wording)))


@needs(Permission.SEE_COMMUNITY)
def community_tasks(ws: Workspace) -> tuple[CommunityTask, ...]:
    """Work of Build of all agencies, by due date."""
    require_view(ws, View.COMMUNITY)
    with ws.reading() as tx:
        shared = _shared(ws, tx)
    found = [
        CommunityTask(
            wording=_wording(each),
            place=shared.title_of(each),
            pillar=each.pillar.value,
            lead_agency=each.lead_agency,
            status=each.status.value,
            due_on=each.due_on,
        )
        for each in shared.tasks
        if each.phase == Phase.BUILD
    ]
    return tuple(sorted(found, key=lambda task: (task.due_on or date.max, task.wording)))


@needs(Permission.SEND_SIGNALS)
def partner_signals(ws: Workspace) -> tuple[PartnerSignal, ...]:
    """Signals of the own agency, of all for who convenes the partnership, the latest first."""
    require_view(ws, View.PARTNER)
    with ws.reading() as tx:
        sent = [each for each in tx.planner.signals.all() if _is_theirs(ws, each.agency)]
    sent.sort(key=lambda each: (each.last_day, each.first_day), reverse=True)
    return tuple(_partner_signal(each) for each in sent)


@needs(Permission.SEE_COMMUNITY)
def community_assets(ws: Workspace) -> tuple[CommunityAsset, ...]:
    """Community assets, by title: where they stand and when they are open."""
    require_view(ws, View.COMMUNITY)
    return tuple(_community_asset(each) for each in open_assets(ws))


@dataclass(frozen=True)
class _Shared:
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
            PublicMilestone(_wording(task), due_on)
            for task in self._tasks_by_place[place.id]
            if task.phase in phases
            for due_on in _due(task)
            if due_on >= today
        ]
        return tuple(sorted(ahead, key=lambda step: (step.due_on, step.wording))[:MOST_MILESTONES])


def _shared(ws: Workspace, tx: Transaction, *, with_tasks: bool = True) -> _Shared:
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
    return _Shared(
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


def _partner_place(ws: Workspace, shared: _Shared, place: Place) -> PartnerPlace:
    today = ws.today()
    resolution, cells = coarse_cells(place, FINEST_FOR_PARTNERS)
    return PartnerPlace(
        place_id=place.id,
        title=place.name,
        area=place.area_name,
        phases=phases_shown(
            place.intensities(today), shared.triggers.get(place.id, ()), today=today
        ),
        resolution=resolution,
        cells=cells,
        is_affected=place.id in shared.affected,
        codes=_codes(ws, place),
        milestones=shared.milestones(place, today, phases=(Phase.HOLD, Phase.BUILD)),
    )


def _codes(ws: Workspace, place: Place) -> tuple[str, ...]:
    """Code names of groups at a place, as far as the store lets a partner know of them.

    An officer sees here what partners see who were let in on no group: none.
    """
    if ws.scope.view > View.PARTNER:
        return ()
    return tuple(tie.subject for tie in place.tied(ws.today(), TieKind.OCG))


def coarse_cells(place: Place, finest: int) -> tuple[int, tuple[int, ...]]:
    """The cells of a place's boundary, no finer than may be shown."""
    resolution = min(place.boundary.resolution, finest)
    cells = np.array(sorted(place.boundary.cells), dtype=np.uint64)
    return resolution, tuple(int(cell) for cell in np.unique(parents(cells, resolution)))


def _wording(task: Intervention) -> str:
    return shared_wording(task.shared_title, pillar=task.pillar, phase=task.phase)


def _due(task: Intervention) -> Iterable[date]:
    if task.status.is_open:
        yield from ([task.due_on] if task.due_on is not None else [])
        yield from (step.due_on for step in task.milestones if step.done_on is None)


def _is_theirs(ws: Workspace, agency: str) -> bool:
    own = ws.scope.agency.casefold()
    return _convenes(ws) or (bool(own) and agency.casefold() == own)


def _convenes(ws: Workspace) -> bool:
    return not ws.scope.needs_agreements


def _partner_signal(signal: Signal) -> PartnerSignal:
    cells = np.array(sorted(signal.cells), dtype=np.uint64)
    return PartnerSignal(
        signal_id=signal.id,
        agency=signal.agency,
        category=signal.category.value,
        first_day=signal.first_day,
        last_day=signal.last_day,
        area=signal.area_name,
        cells=tuple(int(cell) for cell in cells),
        answers=tuple((each.question.value, each.text) for each in signal.answers),
    )


def _community_asset(asset: Asset) -> CommunityAsset:
    return CommunityAsset(
        title=asset.name,
        kind=asset.kind,
        longitude=asset.longitude,
        latitude=asset.latitude,
        sessions=asset.sessions,
    )
