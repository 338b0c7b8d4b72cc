"""Records of a large store, as lists: one function a kind, the same in every run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import NAMESPACE_OID, uuid5

import h3

from chb.domain.ocgs.bands import Band, Tier
from chb.domain.ocgs.members import Nominal, NominalRole
from chb.domain.ocgs.register import Ocg, OcgModel, OcgReview, OcgScore, ReviewKind, SocCategory
from chb.domain.people import Person
from chb.domain.places.decisions import Decision, DecisionDraft, Link, LinkKind
from chb.domain.places.phases import Intensity, IntensityChange, Phase
from chb.domain.places.places import Boundary, Place
from chb.domain.places.records import NameEntry, Tie, TieKind
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.disruptions import Disruption, DisruptionLevel
from chb.domain.planning.intelligence import (
    IntelligenceRequirement,
    PartnerRequest,
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

N_PLACES: Final = 50
N_OCGS: Final = 500
N_INTERVENTIONS: Final = 20_000
N_PEOPLE: Final = 200
N_DISRUPTIONS: Final = 5_000
N_DECISIONS: Final = 2_000
N_SIGNALS: Final = 2_000
N_OF_A_GROUP: Final = 10
"""Stakeholders, meetings and debriefs of each place."""
N_QUESTIONS: Final = 1_000
"""Intelligence requirements, and as many requests to partners."""

TODAY: Final = date(2026, 3, 4)
NOW: Final = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
BY: Final = "LRO"

_FIRST_DAY: Final = date(2024, 1, 8)
_RINGS: Final = 7
_RESOLUTION: Final = 10
_TEXT: Final = "Agreed at the weekly meeting with the council, housing and the school. " * 3


def id_of(kind: str, number: int) -> str:
    """The id of a record: as scattered as those that are drawn, and always the same."""
    return str(uuid5(NAMESPACE_OID, f"{kind} {number}"))


def email_of(number: int) -> str:
    """The work address that a person's work is under."""
    return f"person{number % N_PEOPLE:03d}@example.org"


def day_of(number: int) -> date:
    """A day of the two years that the store covers."""
    return _FIRST_DAY + timedelta(days=number * 7 % 780)


def people() -> list[Person]:
    """Officers and partners."""
    return [Person(f"Person {n:03d}", "Police", "officer", email_of(n)) for n in range(N_PEOPLE)]


def places() -> list[Place]:
    """Places of 169 cells in three versions of their boundary, each with its owner and groups."""
    return [_place(number) for number in range(N_PLACES)]


def ocgs() -> list[Ocg]:
    """Groups by code."""
    return [
        Ocg(
            id=id_of("ocg", n),
            code=code_of(n),
            lro=email_of(n),
            tasked_on=day_of(n),
            category=list(SocCategory)[n % 3],
            model=list(OcgModel)[n % 3],
            summary=_TEXT,
            commodities=("cannabis", "cash"),
        )
        for n in range(N_OCGS)
    ]


def code_of(number: int) -> str:
    """The code of a group."""
    return f"GROUP {number:03d}"


def scores() -> list[OcgScore]:
    """Two scorings a group."""
    return [
        OcgScore(
            id=id_of("score", n),
            ocg_id=id_of("ocg", n % N_OCGS),
            band=list(Band)[n % 15],
            tier=list(Tier)[n % len(Tier)],
            assessed_on=day_of(n),
            assessor="desk",
            reason="Scored",
        )
        for n in range(2 * N_OCGS)
    ]


def reviews() -> list[OcgReview]:
    """Three reviews a group."""
    return [
        OcgReview(
            id=id_of("review", n),
            ocg_id=id_of("ocg", n % N_OCGS),
            kind=ReviewKind.SCHEDULED,
            held_on=day_of(n),
            findings=_TEXT,
        )
        for n in range(3 * N_OCGS)
    ]


def nominals() -> list[Nominal]:
    """Six nominals a group."""
    return [
        Nominal(
            id=id_of("nominal", n),
            ocg_id=id_of("ocg", n % N_OCGS),
            reference=f"N{n}",
            role=list(NominalRole)[n % 4],
        )
        for n in range(6 * N_OCGS)
    ]


