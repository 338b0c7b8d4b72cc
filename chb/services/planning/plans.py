"""4P plans: starting one, filling its matrix, and seeing what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chb.domain.access.conditions import check_may_be_given_work
from chb.domain.access.permissions import Permission
from chb.domain.access.scope import NotForYou, Scope
from chb.domain.places.phases import Phase
from chb.domain.places.places import checked_reason
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plan_shape import Concern, Matrix, concerns, matrix, police_share
from chb.domain.planning.plans import Plan
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.planning.keeping import existing, save
from chb.services.planning.secrecy import as_known, unseen_fields, with_kept_trigger
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True)
class PlanView:
    """A plan as its page shows it."""

    plan: Plan
    interventions: tuple[Intervention, ...]
    matrix: Matrix
    police_share: Mapping[Phase, float | None]
    concerns: tuple[Concern, ...]


@needs(Permission.SEE_OPERATIONS, shows="plans")
def list_plans(ws: Workspace) -> tuple[Plan, ...]:
    """Every plan, oldest first."""
    with ws.reading() as tx:
        return tuple(as_known(ws.scope, plan, ws.today()) for plan in tx.planner.plans.all())


@needs(Permission.SEE_OPERATIONS, shows="plan")
def plan_view(ws: Workspace, plan_id: str) -> PlanView:
    """One plan with its interventions; Refusal when it is not there."""
    with ws.reading() as tx:
        return _view(ws, tx, existing(tx.planner.plans, plan_id))


@needs(Permission.SEE_OPERATIONS)
def plan_of(
    ws: Workspace, *, place_id: str | None = None, ocg_id: str | None = None
) -> PlanView | None:
    """The plan of a place or of an OCG, None where there is none yet."""
    with ws.reading() as tx:
        found = tx.planner.plans.where(place_id=place_id, ocg_id=ocg_id)
    return plan_view(ws, found[0].id) if found else None


@needs(Permission.PLAN)
def save_plan(
    ws: Workspace, plan: Plan, *, by: str, reason: str = "", request_key: str = ""
) -> Plan:
    """Start a plan, or save what a person edited and why; a place or OCG has one plan."""
    stored = None
    if plan.id:
        reason = checked_reason(reason, what="A change of a plan")
        with ws.reading() as tx:
            stored = tx.planner.plans.get(plan.id)
        plan = with_kept_trigger(ws.scope, plan, stored, ws.today())

    def check(tx: Transaction, kept: Plan) -> None:
        _refuse_second_plan(tx, kept)
        _refuse_lead_of_others(ws.scope, tx, kept)

    saved = save(
        ws,
        lambda tx: tx.planner.plans,
        plan,
        by=by,
        reason=reason,
        request_key=request_key,
        check=check,
        unseen=unseen_fields(ws.scope, stored),
    )
    return as_known(ws.scope, saved, ws.today())


@needs(Permission.PLAN)
def save_intervention(
    ws: Workspace,
    intervention: Intervention,
    *,
    by: str,
    reason: str = "",
    request_key: str = "",
) -> Intervention:
    """Add an intervention to a plan, or save what a person edited and why."""
    if intervention.id:
        reason = checked_reason(reason, what="A change of an intervention")
    with ws.reading() as tx:
        plan = tx.planner.plans.get(intervention.plan_id)

    def check(tx: Transaction, kept: Intervention) -> None:
        before = tx.planner.interventions.get(kept.id)
        check_intervention(tx, before, kept, today=ws.today())

    return save(
        ws,
        lambda tx: tx.planner.interventions,
        intervention,
        by=by,
        reason=reason,
        request_key=request_key,
        check=check,
        unseen=unseen_fields(ws.scope, plan),
    )


@needs(Permission.SEE_OPERATIONS, shows="work left behind")
def work_left_behind(ws: Workspace) -> tuple[Intervention, ...]:
    """Open interventions whose owner has left and that nobody took over yet."""
    with ws.reading() as tx:
        gone = [person for person in tx.people.all() if person.has_left(ws.today())]
        names = {name for person in gone for name in (person.name, person.work_email)}
        owned = tx.planner.interventions.where(owner=names)
    return tuple(each for each in owned if each.status.is_open)


def check_intervention(
    tx: Transaction, before: Intervention | None, kept: Intervention, *, today: date
) -> None:
    """Refusal for assets that are not there, and for open work given to somebody who left."""
    _refuse_unknown_assets(tx, kept)
    _refuse_owner_who_left(tx, before, kept, today=today)


def _view(ws: Workspace, tx: Transaction, plan: Plan) -> PlanView:
    interventions = tx.planner.interventions.where(plan_id=plan.id)
    return PlanView(
        plan=as_known(ws.scope, plan, ws.today()),
        interventions=interventions,
        matrix=matrix(interventions),
        police_share=police_share(interventions),
        concerns=concerns(plan, interventions),
    )


def _refuse_lead_of_others(scope: Scope, tx: Transaction, plan: Plan) -> None:
    """Who leads a plan knows its secrets, so the lead is handed on by somebody who does."""
    before = tx.planner.plans.get(plan.id)
    if before is None or before.lead.casefold() == plan.lead.casefold():
        return
    knows = scope.is_indoctrinated(before.place_id, before.ocg_id)
    if not knows and before.lead.casefold() not in scope.known_as:
        raise NotForYou(
            "The lead of this plan is not yours to hand on",
            cause="Whoever leads it sees what is secret until the trigger date",
            remedy="Ask the present lead, the owner of the place, or the senior officer",
        )


def _refuse_second_plan(tx: Transaction, plan: Plan) -> None:
    found = tx.planner.plans.where(place_id=plan.place_id, ocg_id=plan.ocg_id)
    if any(other.id != plan.id for other in found):
        raise Refusal(
            "There is a plan for it already",
            found=f"Its aim: {found[0].aim[:120]}",
            remedy="Open that plan and add to it",
        )


def _refuse_unknown_assets(tx: Transaction, intervention: Intervention) -> None:
    unknown = [each for each in intervention.asset_ids if tx.assets.get(each) is None]
    if unknown:
        raise Refusal(
            "An asset that the intervention uses is not there",
            found=f"The first of {len(unknown)} is {unknown[0]!r}",
            cause="It may have been removed with the list it came from",
            remedy="Choose the asset again, or leave it out",
        )


def _refuse_owner_who_left(
    tx: Transaction, before: Intervention | None, kept: Intervention, *, today: date
) -> None:
    """Open work goes to somebody who is there; what others own already is left alone."""
    if not kept.status.is_open or (before and before.owner == kept.owner):
        return
    for person in tx.people.all():
        if kept.owner in (person.name, person.work_email):
            check_may_be_given_work(person, today)
