"""SARA, SPATIAL and U-Battle: other headings over the same plan, not a second plan.

Headings: the guidance's section F; SPATIAL after Burton and McGregor (2018),
Crime Science 7:4, doi:10.1186/s40163-018-0078-4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chb.domain.ocgs.register import BusinessPart
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.disruptions import Disruption
from chb.domain.planning.intelligence import IntelligenceRequirement, PartnerRequest
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.planning.plans import Plan
from chb.domain.planning.signals import Signal


class PlanFrame(StrEnum):
    """The ways of seeing a plan beside phases and Ps."""

    SARA = "SARA"
    SPATIAL = "SPATIAL"
    U_BATTLE = "U-Battle"


@dataclass(frozen=True)
class FrameItem:
    """One thing under a heading, with where it is kept."""

    kind: str
    title: str
    record_id: str


@dataclass(frozen=True)
class PlanContent:
    """A plan with what belongs to it, as the headings draw on it."""

    plan: Plan
    interventions: tuple[Intervention, ...] = ()
    requirements: tuple[IntelligenceRequirement, ...] = ()
    requests: tuple[PartnerRequest, ...] = ()
    signals: tuple[Signal, ...] = ()
    disruptions: tuple[Disruption, ...] = ()
    debriefs: tuple[Debrief, ...] = ()


Headings = dict[str, tuple[FrameItem, ...]]

NOT_NAMED: Final = "No part of the business named"
_VULNERABILITIES: Final = {
    "Operational vulnerabilities": {
        BusinessPart.SUPPLY,
        BusinessPart.TRANSPORT,
        BusinessPart.PREMISES,
        BusinessPart.WORKFORCE,
        BusinessPart.COMMUNICATIONS,
        BusinessPart.ENABLERS,
    },
    "Financial vulnerabilities": {
        BusinessPart.CASH,
        BusinessPart.LAUNDERING,
        BusinessPart.ASSETS,
    },
    "Market vulnerabilities": {
        BusinessPart.CUSTOMERS,
        BusinessPart.TERRITORY,
        BusinessPart.ENFORCEMENT,
    },
}


def headings(content: PlanContent, frame: PlanFrame) -> Headings:
    """The plan's items under the frame's headings, in their order; empty headings stay."""
    return _FRAMES[frame](content)


def _sara(content: PlanContent) -> Headings:
    return {
        "Scanning": _signals(content),
        "Analysis": _questions(content),
        "Response": (*_objectives(content), *_interventions(content.interventions)),
        "Assessment": (*_disruptions(content), *_debriefs(content)),
    }


def _spatial(content: PlanContent) -> Headings:
    to_task = [each for each in content.interventions if not _has_begun(each)]
    begun = [each for each in content.interventions if _has_begun(each)]
    return {
        "Scan": _signals(content),
        "Prioritise": (_aim(content), *_objectives(content)),
        "Analyse": _questions(content),
        "Task": _interventions(to_task),
        "Intervene": _interventions(begun),
        "Assess": _disruptions(content),
        "Learn": _debriefs(content),
    }


def _u_battle(content: PlanContent) -> Headings:
    under = {
        heading: _interventions(
            each for each in content.interventions if each.business_part in parts
        )
        for heading, parts in _VULNERABILITIES.items()
    }
    rest = _interventions(each for each in content.interventions if each.business_part is None)
    return under | {NOT_NAMED: rest}


_FRAMES: Final[dict[PlanFrame, Callable[[PlanContent], Headings]]] = {
    PlanFrame.SARA: _sara,
    PlanFrame.SPATIAL: _spatial,
    PlanFrame.U_BATTLE: _u_battle,
}


def _has_begun(intervention: Intervention) -> bool:
    return intervention.status not in (InterventionStatus.PROPOSED, InterventionStatus.AGREED)


def _aim(content: PlanContent) -> FrameItem:
    return FrameItem("aim", content.plan.aim, content.plan.id)


def _objectives(content: PlanContent) -> tuple[FrameItem, ...]:
    return tuple(
        FrameItem("objective", f"{each.pillar}: {each.what}", content.plan.id)
        for each in content.plan.objectives
    )


def _interventions(interventions: Iterable[Intervention]) -> tuple[FrameItem, ...]:
    return tuple(FrameItem("intervention", each.title, each.id) for each in interventions)


def _signals(content: PlanContent) -> tuple[FrameItem, ...]:
    return tuple(
        FrameItem("signal", f"{each.agency}: {each.answers[0].text}", each.id)
        for each in content.signals
    )


def _questions(content: PlanContent) -> tuple[FrameItem, ...]:
    return (
        *(FrameItem("requirement", each.question, each.id) for each in content.requirements),
        *(
            FrameItem("partner request", f"{each.agency}: {each.question}", each.id)
            for each in content.requests
        ),
    )


def _disruptions(content: PlanContent) -> tuple[FrameItem, ...]:
    return tuple(
        FrameItem("disruption", f"{each.settled_level}: {each.what}", each.id)
        for each in content.disruptions
    )


def _debriefs(content: PlanContent) -> tuple[FrameItem, ...]:
    return tuple(FrameItem("debrief", each.title, each.id) for each in content.debriefs)
