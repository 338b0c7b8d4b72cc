"""The trigger date of a plan: kept from those who may see the plan and not what is secret in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chb.domain.access.scope import Scope
from chb.domain.planning.plans import Plan


def hides_trigger(scope: Scope, plan: Plan, today: date) -> bool:
    """Whether the plan's date is still ahead and the person is not in the secret."""
    ahead = plan.trigger_on is not None and plan.trigger_on > today
    knows = scope.is_indoctrinated(plan.place_id, plan.ocg_id)
    return ahead and not knows and plan.lead.casefold() not in scope.known_as


def as_known(scope: Scope, plan: Plan, today: date) -> Plan:
    """The plan as the person may see it."""
    return replace(plan, trigger_on=None) if hides_trigger(scope, plan, today) else plan


def with_kept_trigger(scope: Scope, edited: Plan, stored: Plan | None, today: date) -> Plan:
    """An edit by somebody who was not shown the date, which leaves it as it is."""
    if stored is None or not hides_trigger(scope, stored, today):
        return edited
    return replace(edited, trigger_on=stored.trigger_on)
