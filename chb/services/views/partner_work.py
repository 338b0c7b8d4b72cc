"""Places, tasks and signals as partners are shown them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.domain.places.phases import Phase
from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.signals import Signal
from chb.domain.views.wording import phases_shown
from chb.domain.views.work import PartnerPlace, PartnerSignal, PartnerTask, PartnerWork
from chb.services.access.rules import needs
from chb.services.views.access import require_view
from chb.services.views.harm import FINEST_FOR_PARTNERS
from chb.services.views.shared_work import SharedWork, coarse_cells, shared_work, wording_of
from chb.services.workspace import Workspace


@needs(Permission.SEE_COMMUNITY)
def partner_places(ws: Workspace, *, with_steps: bool = True) -> tuple[PartnerPlace, ...]:
    """Open places, by title, with the phases that are no secret and the next steps.

    An agency is shown those at which it has a sharing agreement in force. Steps come from
    all open work: who does not show them leaves them out.
    """
    require_view(ws, View.PARTNER)
    with ws.reading() as tx:
        return _partner_places(ws, shared_work(ws, tx, with_steps=with_steps))


@needs(Permission.SEE_COMMUNITY)
def partner_work(ws: Workspace, *, most: int, at: str = "") -> PartnerWork:
    """``partner_places``, and the first ``most`` of ``partner_tasks`` of one moment.

    ``at`` is the title of the place whose tasks are meant; unless it is shown, those of all.
    """
    require_view(ws, View.PARTNER)
    with ws.reading() as tx:
        shared = shared_work(ws, tx)
        agreed = {each.id: each.name for each in shared.places if each.id in shared.agreed}
        meant = [id_ for id_, title in agreed.items() if title == at] or list(agreed)
        tasks = tx.shared_tasks.first(meant, phases=tuple(Phase), most=most)
        counts = tx.shared_tasks.by_place(phases=tuple(Phase))
    return PartnerWork(
        places=_partner_places(ws, shared),
        tasks=_partner_tasks(ws, shared, tasks),
        n_tasks={title: counts[id_] for id_, title in agreed.items() if id_ in counts},
    )


def _partner_places(ws: Workspace, shared: SharedWork) -> tuple[PartnerPlace, ...]:
    return tuple(
        _partner_place(ws, shared, place) for place in shared.places if place.id in shared.agreed
    )


@needs(Permission.SEE_COMMUNITY)
def partner_tasks(ws: Workspace) -> tuple[PartnerTask, ...]:
    """Tasks at places where the agency has signed, by due date: its own, and those of Build.

    Who convenes the partnership is shown those of all agencies at all places.
    """
    require_view(ws, View.PARTNER)
    with ws.reading() as tx:
        shared = shared_work(ws, tx, with_steps=False)
        tasks = _partner_tasks(ws, shared, tx.planner.interventions.all())
    return tuple(sorted(tasks, key=lambda task: (task.due_on or date.max, task.wording)))


def _partner_tasks(
    ws: Workspace, shared: SharedWork, tasks: Iterable[Intervention]
) -> tuple[PartnerTask, ...]:
    return tuple(
        PartnerTask(
            task_id=each.id,
            wording=wording_of(each),
            place=shared.title_of(each),
            phase=each.phase.value,
            pillar=each.pillar.value,
            lead_agency=each.lead_agency,
            status=each.status.value,
            starts_on=each.starts_on,
            due_on=each.due_on,
        )
        for each in shared.no_secret(tasks)
        if shared.is_agreed(each)
        and (each.phase == Phase.BUILD or _is_theirs(ws, each.lead_agency))
    )


@needs(Permission.SEND_SIGNALS)
def partner_signals(ws: Workspace) -> tuple[PartnerSignal, ...]:
    """Signals of the own agency, of all for who convenes the partnership, the latest first."""
    require_view(ws, View.PARTNER)
    with ws.reading() as tx:
        sent = [each for each in tx.planner.signals.all() if _is_theirs(ws, each.agency)]
    sent.sort(key=lambda each: (each.last_day, each.first_day), reverse=True)
    return tuple(_partner_signal(each) for each in sent)


def _partner_place(ws: Workspace, shared: SharedWork, place: Place) -> PartnerPlace:
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
        milestones=shared.milestones(place, phases=(Phase.HOLD, Phase.BUILD)),
    )


def _codes(ws: Workspace, place: Place) -> tuple[str, ...]:
    """Code names of groups at a place, as far as the store lets a partner know of them.

    An officer sees here what partners see who were let in on no group: none.
    """
    if ws.scope.view > View.PARTNER:
        return ()
    return tuple(tie.subject for tie in place.tied(ws.today(), TieKind.OCG))


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
