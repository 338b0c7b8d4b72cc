"""People at work on groups, places and plans at random, beside a model of who sees what.

After every step the log has one row for each acknowledged change, and somebody reads
everything there is: as much as they need to know, and no more.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.scope import NotForYou
from chb.domain.edits import StaleEdit
from chb.domain.people import Person
from chb.domain.places.decisions import DecisionDraft, Link
from chb.domain.places.phases import Phase
from chb.domain.refusal import Refusal
from chb.services.access.need_to_know import end_need, let_in
from chb.services.audit import verify
from chb.services.places.decisions import record_decision
from chb.services.planning.plans import save_intervention
from tests.services.access.interrupting import BrokenOff, broken_off_at, row_counts
from tests.services.access.model import LINKS, Member
from tests.services.access.people import (
    ADMINISTRATOR,
    ANALYST,
    COMMAND,
    CSP_MANAGER,
    EDITS,
    EVERYBODY,
    HOUSING,
    HOUSING_OFFICER,
    LEADS,
    LRO,
    MAYBE_SOON,
    NTH,
    OFFICER,
    OTHER_LRO,
    P_LEAD,
    PLANNERS,
    SOON,
    SRO,
    WHO,
    YOUTH,
    YOUTH_WORKER,
)
from tests.services.access.reading import check_engine, check_everything
from tests.services.access.writing import PeopleWriting


class PeopleAtWork(PeopleWriting):
    """Everything that may change who needs to know what."""

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
        self.send_the_last_form_again()

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
        """One agreement ends today, two ended yesterday; a group where none is in force."""
        self.sign(CSP_MANAGER, 0, HOUSING.upper(), -2, 0)
        self.sign(CSP_MANAGER, 1, YOUTH, -2, -1)
        self.sign(CSP_MANAGER, 2, HOUSING, -2, -1)
        self.add_work(LRO, 4, Phase.HOLD, agency=HOUSING)
        self.register(LRO, LRO)
        self.tie(LRO, 1, 2)
        self.let_in(LRO, HOUSING_OFFICER, 4, Basis.SHARED, 0, None)
        for who in (HOUSING_OFFICER, YOUTH_WORKER):
            self.signal(who)
            self.ask_partner(LRO, who.agency, None)

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

    @rule(who=WHO)
    def read_everything(self, who: Member) -> None:
        check_everything(self.seen_by(who), who, self.model)

    def teardown(self) -> None:
        for who in EVERYBODY:
            self.read_everything(who)
        assert verify(self.ws).is_whole
        self.ws.store.close()
