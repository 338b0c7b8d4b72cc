"""What people write about groups, places and plans, at random."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import rule

from chb.domain.access.roles import Role
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.ocgs.members import Nominal, NominalRole, OcgLink, OcgLinkKind
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
from chb.services.places.register import start_place
from chb.services.planning.intelligence import save_request, save_requirement
from chb.services.planning.ocg_locations import save_location
from chb.services.planning.ocg_register import save_nominal, save_ocg_link
from chb.services.planning.partnership import save_stakeholder
from chb.services.planning.plans import save_plan
from chb.services.planning.signals import send_signal
from tests.services.access.confirmed import Confirmed
from tests.services.access.model import OFFICERS, Member, same
from tests.services.access.people import (
    AGENCY,
    COMMAND,
    HOSTS,
    HOUSING,
    LEADS,
    LRO,
    MAYBE_SOON,
    NTH,
    OFFICER,
    PLANNERS,
    SENDERS,
    WHO,
)
from tests.services.place_makers import CELLS
from tests.services.planner_makers import made_disruption, made_intervention, made_ocg


class PeopleWriting(Confirmed):
    """Everything that is kept for the first time."""

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
            "trigger_on": self.day(trigger) if phase is Phase.CLEAR else None,
            "ocg_id": about[0].id if about else None,
            "lead_agency": agency,
            "owner": owner.email if owner else "",
            "shared_title": shared,
        }
        # Whoever may not know of the work may add it: a refusal would tell of the trigger date.
        self.saved(
            "interventions",
            who,
            lambda ws, key: made_intervention(ws, of.record, request_key=key, **new),
            words={mark, shared},
            may=PLANNERS,
            refused=None if self.model.sees(who, of) else Refusal,
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
