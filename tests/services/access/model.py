"""Who should see what, in plain Python: the simple twin of scopes, visibility and views.

Written from the rules of the work. It knows nothing of tables, and asks nobody.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from chb.domain.access.grants import Basis
from chb.domain.access.roles import Role
from chb.domain.places.decisions import LinkKind
from chb.domain.places.phases import Phase

OFFICERS = {Role.SRO, Role.LRO, Role.P_LEAD, Role.ANALYST}
CONVENERS = {Role.CSP_MANAGER, Role.CO_ORDINATOR}


@dataclass(frozen=True)
class Member:
    """Somebody of the partnership, in one role."""

    email: str
    role: Role
    agency: str = "Marram Constabulary"

    @property
    def is_officer(self) -> bool:
        return self.role in OFFICERS


@dataclass(kw_only=True, eq=False)
class Thing:
    """Something that was kept. Its words are marks that occur nowhere else."""

    kind: str
    record: Any
    words: set[str] = field(default_factory=set)
    groups: frozenset[str] = frozenset()
    """Ids of the groups it is about."""
    plan: Any = None
    links: tuple[Any, ...] = ()
    """What a decision is about: other things."""
    earlier: list[Any] = field(default_factory=list)
    """The record as it was before each edit, oldest first."""

    @property
    def id(self) -> str:
        return str(self.record.id)


@dataclass
class Model:
    """Everything that should be kept, and the day it is."""

    today: date
    things: list[Thing] = field(default_factory=list)
    ties: list[tuple[Thing, str, str]] = field(default_factory=list)
    """Place, id of the group, and the mark in the reason."""
    owners: dict[str, str] = field(default_factory=dict)
    """Who owns a place, by its id."""

    def of(self, kind: str) -> list[Thing]:
        return [each for each in self.things if each.kind == kind]

    def find(self, thing_id: str) -> Thing:
        return next(each for each in self.things if each.id == thing_id)

    def known_groups(self, who: Member) -> set[str]:
        """Groups that a person leads, shares or is indoctrinated in; the SRO knows all."""
        if not who.is_officer:
            return set()
        groups = self.of("ocgs")
        if who.role is Role.SRO:
            return {each.id for each in groups}
        led = {each.id for each in groups if self._leads(who, each.record.lro)}
        return led | {each.record.ocg_id for each in self._grants_of(who)} - {None}

    def codes_told(self, who: Member) -> list[str]:
        """Code names of groups at places: all that a partner who was let in is told of them."""
        if who.is_officer:
            return []
        let_in = {each.record.ocg_id for each in self._grants_of(who)}
        return [
            self.find(group).record.code
            for place, group, _ in self.ties
            if group in let_in and self.has_agreement(who, place.id)
        ]

    def is_in_the_secret(self, who: Member, work: Thing) -> bool:
        """Whether the person signed for the operation, leads it, or is to do the work."""
        is_theirs = who.email == work.record.owner or self.has_signed(who, work.record.ocg_id)
        return is_theirs or self.knows_of_plan(who, work.plan)

    def knows_of_plan(self, who: Member, plan: Thing) -> bool:
        """Whether the person signed for what the plan is about, or leads it."""
        subjects = (plan.record.place_id, plan.record.ocg_id)
        return who.email == plan.record.lead or any(self.has_signed(who, each) for each in subjects)

    def as_kept(self, who: Member, before: Thing, answer: Any) -> Any:
        """What an edit left in the store: a date that its author is not told of stays."""
        trigger = before.record.trigger_on if before.kind == "plans" else None
        if trigger is None or trigger <= self.today or self.knows_of_plan(who, before):
            return answer
        assert answer.trigger_on is None
        return replace(answer, trigger_on=trigger)

    def has_signed(self, who: Member, subject_id: str | None) -> bool:
        """Whether a place or group is an operation that the person leads or has signed for."""
        if subject_id is None:
            return False
        signed = any(
            grant.record.basis == Basis.INDOCTRINATED
            and subject_id in (grant.record.place_id, grant.record.ocg_id)
            for grant in self._grants_of(who)
        )
        led = [each.record.lro for each in self.of("ocgs") if each.id == subject_id]
        owner = self.owners.get(subject_id, "")
        return (
            who.role is Role.SRO or signed or any(self._leads(who, each) for each in (*led, owner))
        )

    def has_agreement(self, who: Member, place_id: str | None = None) -> bool:
        """Whether the person's agency may be told more than any resident, there or anywhere."""
        if who.role in CONVENERS:
            return True
        return who.role is Role.PARTNER and any(
            same(each.record.agency, who.agency)
            and within(self.today, each.record.isa_signed_on, each.record.isa_review_on)
            and place_id in (None, each.record.place_id)
            for each in self.of("stakeholders")
        )

    def sees(self, who: Member, thing: Thing) -> bool:
        """Whether the person may know that the thing is there."""
        if who.role is Role.ADMINISTRATOR:
            return thing.kind == "grants" and thing.record.work_email == who.email
        return RULES.get(thing.kind, _for_officers)(self, who, thing)

    def seen(self, who: Member, kind: str) -> set[str]:
        return {each.id for each in self.of(kind) if self.sees(who, each)}

    def n_versions_seen(self, who: Member, thing: Thing) -> int:
        """How many saved versions of a thing are shown: an agency's entry those in force."""
        if not self.sees(who, thing):
            return 0
        if thing.kind != "stakeholders":
            return int(thing.record.version)
        then = (replace(thing, record=each) for each in (*thing.earlier, thing.record))
        return sum(self.sees(who, each) for each in then)

    def words_for_officer(self, who: Member) -> set[str]:
        """Every mark that an officer finds on the restricted screens."""
        seen = [each.words for each in self.things if self.sees(who, each)]
        known = self.known_groups(who)
        return set().union(*seen, *({mark} for _, group, mark in self.ties if group in known))

    def shared_work(self, who: Member) -> list[Thing]:
        """Work in the views for partners: an officer who looks sees what partners see."""
        return [
            each
            for each in self.of("interventions")
            if not each.groups and self._is_overt(each) and self.sees(who, each)
        ]

    def work_of_partners(self, who: Member) -> list[Thing]:
        """Of that, what is at places shared with the person's agency."""
        return [
            each
            for each in self.shared_work(who)
            if who.is_officer or self.has_agreement(who, each.plan.record.place_id)
        ]

    def is_secret(self, work: Thing) -> bool:
        """Clear is a secret until the trigger date that was set for it."""
        trigger = self._trigger(work)
        return work.record.phase == Phase.CLEAR and trigger is not None and trigger > self.today

    def _is_overt(self, work: Thing) -> bool:
        """To partners Clear is a secret until a trigger date that was set is there."""
        trigger = self._trigger(work)
        return work.record.phase != Phase.CLEAR or (trigger is not None and trigger <= self.today)

    def _trigger(self, work: Thing) -> date | None:
        return work.record.trigger_on or work.plan.record.trigger_on

    def _leads(self, who: Member, lead: str) -> bool:
        return who.role is Role.LRO and lead == who.email

    def _grants_of(self, who: Member) -> list[Thing]:
        return [
            each
            for each in self.of("grants")
            if each.record.work_email == who.email
            and within(self.today, each.record.starts_on, each.record.ends_on)
        ]


