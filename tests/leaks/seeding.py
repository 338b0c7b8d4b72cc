"""A store with a canary in every sensitive field, written by the services as people write it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from chb.domain.assets.engagement import Contact, ContactOutcome, ContactWay
from chb.domain.assets.register import Asset
from chb.domain.edits import Edit
from chb.domain.ocgs.bands import Band, Tier
from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.domain.ocgs.members import FamilyLink, Nominal, NominalRole, OcgLink, OcgLinkKind
from chb.domain.ocgs.register import (
    BusinessNote,
    BusinessPart,
    MorileScore,
    Ocg,
    OcgModel,
    OcgReview,
    OcgScore,
    ReviewKind,
    SocCategory,
)
from chb.domain.places.decisions import DecisionDraft, Link, LinkKind
from chb.domain.places.gates import Gate
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.disruptions import Disruption, DisruptionLevel
from chb.domain.planning.intelligence import (
    IntelligenceRequirement,
    PartnerRequest,
    Reply,
    RequestHeading,
)
from chb.domain.planning.interventions import Intervention, InterventionStatus, Milestone
from chb.domain.planning.plans import Objective, Pillar, Plan
from chb.domain.planning.signals import (
    Signal,
    SignalAnswer,
    SignalCategory,
    SignalLink,
    SignalQuestion,
)
from chb.domain.planning.stakeholders import Meeting, Sector, Stakeholder
from chb.services.assets.engagement import log_contact
from chb.services.assets.register import save_asset
from chb.services.loading.demo import create_sample_place
from chb.services.places import decisions, gates, register, ties
from chb.services.places.gates import EvidenceDraft
from chb.services.planning import (
    disruptions,
    intelligence,
    ocg_locations,
    ocg_register,
    partnership,
    plans,
    signals,
)
from chb.services.workspace import Workspace
from geo.cells import centres
from tests.leaks.canaries import Canaries
from tests.leaks.people import (
    AGREED,
    LAPSED,
    LEAD,
    PARTNER,
    POLICE,
    add_everybody,
    share_with_leads,
)

PLACE: Final = "Aardvark Green"
"""First in every list of places, so that pages open on it."""
TRIGGER: Final = date(2029, 3, 17)
SAFE_WORDING: Final = "Street cleaning with residents"
_BY: Final = LEAD.work_email
_SINCE: Final = date(2026, 2, 2)


def seed(ws: Workspace, words: Canaries) -> None:
    """The sample place, everybody, and one record of every kind about one group at one place."""
    create_sample_place(ws)
    add_everybody(ws)
    place = _place(ws, words)
    ocg = _group(ws, words)
    share_with_leads(ws, ocg_id=ocg.id, note=words["note on who was let in"])
    _members(ws, words, ocg)
    _work_on_group(ws, words, ocg)
    _work_at_place(ws, words, place)
    _records(ws, words, place, ocg)
    _partnership(ws, words, place, ocg)
    _engagement(ws, words, place)


def _place(ws: Workspace, words: Canaries) -> Place:
    of_sample = register.list_places(ws)[0]
    place = register.start_place(
        ws,
        name=PLACE,
        cells=sorted(of_sample.boundary.cells)[:3],
        area_name="Marram",
        reason="Started for the test",
        by=_BY,
    )
    for phase in (Phase.CLEAR, Phase.HOLD, Phase.BUILD):
        place = register.change_intensity(
            ws,
            place.id,
            phase=phase,
            intensity=Intensity.ACTIVE,
            effective_on=ws.today(),
            reason=f"Because {words['reason of a phase']}",
            by=_BY,
            version=place.version,
        )
    for kind, subject in (
        (TieKind.PRIORITY_INDIVIDUAL, words["priority individual"]),
        (TieKind.OCG, words["ocg code"]),
        (TieKind.OWNER, _BY),
    ):
        if kind is not TieKind.OCG:
            edit = Edit(reason=words["reason of a tie"], by=_BY, version=place.version)
            place = ties.tie_to_place(ws, place.id, kind, subject, edit)
    return place


def _group(ws: Workspace, words: Canaries) -> Ocg:
    ocg = ocg_register.save_ocg(
        ws,
        Ocg(
            code=words["ocg code"],
            lro=_BY,
            tasked_on=_SINCE,
            category=SocCategory.EXPLOIT,
            model=OcgModel.CO_OPERATIVE,
            summary=f"It {words['ocg summary']}",
            commodities=(words["ocg commodity"],),
            business_model=(BusinessNote(BusinessPart.CASH, words["ocg business note"]),),
            intelligence_gaps=(f"Who is {words['ocg intelligence gap']}?",),
        ),
        by=_BY,
    )
    return ocg_register.save_ocg(
        ws,
        replace(ocg, model=OcgModel.HIERARCHICAL),
        by=_BY,
        reason=words["reason a group was changed"],
    )


def _members(ws: Workspace, words: Canaries, ocg: Ocg) -> None:
    ocg_register.save_nominal(
        ws,
        Nominal(
            ocg_id=ocg.id,
            reference=f"{words['nominal reference']}-1",
            role=NominalRole.PRINCIPAL,
            function=words["nominal function"],
            family=(FamilyLink(words["family relative"], "sister", words["family safeguarding"]),),
            note=words["nominal note"],
        ),
        by=_BY,
    )
    other = ocg_register.save_ocg(
        ws,
        Ocg(
            code="ZEBRA",
            lro=_BY,
            tasked_on=_SINCE,
            category=SocCategory.EXPLOIT,
            model=OcgModel.CO_OPERATIVE,
        ),
        by=_BY,
    )
    share_with_leads(ws, ocg_id=other.id, note="")
    link = OcgLink(
        ocg_id=ocg.id,
        other_id=other.id,
        kind=OcgLinkKind.SUPPLY,
        note=words["link between groups"],
    )
    ocg_register.save_ocg_link(ws, link, by=_BY)
    ocg_locations.save_location(
        ws,
        OcgLocation(
            code=ocg.code,
            kind=LocationKind.STORAGE,
            longitude=words.longitude,
            latitude=53.5,
            radius_m=200.0,
            confidence=Confidence.LOW,
            valid_from=None,
            valid_to=None,
            source=words["location source"],
            handling=words["location handling"],
        ),
        by=_BY,
    )
    _scores(ws, words, ocg)


def _scores(ws: Workspace, words: Canaries, ocg: Ocg) -> None:
    score = OcgScore(
        ocg_id=ocg.id,
        band=Band.TWO_B,
        tier=Tier.ONE,
        assessed_on=_SINCE,
        assessor="Desk",
        reason=words["score reason"],
    )
    ocg_register.rescore(ws, score, by=_BY)
    morile = MorileScore(
        ocg_id=ocg.id,
        score=12.0,
        assessed_on=_SINCE,
        assessor="Desk",
        source=words["MoRiLE source"],
    )
    ocg_register.import_morile(ws, morile, by=_BY)
    review = OcgReview(
        ocg_id=ocg.id,
        kind=ReviewKind.TRIGGER,
        held_on=_SINCE,
        why=words["reason of a review"],
        findings=words["review findings"],
    )
    ocg_register.hold_review(ws, review, by=_BY)


def _work_on_group(ws: Workspace, words: Canaries, ocg: Ocg) -> None:
    objective = Objective(
        pillar=Pillar.PURSUE, what=words["objective of a group's plan"], owner=_BY
    )
    plan = plans.save_plan(
        ws,
        Plan(
            ocg_id=ocg.id,
            aim=words["aim of a group's plan"],
            lead=_BY,
            starts_on=_SINCE,
            objectives=(objective,),
            exit_strategy=words["exit of a group's plan"],
        ),
        by=_BY,
    )
    plan = plans.save_plan(
        ws,
        replace(plan, trigger_on=TRIGGER),
        by=_BY,
        reason=words["reason of the trigger date"],
    )
    plans.save_intervention(
        ws,
        Intervention(
            plan_id=plan.id,
            title=words["secret title"],
            phase=Phase.CLEAR,
            pillar=Pillar.PURSUE,
            lead_agency=AGREED,
            is_police_led=True,
            owner=_BY,
            detail=words["secret detail"],
            status=InterventionStatus.UNDER_WAY,
            starts_on=ws.today(),
            due_on=ws.today() + timedelta(days=9),
            milestones=(Milestone(words["secret milestone"], ws.today() + timedelta(days=8)),),
            expected_outcome=words["secret outcome"],
            ocg_id=ocg.id,
        ),
        by=_BY,
    )


def _work_at_place(ws: Workspace, words: Canaries, place: Place) -> None:
    objective = Objective(
        pillar=Pillar.PROTECT, what=words["objective of a place"], owner=PARTNER.work_email
    )
    plan = plans.save_plan(
        ws,
        Plan(
            place_id=place.id,
            aim=words["plan of a place"],
            lead=_BY,
            starts_on=_SINCE,
            objectives=(objective,),
        ),
        by=_BY,
    )
    for agency, owner in ((AGREED, PARTNER.work_email), (LAPSED, "")):
        plans.save_intervention(
            ws,
            Intervention(
                plan_id=plan.id,
                title=words["inner title of Hold work"],
                phase=Phase.HOLD,
                pillar=Pillar.PROTECT,
                lead_agency=agency,
                is_police_led=False,
                owner=owner,
                detail=words["detail of Hold work"],
                status=InterventionStatus.UNDER_WAY,
                due_on=ws.today() + timedelta(days=9),
                milestones=(
                    Milestone(words["milestone of Hold work"], ws.today() + timedelta(days=5)),
                ),
                expected_outcome=words["outcome of Hold work"],
                shared_title=SAFE_WORDING,
                place_id=place.id,
            ),
            by=_BY,
        )


def _records(ws: Workspace, words: Canaries, place: Place, ocg: Ocg) -> None:
    draft = EvidenceDraft(
        item_key=gates.gate_states(ws, place.id)[Gate.CLEAR_TO_HOLD].checklist.items[0].key,
        words=words["gate evidence"],
        link=f"https://records.example/{words['link of gate evidence']}",
    )
    gates.record_evidence(ws, place.id, Gate.CLEAR_TO_HOLD, draft, by=_BY)
    event = disruptions.record_disruption(
        ws,
        Disruption(
            happened_on=ws.today(),
            what=words["disruption"],
            level=DisruptionLevel.MINOR,
            pillar=Pillar.PURSUE,
            agency=POLICE,
            ocg_id=ocg.id,
        ),
        by=_BY,
    )
    disruptions.moderate(
        ws,
        event,
        level=DisruptionLevel.MAJOR,
        by=_BY,
        reason=words["moderation of a disruption"],
    )
    decisions.record_decision(
        ws,
        DecisionDraft(
            what=words["decision"],
            rationale=words["rationale of a decision"],
            taken_on=ws.today(),
            not_doing=words["what is not done"],
            not_doing_why="Not now",
            links=(Link(LinkKind.OCG, ocg.code),),
        ),
        by=_BY,
    )
    _intelligence(ws, words, ocg)


def _intelligence(ws: Workspace, words: Canaries, ocg: Ocg) -> None:
    intelligence.save_requirement(
        ws,
        IntelligenceRequirement(
            question=words["requirement"],
            drives="A search",
            ocg_id=ocg.id,
            owner=_BY,
            answer=words["answer to a requirement"],
            answered_on=ws.today(),
        ),
        by=_BY,
    )
    request = intelligence.save_request(
        ws,
        PartnerRequest(
            agency="Marram Water",
            heading=RequestHeading.BUSINESS,
            question=words["request to a partner"],
            asked_by=_BY,
            asked_on=ws.today(),
            due_on=ws.today() + timedelta(days=5),
            ocg_id=ocg.id,
        ),
        by=_BY,
    )
    reply = Reply(ws.today(), "Marram Water", words["reply of a partner"])
    intelligence.add_reply(ws, request, reply=reply, by=_BY)


def _partnership(ws: Workspace, words: Canaries, place: Place, ocg: Ocg) -> None:
    today = ws.today()
    group = [
        partnership.save_stakeholder(
            ws,
            Stakeholder(
                place_id=place.id,
                agency=agency,
                sector=Sector.PUBLIC,
                contact_role="Manager",
                contact_email=email,
                isa_signed_on=signed,
                isa_review_on=review,
            ),
            by=_BY,
        )
        for agency, email, signed, review in (
            ("Marram Water", f"{words['stakeholder contact']}@water.example", None, None),
            (AGREED, "", today - timedelta(days=90), today + timedelta(days=90)),
            (LAPSED, "", today - timedelta(days=900), today - timedelta(days=9)),
        )
    ]
    meeting = Meeting(
        place_id=place.id,
        held_on=today,
        purpose="Monthly",
        present=(group[0].id,),
        notes=words["notes of a meeting"],
    )
    partnership.save_meeting(ws, meeting, by=_BY)
    for debrief in (
        Debrief(
            title="After the day of action",
            held_on=today,
            worked=words["what worked at a place"],
            place_id=place.id,
            new_intelligence=words["new intelligence of a debrief"],
        ),
        Debrief(title="Inside", held_on=today, worked=words["debrief of a group"], ocg_id=ocg.id),
    ):
        partnership.save_debrief(ws, debrief, by=_BY)
    _signal(ws, words, place, ocg)


def _signal(ws: Workspace, words: Canaries, place: Place, ocg: Ocg) -> None:
    told = f"We see more of {words['answer in a signal'].lower()}"
    sent = signals.send_signal(
        ws,
        Signal(
            agency=AGREED,
            category=SignalCategory.HOUSING,
            first_day=ws.today() - timedelta(days=20),
            last_day=ws.today(),
            area_name=PLACE,
            cells=place.boundary.cells,
            answers=(SignalAnswer(SignalQuestion.NEW, told),),
        ),
        by=PARTNER.work_email,
    )
    link = SignalLink(
        signal_id=sent.id, place_id=place.id, ocg_id=ocg.id, note=words["what a signal tells"]
    )
    signals.link_signal(ws, link, by=_BY)


def _engagement(ws: Workspace, words: Canaries, place: Place) -> None:
    """A contact with an asset that is first to call on, so that the page opens on it."""
    (longitude,), (latitude,) = centres(np.array([min(place.boundary.cells)], dtype=np.uint64))
    hall = save_asset(
        ws,
        Asset(
            name=f"{PLACE} hall",
            kind="community_centre",
            longitude=float(longitude),
            latitude=float(latitude),
            source="",
        ),
        by=_BY,
    )
    contact = Contact(
        asset_id=hall.id,
        on=_SINCE,
        how=ContactWay.VISIT,
        outcome=ContactOutcome.NO_ANSWER,
        note=words["note of a contact with an asset"],
    )
    log_contact(ws, contact, by=_BY)
