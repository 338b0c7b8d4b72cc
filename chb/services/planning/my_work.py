"""My work: everything a person has to do, across plans, reviews, requests and gates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from chb.domain.access.roles import View
from chb.domain.access.scope import Scope
from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.domain.places.standing import next_gate
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.my_work import (
    Timing,
    WorkItem,
    WorkKind,
    in_order,
    of_debriefs,
    of_interventions,
    of_objectives,
    of_requests,
    of_requirements,
    of_reviews,
)
from chb.domain.views.wording import shared_wording
from chb.exports.calendar import work_calendar
from chb.exports.manifest import ExportManifest
from chb.services.access.rules import open_on_record, open_to_all
from chb.services.assets.follow_ups import follow_ups_in
from chb.services.places.gates import state_of_gate
from chb.services.planning.ocg_register import standings
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@open_on_record(shows="my work")
def my_work(ws: Workspace, *known_as: str) -> Mapping[Timing, tuple[WorkItem, ...]]:
    """A person's work by timing; ``known_as`` are the name, work e-mail or role work is under.

    Who does not see operations in full is shown their own only, whoever they ask for.
    """
    return in_order(_gathered(ws, known_as), ws.today())


@open_to_all
def work_as_calendar(
    ws: Workspace, *known_as: str, manifest: ExportManifest | None = None
) -> bytes:
    """The dated part of a person's work as an iCalendar file."""
    return work_calendar(_gathered(ws, known_as), made_at=ws.now(), manifest=manifest)


def _gathered(ws: Workspace, asked: tuple[str, ...]) -> tuple[WorkItem, ...]:
    known_as = _shown_to(ws.scope, asked)
    with ws.reading() as tx:
        register, places = standings(tx), tx.places.all()
        names = {place.id: place.name for place in places}
        names |= {each.ocg.id: each.ocg.code for each in register}
        return (
            *_of_plans(tx, ws.scope, known_as, names),
            *(item for name in known_as for item in of_reviews(register, name)),
            *of_requirements(tx.planner.requirements.where(owner=known_as)),
            *of_requests(tx.planner.partner_requests.where(asked_by=known_as), ws.today()),
            *of_debriefs(tx.planner.debriefs.where(owner=known_as)),
            *_of_gates(ws, tx, places, known_as),
            *_of_contacts(tx, known_as),
        )


def _shown_to(scope: Scope, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Whose work the person may see: an objective of somebody else's says what is planned."""
    if scope.view >= View.RESTRICTED:
        return asked
    mine = scope.known_as | {role.value.casefold() for role in scope.roles}
    return tuple(name for name in asked if name.casefold() in mine)


def _of_plans(
    tx: Transaction, scope: Scope, known_as: tuple[str, ...], names: Mapping[str, str]
) -> Iterable[WorkItem]:
    """Interventions and objectives; ``names`` of places and OCGs by their id.

    Partners read their interventions in the wording made for them, and no objectives.
    """
    plans = tx.planner.plans.all()
    subjects = {plan.id: names[plan.place_id or plan.ocg_id or ""] for plan in plans}
    for intervention in tx.planner.interventions.where(owner=known_as):
        shown = intervention if scope.view >= View.RESTRICTED else _in_shared_words(intervention)
        yield from of_interventions([shown], subjects[intervention.plan_id])
    for plan in plans if scope.view >= View.RESTRICTED else ():
        for name in known_as:
            yield from of_objectives(plan, name, subjects[plan.id])


def _in_shared_words(intervention: Intervention) -> Intervention:
    words = shared_wording(
        intervention.shared_title, pillar=intervention.pillar, phase=intervention.phase
    )
    return replace(intervention, title=words, milestones=())


def _of_gates(
    ws: Workspace, tx: Transaction, places: Iterable[Place], known_as: tuple[str, ...]
) -> Iterable[WorkItem]:
    """The next gate of each place that the person owns, while items are open."""
    wanted = {name.casefold() for name in known_as}
    for place in places:
        owners = {tie.subject.casefold() for tie in place.tied(ws.today(), TieKind.OWNER)}
        gate = next_gate(place, ws.today())
        if gate is None or not owners & wanted:
            continue
        state = state_of_gate(tx, place.id, gate)
        if state.open_items:
            title = f"{gate}: {len(state.open_items)} of {len(state.checklist.items)} items open"
            yield WorkItem(WorkKind.GATE, title, None, place.id, place.name)


def _of_contacts(tx: Transaction, known_as: tuple[str, ...]) -> Iterable[WorkItem]:
    """The assets that the person said they would be in touch with again."""
    for due in follow_ups_in(tx, by=known_as):
        title = f"Be in touch again: {due.asset_name}"
        yield WorkItem(WorkKind.CONTACT, title, due.due_on, due.asset_id, due.contact.outcome)
