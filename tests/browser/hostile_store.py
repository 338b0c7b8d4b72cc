"""A store in which every field that somebody types holds hostile texts, written by the services."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Final

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.roles import Role
from chb.domain.assets.batches import BatchKind
from chb.domain.assets.engagement import Contact, ContactOutcome, ContactWay
from chb.domain.assets.register import Asset
from chb.domain.assets.sessions import Session, Weekday
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
from chb.domain.places.gates import Figure, Gate, GateItem
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.domain.planning.debriefs import Debrief, Thanks
from chb.domain.planning.disruptions import (
    Disruption,
    DisruptionLevel,
    ImpactAnswer,
)
from chb.domain.planning.intelligence import (
    CollectionMethod,
    CollectionStep,
    IntelligenceRequirement,
    PartnerRequest,
    Reply,
    RequestHeading,
)
from chb.domain.planning.interventions import Intervention, InterventionStatus, Milestone
from chb.domain.planning.plans import Objective, Pillar, Plan, Undeveloped
from chb.domain.planning.referrals import PathwayKind, ReferralPathway
from chb.domain.planning.signals import (
    Signal,
    SignalAnswer,
    SignalCategory,
    SignalLink,
    SignalQuestion,
)
from chb.domain.planning.stakeholders import Meeting, Sector, Stakeholder
from chb.domain.retention import KeptKind, Outcome
from chb.services import disposal, retention
from chb.services.access import accounts
from chb.services.access.need_to_know import let_in
from chb.services.assets import register as assets
from chb.services.assets.batches import BatchChanges, apply_batch
from chb.services.assets.engagement import log_contact
from chb.services.assets.undoing import undo_batch
from chb.services.exports.preparing import ExportRequest, prepare_export
from chb.services.exports.products import ExportKind
from chb.services.loading.importing import import_assets, import_people
from chb.services.places import boundaries, decisions, gates, joining, openings, register, ties
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
from tests.browser.planting import Planter

_SINCE: Final = date(2026, 2, 2)


def address_of(role: Role) -> str:
    """The work address of whoever holds a role."""
    return f"{role.name.lower().replace('_', '-')}@planted.example"


PERSON: Final = address_of(Role.SRO)
"""Who owns work, so that it is on somebody's list."""


@dataclass
class HostileStore:
    """What was written: one place and one group for each text, and which fields hold texts."""

    ws: Workspace
    planted: set[str] = field(default_factory=set)
    _cells: Sequence[int] = ()
    _last: Ocg | None = None

    def write(self, texts: Iterable[str], folder: Path) -> None:
        """One of everything for each text."""
        texts = tuple(texts)
        self._bring_in(texts, folder)
        self._let_in(texts)
        self._cells = sorted(register.list_places(self.ws)[0].boundary.cells)
        for number, text in enumerate(texts):
            _Writer(self, Planter(text, self.planted), number).write()

    def _let_in(self, texts: Sequence[str]) -> None:
        """An account for each role; whoever holds it is called by a text, and so is the agency."""
        self.planted |= {"Account.name", "RoleGrant.agency"}
        for role, text in zip(Role, itertools.cycle(texts), strict=False):
            accounts.add_account(self.ws, address_of(role), name=text)
            accounts.grant_role(self.ws, address_of(role), role, agency=texts[0])

    def _bring_in(self, texts: Iterable[str], folder: Path) -> None:
        """People and assets come in by file as well, and have fields that no form has."""
        kept = [text.replace("\x00", "") for text in texts if not _is_half(text)]
        addresses = (f"p{at}@planted.example" for at in itertools.count())
        people = [(text, text, text, next(addresses)) for text in kept]
        people.append((kept[0], kept[0], kept[0], PERSON))
        self.planted |= {"Person.name", "Person.agency", "Person.role"}
        import_people(
            self.ws,
            _csv(folder / "people.csv", ("name", "agency", "role", "work_email"), people),
        )
        header = ("name", "kind", "longitude", "latitude", "address", "postcode", "note")
        longitude, latitude = _POSITION
        rows = [
            (text, "library", longitude + at / 2_000, latitude, text, text[:10], text)
            for at, text in enumerate(kept)
        ]
        self.planted |= {"Asset.postcode"}
        import_assets(self.ws, _csv(folder / "assets.csv", header, rows))


_POSITION: Final = (-1.5, 53.4)


