"""People at work on groups, places and plans at random, beside a model of who sees what.

After every step the log has one row for each acknowledged change, and somebody reads
everything there is: as much as they need to know, and no more.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.edits import Edit, StaleEdit
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.ocgs.members import Nominal, NominalRole, OcgLink, OcgLinkKind
from chb.domain.people import Person
from chb.domain.places.decisions import DecisionDraft, Link
from chb.domain.places.phases import Phase
from chb.domain.places.records import TieKind
from chb.domain.planning.disruptions import DisruptionLevel
from chb.domain.planning.intelligence import (
    IntelligenceRequirement,
    PartnerRequest,
    RequestHeading,
)
from chb.domain.planning.plans import Plan
from chb.domain.planning.signals import Signal, SignalAnswer, SignalCategory, SignalQuestion
from chb.domain.planning.stakeholders import Sector, Stakeholder
from chb.domain.refusal import Refusal
from chb.services.access.need_to_know import end_need, let_in
from chb.services.audit import verify
from chb.services.places.decisions import record_decision
from chb.services.places.register import start_place
from chb.services.places.ties import tie_to_place
from chb.services.planning.disruptions import record_disruption
from chb.services.planning.intelligence import save_request, save_requirement
from chb.services.planning.ocg_locations import save_location
from chb.services.planning.ocg_register import save_nominal, save_ocg, save_ocg_link
from chb.services.planning.partnership import save_stakeholder
from chb.services.planning.plans import save_intervention, save_plan
from chb.services.planning.signals import send_signal
from chb.services.workspace import Workspace, open_workspace
from tests.services.access.interrupting import BrokenOff, broken_off_at, row_counts
from tests.services.access.model import LINKS, OFFICERS, Member, Model, Thing, same
from tests.services.access.reading import VERSIONED, check_engine, check_everything
from tests.services.access.scopes import as_person
from tests.services.driven import Driven
from tests.services.place_makers import CELLS
from tests.services.planner_makers import made_disruption, made_intervention, made_ocg

HOUSING, YOUTH = "Bank Homes", "Quay Youth"
AGENCIES = (HOUSING, HOUSING.upper(), YOUTH)
SRO = Member("sro@example.org", Role.SRO)
LRO = Member("lro@example.org", Role.LRO)
OTHER_LRO = Member("ro@example.org", Role.LRO)
P_LEAD = Member("p.lead@example.org", Role.P_LEAD)
ANALYST = Member("analyst@example.org", Role.ANALYST)
CSP_MANAGER = Member("csp@example.org", Role.CSP_MANAGER, "Marram Council")
HOUSING_OFFICER = Member("homes@example.org", Role.PARTNER, HOUSING)
YOUTH_WORKER = Member("youth@example.org", Role.PARTNER, YOUTH)
ADMINISTRATOR = Member("systems@example.org", Role.ADMINISTRATOR)
EVERYBODY = (
    SRO,
    LRO,
    OTHER_LRO,
    P_LEAD,
    ANALYST,
    CSP_MANAGER,
    HOUSING_OFFICER,
    YOUTH_WORKER,
    ADMINISTRATOR,
)
LEADS = (LRO, OTHER_LRO)

COMMAND = {Role.SRO, Role.LRO}
PLANNERS = COMMAND | {Role.P_LEAD}
HOSTS = COMMAND | {Role.CSP_MANAGER}
SENDERS = OFFICERS | {Role.CSP_MANAGER, Role.PARTNER}

TABLES = {
    "ocgs": "ocg",
    "nominals": "nominal",
    "ocg_links": "ocg_link",
    "locations": "ocg_location",
    "plans": "plan",
    "interventions": "intervention",
    "disruptions": "disruption",
    "requirements": "intelligence_requirement",
    "partner_requests": "partner_request",
    "signals": "signal",
    "stakeholders": "stakeholder",
    "grants": "need_to_know",
    "decisions": "decision",
    "places": "place",
}
WRITES = (AuditAction.ALTER, AuditAction.COLLECT, AuditAction.DECIDE, AuditAction.ERASE)
EDITS: dict[str, tuple[Callable[..., Any], str, set[Role]]] = {
    "ocgs": (save_ocg, "summary", COMMAND),
    "nominals": (save_nominal, "note", COMMAND),
    "ocg_links": (save_ocg_link, "note", COMMAND),
    "plans": (save_plan, "exit_strategy", PLANNERS),
    "interventions": (save_intervention, "detail", PLANNERS),
    "disruptions": (record_disruption, "what", PLANNERS),
    "requirements": (save_requirement, "known_already", OFFICERS),
    "partner_requests": (save_request, "question", OFFICERS),
}
"""How each kind is edited, the field that takes new words, and who may."""

Send = Callable[[Workspace, str], Any]
"""Sends a form as the person whose workspace it is, under a key; what was kept."""

WHO = st.sampled_from(EVERYBODY)
OFFICER = st.sampled_from(EVERYBODY[:5])
NTH = st.integers(0, 7)
SOON = st.integers(-2, 2)
MAYBE_SOON = st.none() | SOON
AGENCY = st.sampled_from(AGENCIES)


class PeopleAtWork(Driven):
    """Everything that may change who needs to know what, and everything they write."""

    def __init__(self) -> None:
        super().__init__()
        self.ws.store.anchors.path.unlink(missing_ok=True)
        self.moment = self.ws.now()
        self.reopen()
        self.model = Model(self.moment.date())
        self.marks = (f"TK{number:04}X" for number in count(1))
        self.acknowledged: list[tuple[str, str, str]] = []
        """Person, kind and id of each change that was confirmed, in order."""
        self.forms: list[tuple[Member, Thing, Any]] = []
        self.last_form: tuple[Member, Thing, Send, str] | None = None

    @initialize()
    def a_partnership_at_work(self) -> None:
        """One of each on either side of every rule: random steps alone seldom get there."""
        people = [Person(each.email, each.agency, each.role, each.email) for each in EVERYBODY]
        with self.ws.writing() as tx:
            tx.people.put(people, source_sha256="")
        for lead in LEADS:
            self.register(lead, lead)
        self.start_place(CSP_MANAGER, LRO)
        self.start_place(LRO, None)
        self.start_place(LRO, None)
        for lead, group in ((LRO, 0), (OTHER_LRO, 1)):
            self.tie(lead, 0, group)
            self.keep_about_groups(lead, group)
        self.link(SRO, 0, 1)
        self.plans_and_their_secrets()
        self.people_let_in()
        self.partners()
        for nth, kind in enumerate(LINKS):
            self.decide(SRO, kind, nth)
        for _ in range(2):
            self.open_form(LRO, 0)
        for _ in range(2):
            self.send_form(0)
        self.send_the_last_form_again()
        self.break_off(OTHER_LRO, 0)
        for who, nth in ((P_LEAD, 0), (P_LEAD, 1), (OTHER_LRO, 0), (OTHER_LRO, 1)):
            self.take_over(who, nth)
        for who in EVERYBODY:
            self.read_everything(who)
        check_engine(self.ws)

    def keep_about_groups(self, lead: Member, group: int) -> None:
        for work in (self.name_nominal, self.place_group, self.ask_question, self.disrupt):
            work(lead, group)
        self.ask_partner(lead, HOUSING, group)

    def plans_and_their_secrets(self) -> None:
        """Triggers tomorrow, today and never; work of every kind under them."""
        for who, subject, trigger in (
            (LRO, 0, 1),
            (OTHER_LRO, 1, None),
            (LRO, 2, 1),
            (LRO, 3, 0),
            (LRO, 4, None),
        ):
            self.plan(who, subject, trigger)
        for plan in range(5):
            self.add_work(SRO, plan, Phase.CLEAR)
        for phase in (Phase.HOLD, Phase.BUILD):
            self.add_work(LRO, 2, phase, agency=HOUSING.upper())
            self.add_work(LRO, 2, phase, agency=YOUTH)
            self.add_work(LRO, 2, phase, group=0)
        self.add_work(LRO, 2, Phase.CLEAR, owner=P_LEAD)
        self.add_work(LRO, 2, Phase.CLEAR, 0)
        self.add_work(LRO, 3, Phase.CLEAR, 1, agency=YOUTH)
        self.add_work(LRO, 3, Phase.CLEAR, 0, group=0)
        self.disrupt(P_LEAD, None)

    def people_let_in(self) -> None:
        """Until today, until yesterday, from tomorrow; shared only, and indoctrinated."""
        self.let_in(LRO, P_LEAD, 0, Basis.SHARED, -1, 0)
        self.let_in(OTHER_LRO, P_LEAD, 1, Basis.SHARED, -3, -1)
        self.let_in(OTHER_LRO, LRO, 1, Basis.SHARED, 1, None)
        self.let_in(LRO, ANALYST, 2, Basis.INDOCTRINATED, -3, -1)
        self.let_in(LRO, ANALYST, 0, Basis.INDOCTRINATED, -1, 0)
        self.let_in(SRO, OTHER_LRO, 3, Basis.INDOCTRINATED, 0, None)
        for partner in (CSP_MANAGER, YOUTH_WORKER, ADMINISTRATOR):
            self.let_in(LRO, partner, 0, Basis.INDOCTRINATED, 0, None)
        self.end_grant(LRO, 4, 0)
        self.end_grant(OTHER_LRO, 1, 0)
        for subject in (0, 2):  # nobody lets themselves in
            self.let_in(OTHER_LRO, OTHER_LRO, subject, Basis.INDOCTRINATED, 0, None)
            self.let_in(OTHER_LRO, OTHER_LRO, 0, Basis.SHARED, 0, None)

    def partners(self) -> None:
        """One agreement ends today, one ended yesterday."""
        self.sign(CSP_MANAGER, 0, HOUSING.upper(), -2, 0)
        self.sign(CSP_MANAGER, 1, YOUTH, -2, -1)
        for who in (HOUSING_OFFICER, YOUTH_WORKER):
            self.signal(who)
            self.ask_partner(LRO, who.agency, None)

    @rule(who=WHO, lead=st.sampled_from(LEADS))
    def register(self, who: Member, lead: Member) -> None:
        mark = next(self.marks)
        self.saved(
            "ocgs",
            who,
            lambda ws, key: made_ocg(ws, f"BIRD-{mark}", request_key=key, lro=lead.email),
            words={mark},
            may=COMMAND,
        )

    @rule(who=WHO, owner=st.none() | st.sampled_from(LEADS))
    def start_place(self, who: Member, owner: Member | None) -> None:
        mark, number = next(self.marks), len(self.model.of("places"))
        thing = self.saved(
            "places",
            who,
            lambda ws, key: start_place(
                ws,
                name=f"Place {number}",
                cells=CELLS[:3],
                area_name="",
                reason=mark,
                by="",
                request_key=key,
            ),
            words={mark},
            may=HOSTS,
        )
        if thing is not None and owner is not None:
            self._tied(LRO, thing, TieKind.OWNER, owner.email, "he asked")
            self.model.owners[thing.id] = owner.email

    @rule(who=WHO, place=NTH, group=NTH)
    def tie(self, who: Member, place: int, group: int) -> None:
        there, about, mark = self.nth("places", place), self.nth("ocgs", group), next(self.marks)
        known = about.id in self.model.known_groups(who)
        if not known or any(tie[:2] == (there, about.id) for tie in self.model.ties):
            return
        if self._tied(who, there, TieKind.OCG, about.record.code.lower(), mark):
            self.model.ties.append((there, about.id, mark))

    @rule(who=WHO, group=NTH)
    def name_nominal(self, who: Member, group: int) -> None:
        about, mark = self.nth("ocgs", group), next(self.marks)
        new = Nominal(ocg_id=about.id, reference=mark, role=NominalRole.PRINCIPAL)
        self.about_groups("nominals", who, save_nominal, new, {mark}, about)

    @rule(who=WHO, group=NTH, other=NTH)
    def link(self, who: Member, group: int, other: int) -> None:
        one, two, mark = self.nth("ocgs", group), self.nth("ocgs", other), next(self.marks)
        pairs = [each.groups for each in self.model.of("ocg_links")]
        if one is two or {one.id, two.id} in pairs:
            return
        new = OcgLink(ocg_id=one.id, other_id=two.id, kind=OcgLinkKind.RIVALRY, note=mark)
        self.about_groups("ocg_links", who, save_ocg_link, new, {mark}, one, two)

    @rule(who=WHO, group=NTH)
    def place_group(self, who: Member, group: int) -> None:
        about, mark = self.nth("ocgs", group), next(self.marks)
        new = OcgLocation(
            code=about.record.code.lower(),
            kind=LocationKind.STORAGE,
            longitude=-1.495,
            latitude=53.365,
            radius_m=100.0,
            confidence=Confidence.LOW,
            valid_from=None,
            valid_to=None,
            source=mark,
            handling="officers",
        )
        self.about_groups("locations", who, save_location, new, {mark}, about)

    @rule(who=WHO, group=NTH)
    def ask_question(self, who: Member, group: int) -> None:
        about, mark = self.nth("ocgs", group), next(self.marks)
        new = IntelligenceRequirement(question=mark, drives="work", ocg_id=about.id)
        self.about_groups("requirements", who, save_requirement, new, {mark}, about, may=OFFICERS)

    @rule(who=WHO, group=st.none() | NTH)
    def disrupt(self, who: Member, group: int | None) -> None:
        mark = next(self.marks)
        about = () if group is None else (self.nth("ocgs", group),)
        subject = {"ocg_id": about[0].id} if about else {"place_id": self.nth("places", 0).id}
        self.saved(
            "disruptions",
            who,
            lambda ws, key: made_disruption(
                ws, key, what=mark, level=DisruptionLevel.MINOR, **subject
            ),
            words={mark},
            may=PLANNERS,
            about=about,
        )

    @rule(who=WHO, agency=AGENCY, group=st.none() | NTH)
    def ask_partner(self, who: Member, agency: str, group: int | None) -> None:
        mark = next(self.marks)
        about = () if group is None else (self.nth("ocgs", group),)
        new = PartnerRequest(
            agency=agency,
            heading=RequestHeading.CRIME,
            question=mark,
            asked_by=who.email,
            asked_on=self.today,
            due_on=self.today,
            ocg_id=about[0].id if about else None,
            place_id=self.nth("places", 0).id,
        )
        self.about_groups("partner_requests", who, save_request, new, {mark}, *about, may=OFFICERS)

    @rule(who=WHO)
    def signal(self, who: Member) -> None:
        mark = next(self.marks)
        new = Signal(
            agency=who.agency,
            category=SignalCategory.HEALTH,
            first_day=self.today,
            last_day=self.today,
            area_name="the quay",
            answers=(SignalAnswer(SignalQuestion.NEW, mark.lower()),),
        )
        # Sending needs no view of what was sent: an agency without agreement is refused.
        told = who.role is not Role.PARTNER or self.model.has_agreement(who)
        self.saved(
            "signals",
            who,
            lambda ws, key: send_signal(ws, new, by="", request_key=key),
            words={mark},
            may=SENDERS,
            refused=None if told else Refusal,
        )

    @rule(who=WHO, place=NTH, agency=AGENCY, signed=MAYBE_SOON, review=MAYBE_SOON)
    def sign(
        self, who: Member, place: int, agency: str, signed: int | None, review: int | None
    ) -> None:
        """A sharing agreement is signed, or one that was is changed."""
        there, mark = self.nth("places", place), next(self.marks)
        dates = {"isa_signed_on": self.day(signed), "isa_review_on": self.day(review)}
        if signed is None or (review is not None and review < signed):
            dates = dict.fromkeys(dates)
        present = [
            each
            for each in self.model.of("stakeholders")
            if each.record.place_id == there.id and same(each.record.agency, agency)
        ]
        new = Stakeholder(
            place_id=there.id,
            agency=agency,
            sector=Sector.THIRD,
            contact_role="Manager",
            can_offer=mark,
            **dates,
        )
        if present:
            new = replace(present[0].record, can_offer=mark, **dates)
        self.saved(
            "stakeholders",
            who,
            lambda ws, key: save_stakeholder(ws, new, by="", request_key=key),
            words={mark},
            may=HOSTS,
            edited=present[0] if present else None,
        )

    @rule(who=WHO, subject=NTH, trigger=MAYBE_SOON)
    def plan(self, who: Member, subject: int, trigger: int | None) -> None:
        about, mark = self.subject(subject), next(self.marks)
        groups = (about,) if about.kind == "ocgs" else ()
        new = Plan(
            aim=mark,
            lead=who.email,
            starts_on=self.today,
            trigger_on=self.day(trigger),
            **self.named(about),
        )
        there_is_one = any(
            about.id in (each.record.place_id, each.record.ocg_id)
            for each in self.model.of("plans")
        )
        self.about_groups(
            "plans",
            who,
            save_plan,
            new,
            {mark},
            *groups,
            may=PLANNERS,
            refused=Refusal if there_is_one else None,
        )

    @rule(
        who=WHO,
        plan=NTH,
        phase=st.sampled_from(Phase),
        trigger=MAYBE_SOON,
        group=st.none() | NTH,
        agency=AGENCY,
        owner=st.none() | OFFICER,
    )
    def add_work(
        self,
        who: Member,
        plan: int,
        phase: Phase,
        trigger: int | None = None,
        *,
        group: int | None = None,
        agency: str = HOUSING,
        owner: Member | None = None,
    ) -> None:
        of, mark = self.nth("plans", plan), next(self.marks)
        about = () if group is None else (self.nth("ocgs", group),)
        shared = mark.replace("TK", "SH")
        new = {
            "title": mark,
            "phase": phase,
            "trigger_on": self.day(trigger),
            "ocg_id": about[0].id if about else None,
            "lead_agency": agency,
            "owner": owner.email if owner else "",
            "shared_title": shared,
        }
        work = Thing(
            kind="interventions",
            record=SimpleNamespace(**new),
            groups=of.groups | {each.id for each in about},
            plan=of,
        )
        # Whoever may not know of the work may not add it either.
        self.saved(
            "interventions",
            who,
            lambda ws, key: made_intervention(ws, of.record, request_key=key, **new),
            words={mark, shared},
            may=PLANNERS,
            refused=None if self.model.sees(who, work) else Refusal,
            about=about,
            plan=of,
        )

    @rule(who=WHO, plan=NTH, trigger=MAYBE_SOON)
    def change_trigger(self, who: Member, plan: int, trigger: int | None) -> None:
        thing = self.nth("plans", plan)
        changed = replace(thing.record, trigger_on=self.day(trigger))
        self.saved(
            "plans",
            who,
            lambda ws, key: save_plan(ws, changed, by="", reason="strike day", request_key=key),
            words=set(),
            may=PLANNERS,
            edited=thing,
        )

    @rule(who=WHO, whom=WHO, subject=NTH, basis=st.sampled_from(Basis), first=SOON, last=MAYBE_SOON)
    def let_in(
        self,
        who: Member,
        whom: Member,
        subject: int,
        basis: Basis,
        first: int,
        last: int | None,
    ) -> None:
        about, mark = self.subject(subject), next(self.marks)
        if last is not None and last < first:
            first, last = last, first
        groups = (about,) if about.kind == "ocgs" else ()
        new = NeedToKnow(
            work_email=whom.email,
            basis=basis,
            starts_on=self.day(first),
            ends_on=self.day(last),
            note=mark,
            **self.named(about),
        )
        may_sign = basis is Basis.SHARED or self.model.has_signed(who, about.id)
        refused = None if may_sign else NotForYou
        self.about_groups("grants", who, let_in, new, {mark}, *groups, refused=refused)

    @rule(who=WHO, nth=NTH, on=SOON)
    def end_grant(self, who: Member, nth: int, on: int) -> None:
        if self.model.of("grants"):
            thing, day = self.nth("grants", nth), self.day(on)
            before = thing.record
            ended = self.saved(
                "grants",
                who,
                lambda ws, _: end_need(ws, thing.id, on=day, by="", reason="moved on"),
                words=set(),
                may=COMMAND,
                edited=thing,
                is_form=False,
            )
            if ended is not None:
                last = min(max(day, before.starts_on), before.ends_on or date.max)
                assert ended.record.ends_on == last

    @rule(who=WHO, kind=st.sampled_from(sorted(LINKS)), nth=NTH)
    def decide(self, who: Member, kind: str, nth: int) -> None:
        if not self.model.of(kind):
            return
        about, mark = self.nth(kind, nth), next(self.marks)
        draft = DecisionDraft(
            what=mark,
            rationale="harm",
            taken_on=self.today,
            links=(Link(LINKS[kind], about.id),),
        )
        self.saved(
            "decisions",
            who,
            lambda ws, key: record_decision(ws, draft, by="", request_key=key),
            words={mark},
            may=COMMAND,
            refused=None if self.model.sees(who, about) else Refusal,
            links=(about,),
        )

    @rule(who=OFFICER, nth=st.integers(0, 40))
    def open_form(self, who: Member, nth: int) -> None:
        """Somebody begins to edit what they see; it is sent some other time."""
        listed = [
            each
            for each in self.model.things
            if each.kind in EDITS and self.model.sees(who, each) and who.role in EDITS[each.kind][2]
        ]
        if listed:
            thing = listed[nth % len(listed)]
            self.forms.append((who, thing, thing.record))

    @rule(nth=NTH)
    def send_form(self, nth: int) -> None:
        """What was edited meanwhile is not overwritten; what is hidden meanwhile is not there."""
        if not self.forms:
            return
        who, thing, seen = self.forms.pop(nth % len(self.forms))
        self.saved(
            thing.kind,
            who,
            self.edit_of(thing, seen, mark := next(self.marks)),
            words={mark},
            may=EDITS[thing.kind][2],
            edited=thing,
            refused=StaleEdit if seen.version != thing.record.version else None,
        )

    @rule(who=OFFICER, nth=NTH)
    def take_over(self, who: Member, nth: int) -> None:
        """Nobody becomes the owner of work that they may not know of, and so sees it."""
        hidden = [each for each in self.model.of("interventions") if not self.sees(who, each)]
        if not hidden:
            return
        thing = hidden[nth % len(hidden)]
        mine = replace(thing.record, owner=who.email)
        self.saved(
            "interventions",
            who,
            lambda ws, key: save_intervention(ws, mine, by="", reason="mine", request_key=key),
            words=set(),
            may=PLANNERS,
            edited=thing,
        )

    @rule(who=st.sampled_from((SRO, *LEADS)), nth=st.integers(0, 40))
    def break_off(self, who: Member, nth: int) -> None:
        """A save is broken off at each of its statements in turn, and leaves nothing."""
        self.open_form(who, nth)
        if not self.forms:
            return
        _, thing, seen = self.forms[-1]
        before, mark = row_counts(self.ws), next(self.marks)
        send = self.edit_of(thing, seen, mark)
        self.n_requests += 1
        for nth_statement in count(1):
            ws = self.seen_by(who)
            try:
                with broken_off_at(self.ws, nth_statement):
                    kept = send(ws, f"form-{self.n_requests}")
            except BrokenOff:
                assert row_counts(self.ws) == before
            else:
                break
        self.forms.pop()
        self.note(thing.kind, who, kept, {mark}, edited=thing)

    @rule()
    def send_the_last_form_again(self) -> None:
        """It changes nothing, and shows nobody what they may not see any more."""
        if self.last_form is None:
            return
        who, thing, send, key = self.last_form
        if self.model.sees(who, thing):
            assert str(send(self.seen_by(who), key).id) == thing.id
        else:
            with pytest.raises(Refusal):
                send(self.seen_by(who), key)

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.moment += timedelta(days)
        self.model.today = self.moment.date()

    @rule()
    def reopen(self) -> None:
        """The server stops and starts again."""
        store = self.ws.store
        address = "" if store.engine.dialect.name == "sqlite" else self._address()
        store.close()
        self.ws = open_workspace(store.home, clock=self.now, database_url=address)

    @rule(who=WHO)
    def read_everything(self, who: Member) -> None:
        check_everything(self.seen_by(who), who, self.model)

    @invariant()
    def the_log_has_one_row_for_each_change(self) -> None:
        with self.ws.reading() as tx:
            rows = tx.audit.search(AuditQuery(most=100_000))
        written = [
            (row.person, row.object_kind, row.object_id)
            for row in reversed(rows)
            if row.action in WRITES and row.object_kind != "person"
        ]
        assert written == self.acknowledged

    def teardown(self) -> None:
        for who in EVERYBODY:
            self.read_everything(who)
        assert verify(self.ws).is_whole
        self.ws.store.close()

    def about_groups(
        self,
        kind: str,
        who: Member,
        save: Callable[..., Any],
        new: Any,
        words: set[str],
        *about: Thing,
        may: set[Role] = COMMAND,
        refused: type[Refusal] | None = None,
    ) -> Thing | None:
        """Save a new record that is about groups, or about none."""
        return self.saved(
            kind,
            who,
            lambda ws, key: save(ws, new, by="", request_key=key),
            words=words,
            may=may,
            about=about,
            refused=refused,
        )

    def saved(
        self,
        kind: str,
        who: Member,
        send: Send,
        *,
        words: set[str],
        may: set[Role],
        refused: type[Refusal] | None = None,
        about: tuple[Thing, ...] = (),
        edited: Thing | None = None,
        is_form: bool = True,
        **more: Any,
    ) -> Thing | None:
        """Send a form: the thing as it is kept, or None when it is refused as it must be."""
        self.n_requests += 1
        key = f"form-{self.n_requests}"
        hidden = not all(self.sees(who, each) for each in about)
        if edited is not None:
            known = who.is_officer and edited.groups <= self.model.known_groups(who)
            hidden = not self.sees(who, edited) or not (known or not edited.groups)
        if who.role not in may:
            refused = NotForYou
        elif hidden:
            refused = Refusal
        if refused is not None:
            with pytest.raises(refused) as told:
                send(self.seen_by(who), key)
            assert not (hidden and isinstance(told.value, StaleEdit))
            return None
        kept = send(self.seen_by(who), key)
        thing = self.note(kind, who, kept, words, edited=edited, about=about, **more)
        self.last_form = (who, thing, send, key) if is_form else None
        return thing

    def note(
        self,
        kind: str,
        who: Member,
        kept: Any,
        words: set[str],
        *,
        edited: Thing | None = None,
        about: tuple[Thing, ...] = (),
        plan: Thing | None = None,
        links: tuple[Thing, ...] = (),
    ) -> Thing:
        """Write an acknowledged change into the model."""
        self.acknowledged.append((who.email, TABLES[kind], str(kept.id)))
        if edited is not None:
            edited.record = kept
            # Where no screen shows earlier versions, new words take the place of the old.
            edited.words = edited.words | words if kind in VERSIONED else words or edited.words
            return edited
        groups = {each.id for each in about} | (plan.groups if plan else set())
        thing = Thing(
            kind=kind, record=kept, words=words, groups=frozenset(groups), plan=plan, links=links
        )
        self.model.things.append(thing)
        return thing

    def edit_of(self, thing: Thing, seen: Any, mark: str) -> Send:
        """A form that puts new words into a record as somebody saw it."""
        save, name, _ = EDITS[thing.kind]
        edited = replace(seen, **{name: mark})
        return lambda ws, key: save(ws, edited, by="", reason="a visit", request_key=key)

    def _tied(self, who: Member, place: Thing, kind: TieKind, subject: str, reason: str) -> bool:
        if who.role not in PLANNERS:
            return False
        edit = Edit(reason=reason, by="", version=place.record.version)
        kept = tie_to_place(self.seen_by(who), place.id, kind, subject, edit)
        self.note("places", who, kept, set(), edited=place)
        return True

    def sees(self, who: Member, thing: Thing) -> bool:
        return self.model.sees(who, thing)

    def seen_by(self, who: Member) -> Workspace:
        """The store as the person has it today."""
        return as_person(self.ws, who.email, who.role, agency=who.agency)

    def subject(self, nth: int) -> Thing:
        """Groups and places as plans and grants name them: first the first two of each."""
        groups, places = self.model.of("ocgs"), self.model.of("places")
        listed = [*groups[:2], *places[:2], *groups[2:], *places[2:]]
        return listed[nth % len(listed)]

    def nth(self, kind: str, nth: int) -> Thing:
        listed = self.model.of(kind)
        return listed[nth % len(listed)]

    @staticmethod
    def named(about: Thing) -> dict[str, str]:
        return {"ocg_id" if about.kind == "ocgs" else "place_id": about.id}

    @property
    def today(self) -> date:
        return self.moment.date()

    def now(self) -> datetime:
        return self.moment

    def day(self, from_today: int | None) -> date | None:
        return None if from_today is None else self.today + timedelta(from_today)

    def _address(self) -> str:
        return self.ws.store.engine.url.render_as_string(hide_password=False)