def same(agency: str, other: str) -> bool:
    return agency.casefold() == other.casefold()


def within(day: date, first: date | None, last: date | None) -> bool:
    """Whether a day is in a span, its last day included; one without a start never began."""
    return first is not None and first <= day <= (last or day)


def _for_officers(model: Model, who: Member, thing: Thing) -> bool:
    return who.is_officer and thing.groups <= model.known_groups(who)


def _group(model: Model, who: Member, thing: Thing) -> bool:
    return thing.id in model.known_groups(who)


def _place(model: Model, who: Member, thing: Thing) -> bool:
    return True


def _plan(model: Model, who: Member, thing: Thing) -> bool:
    return _for_officers(model, who, thing) or not thing.groups


def _work(model: Model, who: Member, thing: Thing) -> bool:
    if who.is_officer:
        may_know = not model.is_secret(thing) or model.is_in_the_secret(who, thing)
        return may_know and _for_officers(model, who, thing)
    if thing.groups or not model._is_overt(thing):
        return False
    theirs = who.role in CONVENERS or same(thing.record.lead_agency, who.agency)
    signed = model.has_agreement(who, thing.plan.record.place_id)
    return thing.record.phase == Phase.BUILD or (theirs and signed)


def _request(model: Model, who: Member, thing: Thing) -> bool:
    signed = model.has_agreement(who, thing.record.place_id)
    asked = same(thing.record.agency, who.agency) and signed
    return _for_officers(model, who, thing) if who.is_officer else asked


def _of_partners(model: Model, who: Member, thing: Thing) -> bool:
    if who.is_officer or who.role in CONVENERS:
        return True
    return same(thing.record.agency, who.agency) and model.has_agreement(who)


def _entry(model: Model, who: Member, thing: Thing) -> bool:
    """An entry of a place's group: an agency's own, while what it signed is in force."""
    signed = within(model.today, thing.record.isa_signed_on, thing.record.isa_review_on)
    return _of_partners(model, who, thing) and (who.is_officer or who.role in CONVENERS or signed)


def _grant(model: Model, who: Member, thing: Thing) -> bool:
    return thing.record.work_email == who.email or _for_officers(model, who, thing)


def _decision(model: Model, who: Member, thing: Thing) -> bool:
    return who.is_officer and all(model.sees(who, each) for each in thing.links)


RULES = {
    "ocgs": _group,
    "places": _place,
    "plans": _plan,
    "interventions": _work,
    "partner_requests": _request,
    "signals": _of_partners,
    "stakeholders": _entry,
    "grants": _grant,
    "decisions": _decision,
}
LINKS = {
    "ocgs": LinkKind.OCG,
    "plans": LinkKind.PLAN,
    "interventions": LinkKind.INTERVENTION,
    "disruptions": LinkKind.DISRUPTION,
    "requirements": LinkKind.INTELLIGENCE,
}
DAY = timedelta(1)
