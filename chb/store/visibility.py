"""What a scope may read of each table. A table without a rule here cannot be read as records.

Rules are conditions that every SELECT of a repository carries. They never raise: what
may not be seen is not there, so that nobody learns that it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Table,
    and_,
    false,
    func,
    or_,
    select,
    true,
)

from chb.domain.access.permissions import Permission, may
from chb.domain.access.roles import HOSTS, View
from chb.domain.access.scope import Scope
from chb.domain.places.decisions import LinkKind
from chb.domain.places.phases import Phase
from chb.store.group_codes import codes_known
from chb.store.tables.decisions import decision_link
from chb.store.tables.intelligence import intelligence_requirement, partner_request, signal
from chb.store.tables.ocg_register import ocg
from chb.store.tables.partnership import stakeholder
from chb.store.tables.plans import disruption, intervention, plan
from chb.store.unit import Unit

Condition = ColumnElement[bool]
Rule = Callable[[Unit, FromClause], Condition]
"""Of a table, or of its rows as they were at another time."""


def visible(unit: Unit, table: Table, rows: FromClause | None = None) -> Condition:
    """The condition under which the unit's scope may read a row; KeyError for a table without.

    ``rows`` are in place of the table's own: what was in it at another time.
    """
    rule = _RULES[table.name]
    return true() if unit.scope.holds_whole_store else rule(unit, table if rows is None else rows)


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
    """What a link may name: ids, and of groups the codes they have or had as well."""
    ids = select(table.c.id).where(visible(unit, table))
    if table is not ocg:
        return ids
    return ids.union_all(codes_known(unit))


def for_officers(unit: Unit) -> Condition:
    """Whether the scope is given the restricted view at all."""
    return true() if unit.scope.view >= View.RESTRICTED else false()


def _group(unit: Unit, table: FromClause) -> Condition:
    return and_(for_officers(unit), sees_subject(unit, table.c.id))


def _of_group(unit: Unit, table: FromClause) -> Condition:
    return and_(for_officers(unit), sees_subject(unit, table.c.ocg_id))


def _between_groups(unit: Unit, table: FromClause) -> Condition:
    return and_(_of_group(unit, table), sees_subject(unit, table.c.other_id))


def _plan(unit: Unit, table: FromClause) -> Condition:
    """Plans of groups go with the group; of a place's plan, partners are shown the tasks."""
    if unit.scope.view >= View.RESTRICTED:
        return sees_subject(unit, table.c.ocg_id)
    return table.c.ocg_id.is_(None) if unit.scope.view >= View.COMMUNITY else false()


def _intervention(unit: Unit, table: FromClause) -> Condition:
    plans = select(plan.c.id).where(_plan(unit, plan))
    of_visible_plan = and_(table.c.plan_id.in_(plans), sees_subject(unit, table.c.ocg_id))
    if unit.scope.view >= View.RESTRICTED:
        may_know = or_(_not_secret(unit.scope, table), _in_the_secret(unit.scope, table))
        return and_(of_visible_plan, may_know)
    shared = and_(of_visible_plan, table.c.ocg_id.is_(None), _overt(unit.scope, table))
    is_build = table.c.phase == Phase.BUILD.value
    if unit.scope.view < View.PARTNER:
        return and_(shared, is_build)
    if not unit.scope.needs_agreements:
        return shared
    theirs = and_(_own(unit, table.c.lead_agency), under_agreement(unit, _place_of(table)))
    return and_(shared, or_(is_build, theirs))


def _place_of(table: FromClause) -> ColumnElement[Any]:
    """The intervention's own place, else its plan's."""
    of_plan = select(plan.c.place_id).where(plan.c.id == table.c.plan_id)
    return func.coalesce(table.c.place_id, of_plan.correlate(table).scalar_subquery())


def under_agreement(unit: Unit, place_id: ColumnElement[Any]) -> Condition:
    """Whether the scope's agency has a sharing agreement in force at the place."""
    if not unit.scope.needs_agreements:
        return true()
    signed = select(stakeholder.c.id).where(
        stakeholder.c.place_id == place_id, _has_signed(unit, stakeholder)
    )
    return signed.correlate_except(stakeholder).exists()


