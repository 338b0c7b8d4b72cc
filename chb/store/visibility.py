"""What a scope may read of each table. A table without a rule here cannot be read as records.

Rules are conditions that every SELECT of a repository carries. They never raise: what
may not be seen is not there, so that nobody learns that it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Table,
    and_,
    false,
    func,
    or_,
    select,
    true,
)

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import Scope
from chb.domain.places.decisions import LinkKind
from chb.domain.places.phases import Phase
from chb.store.tables.decisions import decision_link
from chb.store.tables.intelligence import intelligence_requirement, partner_request, signal
from chb.store.tables.ocg_register import ocg
from chb.store.tables.partnership import stakeholder
from chb.store.tables.plans import disruption, intervention, plan
from chb.store.unit import Unit

Condition = ColumnElement[bool]
Rule = Callable[[Unit, Table], Condition]

_HOSTS: Final = frozenset({Role.CSP_MANAGER, Role.CO_ORDINATOR})
"""Roles that convene the partnership: they see what every agency of it has shared."""


def visible(unit: Unit, table: Table) -> Condition:
    """The condition under which the unit's scope may read a row; KeyError for a table without."""
    rule = _RULES[table.name]
    return true() if unit.scope.holds_whole_store else rule(unit, table)


def sees_code(unit: Unit, code: ColumnElement[str]) -> Condition:
    """Whether a group that is named by its code may be seen, whatever the code's case."""
    if unit.sees_every_ocg:
        return true()
    codes = select(func.lower(ocg.c.code)).where(ocg.c.id.in_(unit.ocg_ids))
    return func.lower(code).in_(codes)


def sees_subject(unit: Unit, ocg_id: ColumnElement[str | None]) -> Condition:
    """Whether what is about a group, or about none, may be seen."""
    if unit.sees_every_ocg:
        return true()
    return or_(ocg_id.is_(None), ocg_id.in_(unit.ocg_ids))


def sees_links(unit: Unit, decision_id: ColumnElement[str]) -> Condition:
    """Whether everything that a decision is about may be seen; it is for officers only."""
    if unit.scope.holds_whole_store:
        return true()
    hidden = or_(
        *(
            and_(decision_link.c.kind == kind, decision_link.c.reference.not_in(_seen(unit, table)))
            for kind, table in _LINKED.items()
        )
    )
    blocked = select(decision_link.c.decision_id).where(hidden)
    return and_(for_officers(unit), decision_id.not_in(blocked))


def _seen(unit: Unit, table: Table) -> Select[tuple[str]] | CompoundSelect[tuple[str]]:
    """What a link may name: ids, and of groups their codes as well."""
    ids = select(table.c.id).where(visible(unit, table))
    if table is not ocg:
        return ids
    return ids.union_all(select(table.c.code).where(visible(unit, table)))


def for_officers(unit: Unit) -> Condition:
    """Whether the scope is given the restricted view at all."""
    return true() if unit.scope.view >= View.RESTRICTED else false()


def _group(unit: Unit, table: Table) -> Condition:
    return and_(for_officers(unit), sees_subject(unit, table.c.id))


def _of_group(unit: Unit, table: Table) -> Condition:
    return and_(for_officers(unit), sees_subject(unit, table.c.ocg_id))


def _between_groups(unit: Unit, table: Table) -> Condition:
    return and_(_of_group(unit, table), sees_subject(unit, table.c.other_id))


def _plan(unit: Unit, table: Table) -> Condition:
    """Plans of groups go with the group; of a place's plan, partners are shown the tasks."""
    if unit.scope.view >= View.RESTRICTED:
        return sees_subject(unit, table.c.ocg_id)
    return table.c.ocg_id.is_(None) if unit.scope.view >= View.COMMUNITY else false()


def _intervention(unit: Unit, table: Table) -> Condition:
    plans = select(plan.c.id).where(_plan(unit, plan))
    of_visible_plan = and_(table.c.plan_id.in_(plans), sees_subject(unit, table.c.ocg_id))
    if unit.scope.view >= View.RESTRICTED:
        return and_(of_visible_plan, or_(_not_secret(unit.scope), _in_the_secret(unit.scope)))
    shared = and_(of_visible_plan, table.c.ocg_id.is_(None), _overt(unit.scope))
    if unit.scope.view < View.PARTNER:
        return and_(shared, table.c.phase == Phase.BUILD.value)
    return shared if unit.scope.roles & _HOSTS else and_(shared, _own(unit, table.c.lead_agency))


