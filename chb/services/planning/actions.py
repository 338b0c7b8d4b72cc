"""Every action of every plan that the person may see, in one list."""

from __future__ import annotations

from typing import Any, Final

from chb.domain.access.permissions import Permission
from chb.domain.places.phases import Phase
from chb.domain.planning.actions import Action, ActionChoices, ActionList, ActionQuery
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar
from chb.services.access.rules import needs
from chb.services.workspace import Workspace
from chb.store.store import Transaction

MOST_LISTED: Final = 200
"""As many as may be changed at once; the tally counts them all."""

_PHASES: Final = list(Phase)
_PILLARS: Final = list(Pillar)
_COLUMNS: Final = ("phase", "pillar", "status", "owner", "lead_agency")


@needs(Permission.SEE_OPERATIONS, shows="actions")
def list_actions(
    ws: Workspace, query: ActionQuery | None = None, *, most: int = MOST_LISTED
) -> ActionList:
    """The actions asked for, plan by plan, each plan by phase and P.

    An order that an edit of status, day or owner does not move. At most ``most`` of them
    are listed, and all are counted.
    """
    asked = query or ActionQuery()
    with ws.reading() as tx:
        subjects = _subjects(tx)
        wanted = _wanted(asked, subjects)
        overdue_on = ws.today() if asked.is_overdue else None
        records = tx.planner.interventions
        found = records.plan_by_plan(most=most, overdue_on=overdue_on, **wanted)
        tally = records.tally(today=ws.today(), overdue_on=overdue_on, **wanted)
    order = {plan_id: at for at, plan_id in enumerate(subjects)}
    listed = sorted(
        (each for each in found if each.plan_id in subjects),
        key=lambda each: (order[each.plan_id], *_cell(each)),
    )
    return ActionList(tuple(Action(each, *subjects[each.plan_id]) for each in listed), tally)


@needs(Permission.SEE_OPERATIONS)
def action_choices(ws: Workspace) -> ActionChoices:
    """What the list can be narrowed by, of all actions that the person may see."""
    with ws.reading() as tx:
        records = tx.planner.interventions
        return ActionChoices(
            subjects=dict(_subjects(tx).values()),
            owners=records.distinct("owner"),
            lead_agencies=records.distinct("lead_agency"),
            n_actions=records.count(),
        )


def _wanted(query: ActionQuery, subjects: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """What the columns must hold, by their name."""
    wanted = {name: getattr(query, name) for name in _COLUMNS if getattr(query, name)}
    if query.subject_id:
        wanted["plan_id"] = [
            plan_id for plan_id, (id_, _) in subjects.items() if id_ in query.subject_id
        ]
    return wanted


def _subjects(tx: Transaction) -> dict[str, tuple[str, str]]:
    """Id and name of what each plan is for, by the plan's id; oldest plans first."""
    names = tx.places.names() | {ocg.id: ocg.code for ocg in tx.planner.ocgs.all()}
    of_plans = {plan.id: plan.place_id or plan.ocg_id or "" for plan in tx.planner.plans.all()}
    return {plan_id: (id_, names[id_]) for plan_id, id_ in of_plans.items() if id_ in names}


def _cell(each: Intervention) -> tuple[int, int]:
    return _PHASES.index(each.phase), _PILLARS.index(each.pillar)