def _has_signed(unit: Unit, table: FromClause) -> Condition:
    """Whether an entry of a place's group is the own agency's, with an agreement in force."""
    today, review = unit.scope.today, table.c.isa_review_on
    in_force = and_(table.c.isa_signed_on <= today, or_(review.is_(None), review >= today))
    return and_(_own(unit, table.c.agency), in_force)


def shared(unit: Unit, table: FromClause) -> Condition:
    """Whether work is no secret outside the police, whoever asks: of no group, and overt."""
    of_groups = select(plan.c.id).where(plan.c.ocg_id.is_not(None))
    of_none = and_(table.c.ocg_id.is_(None), table.c.plan_id.not_in(of_groups))
    return and_(of_none, _overt(unit.scope, table))


def _not_secret(scope: Scope, table: FromClause) -> Condition:
    """Hold and Build are no secret; Clear is one until the trigger date that was set for it."""
    trigger = _trigger_on(table)
    return or_(
        table.c.phase != Phase.CLEAR.value,
        trigger.is_(None),
        trigger <= scope.today,
    )


def _overt(scope: Scope, table: FromClause) -> Condition:
    """For partners, Clear without a trigger date is a secret too."""
    return or_(table.c.phase != Phase.CLEAR.value, _trigger_on(table) <= scope.today)


def _in_the_secret(scope: Scope, table: FromClause) -> Condition:
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
        table.c.plan_id.in_(about),
        table.c.ocg_id.in_(signed),
        func.lower(table.c.owner).in_(scope.known_as),
    )


def _trigger_on(table: FromClause) -> ColumnElement[object]:
    """The intervention's own trigger date, else its plan's."""
    of_plan = select(plan.c.trigger_on).where(plan.c.id == table.c.plan_id)
    return func.coalesce(table.c.trigger_on, of_plan.correlate(table).scalar_subquery())


def _signal(unit: Unit, table: FromClause) -> Condition:
    """The LRO and the hosts see all signals; an agency sees those it sent.

    A signal is of cells and not of a place, and its words are the agency's own: an agreement
    in force anywhere lets it look back at them.
    """
    if unit.scope.view >= View.RESTRICTED or unit.scope.roles & HOSTS:
        return true()
    return _own(unit, table.c.agency) if unit.scope.view >= View.PARTNER else false()


def _request(unit: Unit, table: FromClause) -> Condition:
    """A request is read by who asks and by the agency that is asked, where it has signed."""
    if unit.scope.view >= View.RESTRICTED:
        return sees_subject(unit, table.c.ocg_id)
    if unit.scope.view < View.PARTNER:
        return false()
    signed = or_(table.c.place_id.is_(None), under_agreement(unit, table.c.place_id))
    return and_(_own(unit, table.c.agency), signed)


def _partnership(unit: Unit, table: FromClause) -> Condition:
    """The group and its meetings: officers and hosts all of it, an agency its own entry.

    Where its agreement is not in force, an agency is shown no more than any resident.
    """
    if unit.scope.view >= View.RESTRICTED or unit.scope.roles & HOSTS:
        return true()
    if "isa_signed_on" not in table.c or unit.scope.view < View.PARTNER:
        return false()
    return _has_signed(unit, table)


def _debrief(unit: Unit, table: FromClause) -> Condition:
    if unit.scope.view >= View.RESTRICTED:
        return sees_subject(unit, table.c.ocg_id)
    return table.c.ocg_id.is_(None) if unit.scope.roles & HOSTS else false()


def _public(unit: Unit, table: FromClause) -> Condition:
    del table
    return true() if unit.scope.view >= View.COMMUNITY else false()


def _known_to_all(unit: Unit, table: FromClause) -> Condition:
    """Assets are no secret: whoever works here, and the engine, may know them."""
    del unit, table
    return true()


def _contact(unit: Unit, table: FromClause) -> Condition:
    """Who was spoken to is for those who map the assets."""
    del table
    return true() if may(unit.scope, Permission.MANAGE_ASSETS) else false()


def _own_grants(unit: Unit, table: FromClause) -> Condition:
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
    "asset": _known_to_all,
    "asset_contact": _contact,
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