def _not_secret(scope: Scope) -> Condition:
    """Hold and Build are no secret; Clear is one until the trigger date that was set for it."""
    trigger = _trigger_on()
    return or_(
        intervention.c.phase != Phase.CLEAR.value,
        trigger.is_(None),
        trigger <= scope.today,
    )


def _overt(scope: Scope) -> Condition:
    """For partners, Clear without a trigger date is a secret too."""
    trigger = _trigger_on()
    return or_(intervention.c.phase != Phase.CLEAR.value, trigger <= scope.today)


def _in_the_secret(scope: Scope) -> Condition:
    signed = scope.indoctrinated_ids
    if "*" in signed:
        return true()
    about = select(plan.c.id).where(
        or_(
            plan.c.place_id.in_(signed),
            plan.c.ocg_id.in_(signed),
            func.lower(plan.c.lead).in_(scope.known_as),
        )
    )
    return or_(
        intervention.c.plan_id.in_(about),
        intervention.c.ocg_id.in_(signed),
        func.lower(intervention.c.owner).in_(scope.known_as),
    )


def _trigger_on() -> ColumnElement[object]:
    """The intervention's own trigger date, else its plan's."""
    of_plan = select(plan.c.trigger_on).where(plan.c.id == intervention.c.plan_id)
    return func.coalesce(intervention.c.trigger_on, of_plan.scalar_subquery())


def _signal(unit: Unit, table: Table) -> Condition:
    """The LRO and the hosts see all signals; an agency sees those it sent."""
    if unit.scope.view >= View.RESTRICTED or unit.scope.roles & _HOSTS:
        return true()
    return _own(unit, table.c.agency) if unit.scope.view >= View.PARTNER else false()


def _request(unit: Unit, table: Table) -> Condition:
    """A request is read by who asks and by the agency that is asked."""
    if unit.scope.view >= View.RESTRICTED:
        return sees_subject(unit, table.c.ocg_id)
    return _own(unit, table.c.agency) if unit.scope.view >= View.PARTNER else false()


def _partnership(unit: Unit, table: Table) -> Condition:
    """The group and its meetings: officers and hosts all of it, an agency its own entry."""
    if unit.scope.view >= View.RESTRICTED or unit.scope.roles & _HOSTS:
        return true()
    if table is not stakeholder or unit.scope.view < View.PARTNER:
        return false()
    return _own(unit, table.c.agency)


def _debrief(unit: Unit, table: Table) -> Condition:
    if unit.scope.view >= View.RESTRICTED:
        return sees_subject(unit, table.c.ocg_id)
    return table.c.ocg_id.is_(None) if unit.scope.roles & _HOSTS else false()


def _public(unit: Unit, table: Table) -> Condition:
    del table
    return true() if unit.scope.view >= View.COMMUNITY else false()


def _own_grants(unit: Unit, table: Table) -> Condition:
    """Who was let in: for officers who hold the group, and for each person their own."""
    own = func.lower(table.c.work_email) == unit.scope.person.casefold()
    if unit.scope.view >= View.RESTRICTED:
        return or_(own, sees_subject(unit, table.c.ocg_id))
    return own


def _own(unit: Unit, agency: ColumnElement[str]) -> Condition:
    if not unit.scope.agency:
        return false()
    return func.lower(agency) == unit.scope.agency.casefold()


_LINKED: Final = {
    LinkKind.OCG.value: ocg,
    LinkKind.PLAN.value: plan,
    LinkKind.INTERVENTION.value: intervention,
    LinkKind.DISRUPTION.value: disruption,
    LinkKind.INTELLIGENCE.value: intelligence_requirement,
}

_RULES: Final[dict[str, Rule]] = {
    "place": _public,
    ocg.name: _group,
    "ocg_score": _of_group,
    "morile_score": _of_group,
    "ocg_review": _of_group,
    "nominal": _of_group,
    "ocg_link": _between_groups,
    plan.name: _plan,
    intervention.name: _intervention,
    disruption.name: _of_group,
    intelligence_requirement.name: _of_group,
    partner_request.name: _request,
    signal.name: _signal,
    "signal_link": _of_group,
    stakeholder.name: _partnership,
    "meeting": _partnership,
    "referral_pathway": _public,
    "debrief": _debrief,
    "need_to_know": _own_grants,
    "legal_hold": _of_group,
    "retention_review": _of_group,
}