class _Writer:
    """One of everything for one text."""

    def __init__(self, store: HostileStore, planter: Planter, number: int) -> None:
        self.store = store
        self.ws = store.ws
        self.plant = planter
        self.number = number
        self.by = planter.word("Signature.by")
        self.reason = planter.word("Signature.reason")
        self.today = store.ws.today()

    def write(self) -> None:
        place, ocg = self._place(), self._ocg()
        self._on_group(ocg)
        self._plan(ocg_id=ocg.id)
        self._plan(place_id=place.id)
        self._at_place(place, ocg)
        self._intelligence(place, ocg)
        self._partnership(place)
        self._signal(place, ocg)
        self._kept()
        self.store._last = ocg

    def _edit(self, place: Place) -> Edit:
        return Edit(reason=self.reason, by=self.by, version=place.version)

    def _place(self) -> Place:
        word, ws = self.plant.word, self.ws
        at = 3 * self.number % (len(self.store._cells) - 6)
        cells = self.store._cells[at : at + 4]
        place = register.start_place(
            ws,
            name=f"{word('NameEntry.name', longest=100)} at first",
            cells=cells,
            area_name=word("Place.area_name"),
            reason=word("Boundary.reason", "NameEntry.reason"),
            by=word("Boundary.recorded_by", "NameEntry.recorded_by"),
        )
        name = word("Place.name", longest=120)
        place = boundaries.rename_place(ws, place.id, name, self._edit(place))
        place = self._tied(place)
        word("Opening.reason", "Opening.recorded_by")
        place = openings.close_place(ws, place.id, self._edit(place))
        place = openings.reopen_place(ws, place.id, self._edit(place))
        word("Relation.reason", "Relation.recorded_by")
        parted = f"{self.plant.text[:100]} parted"
        joining.split_place(ws, place.id, cells[:1], parted, self._edit(place))
        return self._phases(register.get_place(ws, place.id))

    def _tied(self, place: Place) -> Place:
        subject = self.plant.word("Tie.subject", "Tie.reason", "Tie.recorded_by")
        for kind in TieKind:
            if kind is not TieKind.OCG:
                place = ties.tie_to_place(self.ws, place.id, kind, subject, self._edit(place))
        return place

    def _phases(self, place: Place) -> Place:
        for phase in Phase:
            place = register.change_intensity(
                self.ws,
                place.id,
                phase=phase,
                intensity=Intensity.ACTIVE,
                effective_on=self.today,
                reason=self.plant.word("IntensityChange.reason"),
                by=self.plant.word("IntensityChange.recorded_by", "GatePassage.open_items"),
                version=place.version,
            )
        return place

    def _ocg(self) -> Ocg:
        ocg = Ocg(
            code=self.plant.word("Ocg.code", longest=40),
            lro=PERSON,
            tasked_on=_SINCE,
            category=SocCategory.EXPLOIT,
            model=OcgModel.CO_OPERATIVE,
            business_model=(BusinessNote(BusinessPart.CASH, "x"),),
        )
        saved = ocg_register.save_ocg(self.ws, self.plant.fill(ocg, keep=("code",)), by=self.by)
        mine = replace(saved, lro=PERSON)
        return ocg_register.save_ocg(self.ws, mine, by=self.by, reason=self.reason)

    def _on_group(self, ocg: Ocg) -> None:
        ws, by, fill = self.ws, self.by, self.plant.fill
        ocg_register.save_nominal(
            ws,
            fill(
                Nominal(
                    ocg_id=ocg.id,
                    reference="X-1",
                    role=NominalRole.PRINCIPAL,
                    family=(FamilyLink("x", "x", "x"),),
                ),
            ),
            by=by,
        )
        score = OcgScore(
            ocg_id=ocg.id,
            band=Band.TWO_B,
            tier=Tier.ONE,
            assessed_on=_SINCE,
            assessor="x",
            reason="x",
        )
        ocg_register.rescore(ws, fill(score), by=by)
        morile = MorileScore(ocg_id=ocg.id, score=9, assessed_on=_SINCE, assessor="x", source="x")
        ocg_register.import_morile(ws, fill(morile), by=by)
        review = OcgReview(
            ocg_id=ocg.id, kind=ReviewKind.TRIGGER, held_on=_SINCE, why="x", findings="x"
        )
        ocg_register.hold_review(ws, fill(review), by=by)
        self._elsewhere(ocg)

    def _elsewhere(self, ocg: Ocg) -> None:
        self.plant.word("OcgLocation.code", longest=40)
        location = OcgLocation(
            code=ocg.code,
            kind=LocationKind.STORAGE,
            longitude=_POSITION[0],
            latitude=_POSITION[1],
            radius_m=200.0,
            confidence=Confidence.LOW,
            valid_from=None,
            valid_to=None,
            source="x",
            handling="x",
        )
        ocg_locations.save_location(self.ws, self.plant.fill(location, keep=("code",)), by=self.by)
        before = self.store._last
        if before is not None:
            link = OcgLink(ocg_id=ocg.id, other_id=before.id, kind=OcgLinkKind.RIVALRY)
            ocg_register.save_ocg_link(self.ws, self.plant.fill(link), by=self.by)
        grant = NeedToKnow(work_email=PERSON, basis=Basis.SHARED, ocg_id=ocg.id, starts_on=_SINCE)
        let_in(self.ws, self.plant.fill(grant), by=self.by)

    def _plan(self, *, place_id: str | None = None, ocg_id: str | None = None) -> None:
        objectives = [Objective(Pillar.PURSUE, "x", "x", "x", "x", self.today, "x")]
        plan = self.plant.fill(
            Plan(
                place_id=place_id,
                ocg_id=ocg_id,
                aim="x",
                lead="x",
                starts_on=_SINCE,
                objectives=tuple(objectives),
                undeveloped=(Undeveloped(Pillar.PREPARE, "x"),),
            )
        )
        mine = replace(plan.objectives[0], pillar=Pillar.PROTECT, owner=PERSON)
        plan = replace(plan, objectives=(*plan.objectives, mine))
        saved = plans.save_plan(self.ws, plan, by=self.by)
        for phase, owner in ((Phase.HOLD, ""), (Phase.BUILD, PERSON)):
            draft = Intervention(
                plan_id=saved.id,
                title="x",
                phase=phase,
                pillar=Pillar.PROTECT,
                lead_agency="x",
                is_police_led=False,
                status=InterventionStatus.UNDER_WAY,
                starts_on=_SINCE,
                due_on=self.today + timedelta(days=3),
                handover_on=self.today + timedelta(days=9),
                milestones=(Milestone("x", self.today + timedelta(days=2)),),
                place_id=place_id,
                ocg_id=ocg_id,
            )
            filled = self.plant.fill(draft)
            plans.save_intervention(
                self.ws, replace(filled, owner=owner or filled.owner), by=self.by
            )

    def _at_place(self, place: Place, ocg: Ocg) -> None:
        self._gates(place)
        event = self.plant.fill(
            Disruption(
                happened_on=self.today,
                what="x",
                level=DisruptionLevel.MINOR,
                pillar=Pillar.PURSUE,
                agency="x",
                place_id=place.id,
                ocg_id=ocg.id,
                impact=(ImpactAnswer(disruptions.impact_prompts()[0].key, "x"),),
            )
        )
        saved = disruptions.record_disruption(self.ws, event, by=self.by)
        disruptions.moderate(
            self.ws,
            saved,
            level=DisruptionLevel.MAJOR,
            by=self.plant.word("Moderation.by"),
            reason=self.plant.word("Moderation.reason"),
        )
        self.plant.word("Decision.recorded_by")
        draft = DecisionDraft(
            what="x",
            rationale="x",
            taken_on=self.today,
            links=(Link(LinkKind.OTHER, "x"),),
        )
        decisions.record_decision(self.ws, self.plant.fill(draft), by=self.by)

    def _gates(self, place: Place) -> None:
        word = self.plant.word
        gate = Gate.CLEAR_TO_HOLD
        version = gates.gate_states(self.ws, place.id)[gate].checklist.version
        word("Checklist.reason", "Checklist.recorded_by", "Evidence.recorded_by")
        checklist = gates.edit_checklist(
            self.ws,
            gate,
            [self.plant.fill(GateItem("", "x", "x"))],
            Edit(reason=self.reason, by=self.by, version=version),
            place_id=place.id,
        )
        evidence = gates.EvidenceDraft(
            item_key=checklist.items[0].key,
            words=word("Evidence.words"),
            link=f"https://records.example/{word('Evidence.link')}",
            figure=self.plant.fill(Figure("x", 1.0, "x", "x", "x")),
        )
        gates.record_evidence(self.ws, place.id, gate, evidence, by=self.by)

    def _intelligence(self, place: Place, ocg: Ocg) -> None:
        step = CollectionStep("x", CollectionMethod.OVERT, self.today)
        for owner, answered in (("", self.today), (PERSON, None)):
            needed = self.plant.fill(
                IntelligenceRequirement(
                    question="x",
                    drives="x",
                    place_id=place.id,
                    ocg_id=ocg.id,
                    collection=(step,),
                    due_on=self.today,
                    answered_on=answered,
                )
            )
            intelligence.save_requirement(
                self.ws, replace(needed, owner=owner or needed.owner), by=self.by
            )
        asked = PartnerRequest(
            agency="x",
            heading=RequestHeading.BUSINESS,
            question="x",
            asked_by="x",
            asked_on=self.today,
            due_on=self.today,
            ocg_id=ocg.id,
            place_id=place.id,
        )
        request = intelligence.save_request(self.ws, self.plant.fill(asked), by=self.by)
        reply = self.plant.fill(Reply(self.today, "x", "x"))
        intelligence.add_reply(self.ws, request, reply=reply, by=self.by)

    def _partnership(self, place: Place) -> None:
        ws, by, fill = self.ws, self.by, self.plant.fill
        agency = Stakeholder(
            place_id=place.id,
            agency="x",
            sector=Sector.PUBLIC,
            contact_role="x",
            isa_signed_on=_SINCE,
        )
        member = partnership.save_stakeholder(ws, fill(agency), by=by)
        meeting = Meeting(place_id=place.id, held_on=self.today, purpose="x", present=(member.id,))
        partnership.save_meeting(ws, fill(meeting), by=by)
        pathway = ReferralPathway(
            organisation="x",
            kind=PathwayKind.HEALTH,
            needs=("x",),
            area_name="x",
            how_to_refer="x",
        )
        partnership.save_pathway(ws, fill(pathway), by=by)
        debrief = Debrief(
            title="x", held_on=self.today, worked="x", place_id=place.id, thanks=(Thanks("x"),)
        )
        partnership.save_debrief(ws, fill(debrief), by=by)

    def _signal(self, place: Place, ocg: Ocg) -> None:
        draft = self.plant.fill(
            Signal(
                agency="x",
                category=SignalCategory.HOUSING,
                first_day=self.today - timedelta(days=20),
                last_day=self.today,
                area_name="x",
                cells=place.boundary.cells,
                answers=(SignalAnswer(SignalQuestion.NEW, "x"),),
            )
        )
        suspected = {warning.words for warning in draft.warnings()}
        sent = signals.send_signal(self.ws, draft, by=self.by, no_persons=suspected)
        link = SignalLink(signal_id=sent.id, place_id=place.id, ocg_id=ocg.id)
        signals.link_signal(self.ws, self.plant.fill(link), by=self.by)

    def _kept(self) -> None:
        """Assets, accounts, what is kept and what is taken out."""
        word, ws = self.plant.word, self.ws
        asset = self._asset()
        word("Disposal.disposed_by", "Disposal.reason")
        gone = assets.save_asset(ws, asset, by=self.by)
        disposal.dispose(ws, KeptKind.ASSET, gone.id, reason=self.reason)
        kept = assets.save_asset(ws, asset, by=self.by)
        self._work_on(kept)
        self._retention(kept.id)
        asked = ExportRequest(ExportKind.DISRUPTION_LOG, ".csv")
        prepare_export(
            ws,
            asked,
            purpose=word("AuditRow.purpose"),
            recipient=word("AuditRow.recipient"),
        )

    def _asset(self) -> Asset:
        """An asset; its postcode has no room for a text, and comes in by file."""
        asset = Asset(
            name="",
            kind="library",
            longitude=_POSITION[0] + self.number / 1_000,
            latitude=_POSITION[1] + 0.01,
            source="",
            sessions=(Session(Weekday.MONDAY, time(9), time(10)),),
        )
        return self.plant.fill(asset, keep=("postcode",))

    def _work_on(self, asset: Asset) -> None:
        """A contact with an asset, and a change of many that is undone."""
        word, ws, by = self.plant.word, self.ws, self.by
        word("AssetBatch.by", "AssetBatch.undone_by")
        batch = apply_batch(
            ws,
            BatchChanges(changed=[asset]),
            title=word("AssetBatch.title"),
            by=by,
            kind=BatchKind.CHANGE,
        )
        undo_batch(ws, batch.id, by=by)
        contact = Contact(
            asset_id=asset.id,
            on=_SINCE,
            how=ContactWay.VISIT,
            outcome=ContactOutcome.CALL_AGAIN,
            next_on=self.today + timedelta(days=5),
        )
        log_contact(ws, self.plant.fill(contact), by=by)

    def _retention(self, asset_id: str) -> None:
        word, ws, by = self.plant.word, self.ws, self.by
        word("RetentionReview.why", "Hold.why", "Hold.placed_by", "Hold.lifted_by")
        retention.record_review(
            ws,
            KeptKind.ASSET,
            asset_id,
            outcome=Outcome.KEEP,
            why=self.reason,
            by=by,
            keep_until=self.today + timedelta(days=400),
        )
        hold = retention.place_hold(ws, KeptKind.ASSET, asset_id, why=self.reason, by=by)
        retention.lift_hold(ws, hold, why=word("Hold.lifted_why"), by=by)
        retention.place_hold(ws, KeptKind.ASSET, asset_id, why=self.reason, by=by)


def _is_half(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path
