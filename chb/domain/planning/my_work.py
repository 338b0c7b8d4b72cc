"""One person's work: what is due, overdue, waiting on others, and coming."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from chb.domain.ocgs.register import OcgStanding, OcgStatus
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.intelligence import IntelligenceRequirement, PartnerRequest, RequestState
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Plan

DUE_WITHIN: Final = timedelta(days=7)
COMING_WITHIN: Final = timedelta(days=30)


class WorkKind(StrEnum):
    """What has to be done."""

    INTERVENTION = "intervention"
    MILESTONE = "milestone"
    OBJECTIVE = "objective"
    HANDOVER = "handover"
    REVIEW = "OCG review"
    REQUIREMENT = "intelligence requirement"
    REQUEST = "partner request"
    THANKS = "thanks owed"
    GATE = "gate"
    CONTACT = "contact with an asset"


class Timing(StrEnum):
    """Where a piece of work stands on a day."""

    OVERDUE = "overdue"
    DUE = "due"
    WAITING = "waiting on others"
    COMING = "coming"
    LATER = "later"
    UNDATED = "no date"


@dataclass(frozen=True)
class WorkItem:
    """One thing on somebody's list."""

    kind: WorkKind
    title: str
    due_on: date | None
    record_id: str
    about: str = ""
    """The place or OCG."""
    waiting_on: str = ""

    def timing(self, today: date) -> Timing:
        """Overdue comes first, even for what waits on others: somebody has to chase it."""
        if self.due_on is not None and self.due_on < today:
            return Timing.OVERDUE
        if self.waiting_on:
            return Timing.WAITING
        if self.due_on is None:
            return Timing.UNDATED
        if self.due_on <= today + DUE_WITHIN:
            return Timing.DUE
        return Timing.COMING if self.due_on <= today + COMING_WITHIN else Timing.LATER


def in_order(items: Iterable[WorkItem], today: date) -> dict[Timing, tuple[WorkItem, ...]]:
    """The items under their timing, each group by due date; empty groups stay."""
    everything = sorted(items, key=lambda item: (item.due_on or date.max, item.title))
    return {
        timing: tuple(item for item in everything if item.timing(today) == timing)
        for timing in Timing
    }


def of_interventions(interventions: Iterable[Intervention], about: str) -> tuple[WorkItem, ...]:
    """The open interventions of a plan, with their milestones and handovers still to come."""
    items = []
    for each in interventions:
        if not each.status.is_open:
            continue
        items.append(
            WorkItem(
                WorkKind.INTERVENTION, each.title, each.due_on, each.id, about, each.waiting_on
            )
        )
        items += [
            WorkItem(WorkKind.MILESTONE, f"{step.what} ({each.title})", step.due_on, each.id, about)
            for step in each.milestones
            if step.done_on is None
        ]
        if each.handover_on is not None:
            title = f"Hand {each.title} over to {each.handover_to or 'somebody'}"
            items.append(WorkItem(WorkKind.HANDOVER, title, each.handover_on, each.id, about))
    return tuple(items)


def of_objectives(plan: Plan, owner: str, about: str) -> tuple[WorkItem, ...]:
    """Objectives of a plan that somebody owns."""
    return tuple(
        WorkItem(WorkKind.OBJECTIVE, each.what, each.due_on, plan.id, about)
        for each in plan.objectives
        if each.owner == owner
    )


def of_reviews(standings: Iterable[OcgStanding], lro: str) -> tuple[WorkItem, ...]:
    """The next review of every active group that somebody leads on."""
    return tuple(
        WorkItem(
            WorkKind.REVIEW,
            f"Review {each.ocg.code}",
            each.review_due_on,
            each.ocg.id,
            each.ocg.code,
        )
        for each in standings
        if each.ocg.lro == lro and each.ocg.status == OcgStatus.ACTIVE
    )


def of_requirements(
    requirements: Iterable[IntelligenceRequirement], about: str = ""
) -> tuple[WorkItem, ...]:
    """Requirements without an answer; waiting on the first source that has not delivered."""
    return tuple(
        WorkItem(
            WorkKind.REQUIREMENT,
            each.question,
            each.due_on,
            each.id,
            about,
            next((step.source for step in each.collection if step.delivered_on is None), ""),
        )
        for each in requirements
        if each.is_open
    )


def of_requests(requests: Iterable[PartnerRequest], today: date) -> tuple[WorkItem, ...]:
    """Requests without a reply, waiting on the agency asked."""
    return tuple(
        WorkItem(WorkKind.REQUEST, each.question, each.due_on, each.id, each.agency, each.agency)
        for each in requests
        if each.state(today) != RequestState.ANSWERED
    )


def of_debriefs(debriefs: Iterable[Debrief]) -> tuple[WorkItem, ...]:
    """Thanks still owed after a debrief."""
    return tuple(
        WorkItem(WorkKind.THANKS, f"Thank {to} ({each.title})", None, each.id)
        for each in debriefs
        for to in each.thanks_owed
    )
