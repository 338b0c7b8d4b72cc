"""The trigger date of a plan: kept from those who may see the plan and not what is secret in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from chb.domain.access.scope import Scope
from chb.domain.planning.plans import Plan

TRIGGER: Final = "trigger_on"


def hides_trigger(scope: Scope, plan: Plan, today: date) -> bool:
    """Whether the plan's date is still ahead and the person is not in the secret."""
    ahead = plan.trigger_on is not None and plan.trigger_on > today
    return ahead and not is_in_the_secret(scope, plan)


def is_in_the_secret(scope: Scope, plan: Plan) -> bool:
    """Whether the person signed for the operation, or leads it."""
    knows = scope.is_indoctrinated(plan.place_id, plan.ocg_id)
    return knows or plan.lead.casefold() in scope.known_as


def unseen_fields(scope: Scope, plan: Plan | None) -> frozenset[str]:
    """Fields of a plan and its work that the person is not told of, whatever day they hold."""
    if plan is None or is_in_the_secret(scope, plan):
        return frozenset()
    return frozenset({TRIGGER})


def as_known(scope: Scope, plan: Plan, today: date) -> Plan:
    """The plan as the person may see it."""
    return replace(plan, trigger_on=None) if hides_trigger(scope, plan, today) else plan


def with_kept_trigger(scope: Scope, edited: Plan, stored: Plan | None, today: date) -> Plan:
    """An edit by somebody who was not shown the date, which leaves it as it is."""
    if stored is None or not hides_trigger(scope, stored, today):
        return edited
    return replace(edited, trigger_on=stored.trigger_on)