def plans() -> list[Plan]:
    """The plan of each place, then that of each group."""
    subjects = [{"place_id": id_of("place", n)} for n in range(N_PLACES)]
    subjects += [{"ocg_id": id_of("ocg", n)} for n in range(N_OCGS)]
    return [
        Plan(
            id=id_of("plan", n),
            aim="The green is safe and its people say so",
            lead=email_of(n),
            starts_on=day_of(n),
            objectives=tuple(
                Objective(pillar, _TEXT, due_on=TODAY + timedelta(days=90), owner=email_of(n))
                for pillar in Pillar
            ),
            **subject,
        )
        for n, subject in enumerate(subjects)
    ]


def interventions() -> list[Intervention]:
    """As many in the plan of each place, across phases and Ps."""
    return [
        Intervention(
            id=id_of("intervention", n),
            plan_id=id_of("plan", n % N_PLACES),
            title=f"Intervention {n}",
            phase=list(Phase)[n % 3],
            pillar=list(Pillar)[n // N_PLACES % 4],
            lead_agency=("Police", "Council", "Housing")[n % 3],
            is_police_led=n % 3 == 0,
            owner=email_of(n // N_PLACES),
            detail=_TEXT,
            credited=(Pillar.PROTECT,),
            status=list(InterventionStatus)[n % 5],
            starts_on=day_of(n),
            due_on=day_of(n) + timedelta(days=60),
            milestones=(Milestone("Agreed", day_of(n), day_of(n)), Milestone("Begun", day_of(n))),
        )
        for n in range(N_INTERVENTIONS)
    ]


def disruptions() -> list[Disruption]:
    """The log of all places and groups."""
    return [
        Disruption(
            id=id_of("disruption", n),
            happened_on=day_of(n),
            what=_TEXT,
            level=list(DisruptionLevel)[n % 5],
            pillar=list(Pillar)[n % 4],
            agency="Police",
            place_id=id_of("place", n % N_PLACES),
            ocg_id=id_of("ocg", n % N_OCGS),
            reference=f"R{n}",
        )
        for n in range(N_DISRUPTIONS)
    ]


def requirements() -> list[IntelligenceRequirement]:
    """What must be known."""
    return [
        IntelligenceRequirement(
            id=id_of("requirement", n),
            question="Which addresses are used?",
            drives="Closures",
            place_id=id_of("place", n % N_PLACES),
            owner=email_of(n),
            due_on=day_of(n),
        )
        for n in range(N_QUESTIONS)
    ]


def partner_requests() -> list[PartnerRequest]:
    """What partners were asked."""
    return [
        PartnerRequest(
            id=id_of("request", n),
            agency="Housing",
            heading=list(RequestHeading)[n % 6],
            question="Which tenancies changed?",
            asked_by=email_of(n),
            asked_on=day_of(n),
            due_on=day_of(n) + timedelta(days=14),
            place_id=id_of("place", n % N_PLACES),
        )
        for n in range(N_QUESTIONS)
    ]


def signals() -> list[Signal]:
    """What agencies noticed, each on three cells of a place."""
    return [
        Signal(
            id=id_of("signal", n),
            agency=f"Agency {n % 20}",
            category=list(SignalCategory)[n % 12],
            first_day=day_of(n),
            last_day=day_of(n) + timedelta(days=30),
            cells=frozenset(sorted(_cells(n % N_PLACES))[:3]),
            answers=tuple(SignalAnswer(each, _TEXT) for each in list(SignalQuestion)[:2]),
        )
        for n in range(N_SIGNALS)
    ]


def signal_links() -> list[SignalLink]:
    """Every other signal is linked to a place."""
    return [
        SignalLink(
            id=id_of("signal link", n),
            signal_id=id_of("signal", 2 * n),
            place_id=id_of("place", n % N_PLACES),
        )
        for n in range(N_SIGNALS // 2)
    ]


def stakeholders() -> list[Stakeholder]:
    """The group of each place."""
    return [
        Stakeholder(
            id=id_of("stakeholder", n),
            place_id=id_of("place", n % N_PLACES),
            agency=f"Agency {n // N_PLACES}",
            sector=list(Sector)[n % 3],
            contact_role="Housing manager",
            isa_signed_on=day_of(n),
        )
        for n in range(N_OF_A_GROUP * N_PLACES)
    ]


def meetings() -> list[Meeting]:
    """Meetings of each group, everybody there."""
    return [
        Meeting(
            id=id_of("meeting", n),
            place_id=id_of("place", n % N_PLACES),
            held_on=day_of(n),
            purpose="Weekly",
            present=tuple(
                id_of("stakeholder", n % N_PLACES + N_PLACES * at) for at in range(N_OF_A_GROUP)
            ),
            notes=_TEXT,
        )
        for n in range(N_OF_A_GROUP * N_PLACES)
    ]


def debriefs() -> list[Debrief]:
    """What was learned."""
    return [
        Debrief(
            id=id_of("debrief", n),
            title=f"Debrief {n}",
            held_on=day_of(n),
            worked=_TEXT,
            repeat="Door knocking with the housing officer" if n % 7 else "Nothing",
            place_id=id_of("place", n % N_PLACES),
            owner=email_of(n),
        )
        for n in range(N_OF_A_GROUP * N_PLACES)
    ]


def decisions() -> list[Decision]:
    """The log of all places, every hundredth entry correcting the one before it."""
    return [
        Decision(
            id=id_of("decision", n),
            draft=DecisionDraft(
                what=f"Decision {n}",
                rationale=_TEXT,
                taken_on=day_of(n),
                links=(Link(LinkKind.PLACE, id_of("place", n % N_PLACES)),),
            ),
            recorded_by=BY,
            recorded_at=NOW,
            corrects=id_of("decision", n - 1) if n % 100 == 99 else None,
        )
        for n in range(N_DECISIONS)
    ]


def _place(number: int) -> Place:
    signed = {"reason": "Agreed", "recorded_by": BY, "recorded_at": NOW}
    name, begun, cells = f"Place {number:02d}", _FIRST_DAY, _cells(number)
    subjects = [(TieKind.OWNER, email_of(number))]
    subjects += [(TieKind.OCG, code_of(number * 10 + at)) for at in range(10)]
    return Place(
        id=id_of("place", number),
        name=name,
        area_name="Marram",
        boundaries=tuple(
            Boundary(at, _RESOLUTION, cells, begun + timedelta(days=at), "Drawn", NOW)
            for at in (1, 2, 3)
        ),
        history=_history(begun),
        created_at=NOW + timedelta(seconds=number),
        version=20,
        names=(NameEntry(name=name, valid_from=begun, **signed),),
        ties=tuple(
            Tie(
                tie_id=id_of(f"tie {number}", at),
                kind=kind,
                subject=subject,
                is_added=True,
                effective_on=begun,
                **signed,
            )
            for at, (kind, subject) in enumerate(subjects)
        ),
    )


def _history(begun: date) -> tuple[IntensityChange, ...]:
    """Every phase through its intensities, up to Clear and Hold at work."""
    steps: Sequence[tuple[Phase, Intensity]] = (
        *((phase, Intensity.PLANNED) for phase in Phase),
        *((Phase.CLEAR, intensity) for intensity in (Intensity.ACTIVE, Intensity.SUSTAINING) * 3),
        (Phase.HOLD, Intensity.ACTIVE),
    )
    return tuple(
        IntensityChange(phase, intensity, begun + timedelta(days=at), "Agreed", BY, NOW)
        for at, (phase, intensity) in enumerate(steps)
    )


def _cells(number: int) -> frozenset[int]:
    middle = h3.latlng_to_cell(53.2 + number % 7 * 0.05, -1.9 + number // 7 * 0.08, _RESOLUTION)
    return frozenset(h3.str_to_int(cell) for cell in h3.grid_disk(middle, _RINGS))
