"""Rules broken one at a time, to know that the machine would notice.

Each mutant is a mistake somebody could make in one place: it takes the place of the real
code while a context is open.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import and_, false, func, or_, select, true, update

from chb.domain.access.grants import NeedToKnow
from chb.domain.access.roles import Role, View, view_of
from chb.domain.access.scope import EVERYTHING, Scope
from chb.domain.audit import AuditAction, AuditEntry
from chb.domain.places.phases import Phase
from chb.domain.planning.stakeholders import AgreementState, Stakeholder
from chb.domain.refusal import Refusal
from chb.services.access import need_to_know, rules, scopes
from chb.services.planning import keeping, ocg_register
from chb.services.views import partner_work, shared_work
from chb.store import decisions, locations, place_views, places, records, visibility
from chb.store.audit.log import AuditLog
from chb.store.records import Records
from chb.store.revisions import revisions_of
from chb.store.store import Store
from chb.store.tables.ocg_register import ocg

_real_known_ocgs = scopes._known_ocgs
_real_for_partners = place_views._for_partners
_real_existing = keeping.existing
Mutant = Callable[[], Any]


def everything(*_: object, **__: object) -> Any:
    """A condition that is always met."""
    return true()


def nothing(*_: object, **__: object) -> None:
    """A check that finds no fault."""


def with_rule(table: str, rule: Callable[..., Any]) -> Mutant:
    return lambda: patch.dict(visibility._RULES, {table: rule})


def in_place_of(target: Any, name: str, mutated: Any) -> Mutant:
    return lambda: patch.object(target, name, mutated)


def link_by_one_end(unit: Any, table: Any) -> Any:
    return visibility._of_group(unit, table)


def decision_by_first_kind(unit: Any, decision_id: Any) -> Any:
    only = {kind: table for kind, table in visibility._LINKED.items() if table is ocg}
    with patch.object(visibility, "_LINKED", only):
        return visibility.sees_links(unit, decision_id)


def code_as_typed(unit: Any, code: Any) -> Any:
    if unit.sees_every_ocg:
        return true()
    return code.in_(select(ocg.c.code).where(ocg.c.id.in_(unit.ocg_ids)))


def led_by_part_of_a_name(tx: Any, who: Any) -> frozenset[str]:
    if Role.LRO not in who.roles:
        return frozenset()
    return frozenset(each.id for each in tx.planner.ocgs.all() if who.person in each.lro)


def known_once_let_in(who: Any, led: frozenset[str], mine: Any) -> frozenset[str]:
    """Whoever was let in on anything knows every group."""
    return EVERYTHING if mine else _real_known_ocgs(who, led, mine)


def signed_when_shared(mine: Any) -> frozenset[str]:
    """To be shared with counts as having signed."""
    return frozenset(each for grant in mine for each in (grant.place_id, grant.ocg_id) if each)


def view_whatever_was_agreed(roles: Any, *, has_agreement: bool) -> View:
    return view_of(roles, has_agreement=True)


def administrators_see(roles: Any, *, has_agreement: bool) -> View:
    found = view_of(roles, has_agreement=has_agreement)
    return View.RESTRICTED if Role.ADMINISTRATOR in roles else found


def plan_whoever_asks(unit: Any, table: Any) -> Any:
    return true() if unit.scope.view >= View.RESTRICTED else visibility._plan(unit, table)


def overt_for_officers(scope: Any, table: Any) -> Any:
    """Clear is kept from partners by the officers' rule: without a date it is no secret."""
    return visibility._not_secret(scope, table)


def own_trigger_only(table: Any) -> Any:
    return table.c.trigger_on


def on_the_eve(scope: Any, table: Any) -> Any:
    trigger = visibility._trigger_on(table)
    clear = table.c.phase != Phase.CLEAR.value
    return or_(clear, trigger.is_(None), trigger <= scope.today + timedelta(1))


def after_the_day(scope: Any, table: Any) -> Any:
    trigger = visibility._trigger_on(table)
    clear = table.c.phase != Phase.CLEAR.value
    return or_(clear, trigger.is_(None), trigger < scope.today)


def request_of_any_agency(unit: Any, table: Any) -> Any:
    if unit.scope.view >= View.RESTRICTED:
        return visibility.sees_subject(unit, table.c.ocg_id)
    return true() if unit.scope.view >= View.PARTNER else false()


def exact_agency(unit: Any, agency: Any) -> Any:
    return agency == unit.scope.agency


def telling_what_is_hidden(records_: Any, record_id: str) -> Any:
    """Another sentence for what is there and hidden than for what never was."""
    query = select(records_._table.c.id).where(records_._table.c.id == record_id)
    if records_.get(record_id) is None and records_._connection.execute(query).first():
        raise Refusal("That is not there for you", remedy="Ask its lead")
    return _real_existing(records_, record_id)


def until_the_day_before(grant: Any, day: Any) -> bool:
    return grant.starts_on <= day and (grant.ends_on is None or day < grant.ends_on)


def without_an_end(grant: Any, day: Any) -> bool:
    return bool(grant.starts_on <= day)


def before_it_starts(grant: Any, day: Any) -> bool:
    return grant.ends_on is None or bool(day <= grant.ends_on)


@contextmanager
def stale_grants() -> Iterator[None]:
    """What somebody was let in on is looked up once, and kept."""
    real, kept = scopes._grants_of, {}

    def mutated(tx: Any, work_email: str, today: Any) -> Any:
        name = (tx.places._connection.engine, work_email)
        kept.setdefault(name, real(tx, work_email, today))
        return kept[name]

    with patch.object(scopes, "_grants_of", mutated):
        yield


def never_lapses(self: Stakeholder, today: Any) -> AgreementState:
    signed = self.isa_signed_on is not None and self.isa_signed_on <= today
    return AgreementState.SIGNED if signed else AgreementState.NOT_SIGNED


def of_any_agency(tx: Any, agency: str, today: Any) -> frozenset[str]:
    found = tx.planner.stakeholders.all()
    signed = (each for each in found if each.agreement(today) == AgreementState.SIGNED)
    return frozenset(each.place_id for each in signed)


def counting_all(self: Any, **wanted: Any) -> int:
    query = select(func.count()).select_from(self._table)
    return int(self._connection.execute(query).scalar_one())


def found_by_id_alone(self: Any, record_id: str) -> Any:
    query = select(self._table).where(self._table.c.id == record_id)
    rows = self._load(self._connection.execute(query).mappings().all())
    return next(iter(rows), None)


@contextmanager
def an_id_is_enough() -> Iterator[None]:
    with (
        patch.object(Records, "get", found_by_id_alone),
        patch.object(Records, "revisions", revisions_of_anything),
    ):
        yield


def revisions_of_anything(self: Any, record_id: str) -> Any:
    return revisions_of(self._connection, self.kind, record_id)


def without(words: str) -> Callable[..., Any]:
    """``Records.change`` with one of the conditions of its update left out."""
    real = Records.change

    def mutated(self: Any, edited: Any, signature: Any) -> bool:
        def altered(table: Any) -> Any:
            return _Update(table, words)

        with patch.object(records, "update", altered):
            return bool(real(self, edited, signature))

    return mutated


class _Update:
    """An UPDATE that drops the conditions in which ``words`` stand."""

    def __init__(self, table: Any, words: str) -> None:
        self._statement, self._words = update(table), words

    def where(self, *conditions: Any) -> Any:
        return self._statement.where(
            *(each for each in conditions if self._words not in str(each).lower())
        )


@contextmanager
def audit_after_the_transaction() -> Iterator[None]:
    """The change is committed first, and written into the log when that is done."""
    real, later = Store.writing, []

    @contextmanager
    def writing(self: Store, scope: Scope) -> Iterator[Any]:
        with (
            patch.object(AuditLog, "add", lambda _, entry: later.append(entry) or 0),
            real(self, scope) as tx,
        ):
            yield tx
        with real(self, scope) as tx:
            while later:
                tx.audit.add(later.pop(0))

    with patch.object(Store, "writing", writing):
        yield


def audit_but_for_edits(
    self: AuditLog, action: AuditAction, kind: str, object_id: str = "", /, **body: Any
) -> int:
    if body.get("version", 1) > 1:
        return 0
    return self.add(AuditEntry(action, kind, object_id, body=body))


def every_time(tx: Any, request_key: str, make: Callable[[], str], *, now: Any) -> str:
    return make()


def all_ties(unit: Any, found: Any) -> Any:
    if unit.scope.view < View.RESTRICTED:
        return tuple(place_views._for_partners(each, frozenset()) for each in found)
    return tuple(found)


def visible_to_engine(unit: Any, table: Any) -> Any:
    return true() if unit.scope.is_engine else visibility.visible(unit, table)


def reasons_left_in(place: Any, known: Any) -> Any:
    return replace(place, ties=_real_for_partners(place, known).ties)


def codes_of_all(place: Any, known: Any) -> Any:
    codes = frozenset(tie.subject.casefold() for tie in place.ties)
    return _real_for_partners(place, codes)


def all_places(unit: Any) -> frozenset[str]:
    """An agreement anywhere shares every place."""
    return frozenset(unit.connection.execute(select(place_views.table.c.id)).scalars())


def signed_and_never_lapsed(unit: Any, table: Any) -> Any:
    """The day by which an agreement is reviewed does not count for its place."""
    signed = table.c.isa_signed_on <= unit.scope.today
    return and_(visibility._own(unit, table.c.agency), signed)


MUTANTS: dict[str, Mutant] = {
    # who knows which group
    "a link is shown to who knows one end": with_rule("ocg_link", link_by_one_end),
    "groups are shown to every officer": with_rule("ocg", visibility._public),
    "nominals go with no group": with_rule("nominal", everything),
    "disruptions go with no group": with_rule("disruption", everything),
    "the plan of a group is shown to every officer": with_rule("plan", plan_whoever_asks),
    "grants are shown to everybody": with_rule("need_to_know", everything),
    "a part of a name leads": in_place_of(scopes, "_led_ocgs", led_by_part_of_a_name),
    "let in on one group, let in on all": in_place_of(scopes, "_known_ocgs", known_once_let_in),
    "points are found by the code as typed": in_place_of(locations, "sees_code", code_as_typed),
    "points go with no group": in_place_of(locations, "sees_code", everything),
    "nobody is held to their groups": in_place_of(
        Scope, "sees_every_ocg", property(lambda _: True)
    ),
    "the engine sees every record": in_place_of(records, "visible", visible_to_engine),
    # dates
    "a grant ends the day before": in_place_of(NeedToKnow, "holds_on", until_the_day_before),
    "a grant never ends": in_place_of(NeedToKnow, "holds_on", without_an_end),
    "a grant holds before it starts": in_place_of(NeedToKnow, "holds_on", before_it_starts),
    "grants are looked up once": stale_grants,
    "an agreement never lapses": in_place_of(Stakeholder, "agreement", never_lapses),
    "an agreement of anybody will do": in_place_of(scopes, "_agreed_places", of_any_agency),
    "no agreement is asked for": in_place_of(scopes, "view_of", view_whatever_was_agreed),
    # secrets of Clear
    "Clear is no secret to officers": in_place_of(visibility, "_not_secret", everything),
    "Clear is shown on the eve": in_place_of(visibility, "_not_secret", on_the_eve),
    "Clear is shown the day after": in_place_of(visibility, "_not_secret", after_the_day),
    "Clear is no secret to partners": in_place_of(visibility, "_overt", everything),
    "Clear without a date is shared": in_place_of(visibility, "_overt", overt_for_officers),
    "the plan's trigger does not count": in_place_of(visibility, "_trigger_on", own_trigger_only),
    "shared with is indoctrinated": in_place_of(scopes, "_signed", signed_when_shared),
    "everybody has signed": in_place_of(visibility, "_in_the_secret", everything),
    "a view shows officers what is secret": in_place_of(
        shared_work, "is_shared", lambda *_, **__: True
    ),
    # partners and the administrator
    "a partner sees every agency": in_place_of(visibility, "_own", everything),
    "an agency is known by its exact spelling": in_place_of(visibility, "_own", exact_agency),
    "requests are shown to every agency": with_rule("partner_request", request_of_any_agency),
    "the administrator sees as officers do": in_place_of(scopes, "view_of", administrators_see),
    "a service does not ask for the role": in_place_of(rules, "check_may", nothing),
    "ties of a place are left in": in_place_of(places, "as_seen", all_ties),
    "reasons are left in": in_place_of(place_views, "_for_partners", reasons_left_in),
    "code names are told to every partner": in_place_of(place_views, "_for_partners", codes_of_all),
    "code names need no agreement": in_place_of(place_views, "_under_agreement", all_places),
    "an agreement anywhere will do": in_place_of(visibility, "under_agreement", everything),
    "a lapsed agreement shares its place": in_place_of(
        visibility, "_has_signed", signed_and_never_lapsed
    ),
    "the title is given for the shared wording": in_place_of(
        partner_work, "wording_of", lambda task: task.title
    ),
    "anybody lets anybody sign": in_place_of(need_to_know, "_refuse_secret_of_others", nothing),
    # reading and saving
    "a decision is shown for one of its links": in_place_of(
        decisions, "sees_links", decision_by_first_kind
    ),
    "decisions go with no link": in_place_of(decisions, "sees_links", everything),
    "all are counted": in_place_of(Records, "count", counting_all),
    "an id is enough": an_id_is_enough,
    "versions are shown of anything": in_place_of(Records, "revisions", revisions_of_anything),
    "what is hidden is answered otherwise": in_place_of(
        ocg_register, "existing", telling_what_is_hidden
    ),
    "a hidden parent will do": in_place_of(Records, "absent_parents", lambda *_: ()),
    "an edit goes over another": in_place_of(Records, "change", without(".version")),
    "an edit reaches what is hidden": in_place_of(Records, "change", without("ocg_id in")),
    "a form sent twice saves twice": in_place_of(keeping, "once", every_time),
    "an ended grant is opened again": lambda: patch.object(need_to_know, "min", max, create=True),
    # the log
    "a change is recorded after its transaction": audit_after_the_transaction,
    "an edit is not recorded": in_place_of(AuditLog, "record", audit_but_for_edits),
}
