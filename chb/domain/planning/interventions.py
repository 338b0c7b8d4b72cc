"""An intervention: one thing one agency does, in one phase, for one P first of all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from chb.domain.ocgs.register import BusinessPart
from chb.domain.places.phases import Phase
from chb.domain.planning.plans import Pillar, PreventLevel
from chb.domain.records import Record
from chb.domain.refusal import Refusal
from chb.domain.wording import (
    checked_choice,
    checked_line,
    checked_lines,
    checked_span,
    checked_text,
)


class InterventionStatus(StrEnum):
    """How far an intervention has come."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    UNDER_WAY = "under way"
    COMPLETED = "completed"
    STOPPED = "stopped"

    @property
    def is_open(self) -> bool:
        return self not in (InterventionStatus.COMPLETED, InterventionStatus.STOPPED)


@dataclass(frozen=True)
class Milestone:
    """A step on the way, with the day it was reached."""

    what: str
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Intervention(Record):
    """A cell of the matrix of phases and Ps holds any number of these.

    The primary P is what the work is meant for first when it is delivered; what it
    does for other Ps is credited. ``waiting_on`` names the agency or person that holds it up.
    """

    plan_id: str
    title: str
    phase: Phase
    pillar: Pillar
    lead_agency: str
    is_police_led: bool
    owner: str = ""
    detail: str = ""
    credited: tuple[Pillar, ...] = ()
    prevent_level: PreventLevel | None = None
    status: InterventionStatus = InterventionStatus.PROPOSED
    starts_on: date | None = None
    due_on: date | None = None
    milestones: tuple[Milestone, ...] = ()
    waiting_on: str = ""
    place_id: str | None = None
    ocg_id: str | None = None
    business_part: BusinessPart | None = None
    asset_ids: tuple[str, ...] = ()
    expected_outcome: str = ""
    measure: str = ""
    is_adopted: bool = False
    """The community did it already; the plan now reflects it."""
    tactic_key: str = ""
    handover_to: str = ""
    handover_on: date | None = None
    trigger_on: date | None = None
    """A trigger date of its own, of Clear only; without one the plan's holds."""
    shared_title: str = ""
    """How partners read it: no name, no address, nothing covert."""

    def checked(self) -> Self:
        checked_span(self.starts_on, self.due_on, what="The intervention")
        checked_span(self.starts_on, self.handover_on, what="The time until handover")
        self._check_prevent_level()
        self._check_trigger()
        return replace(
            self,
            title=checked_line(self.title, what="The intervention's title"),
            lead_agency=checked_choice(self.lead_agency, what="The lead agency"),
            owner=checked_line(self.owner, what="The owner", required=False),
            detail=checked_text(self.detail, what="The detail", required=False),
            credited=tuple(
                each for each in Pillar if each in self.credited and each != self.pillar
            ),
            milestones=tuple(
                replace(each, what=checked_line(each.what, what="The milestone"))
                for each in self.milestones
            ),
            waiting_on=checked_line(self.waiting_on, what="Who is waited on", required=False),
            asset_ids=tuple(dict.fromkeys(checked_lines(self.asset_ids, what="An asset"))),
            expected_outcome=checked_text(
                self.expected_outcome, what="The expected outcome", required=False
            ),
            measure=checked_text(self.measure, what="The measure", required=False),
            handover_to=checked_line(self.handover_to, what="Who takes over", required=False),
            shared_title=checked_line(
                self.shared_title, what="The wording for partners", required=False
            ),
        )

    def is_overdue(self, today: date) -> bool:
        return self.status.is_open and self.due_on is not None and self.due_on < today

    def _check_prevent_level(self) -> None:
        if self.pillar == Pillar.PREVENT and self.prevent_level is None:
            raise Refusal(
                "A Prevent intervention says whom it is for",
                remedy="Choose primary, secondary or tertiary: "
                + "; ".join(f"{level} is for {level.meaning}" for level in PreventLevel),
            )
        if self.pillar != Pillar.PREVENT and self.prevent_level is not None:
            raise Refusal(
                f"Only Prevent is primary, secondary or tertiary, and this is {self.pillar}",
                remedy="Leave the level empty, or make Prevent the primary P",
            )

    def _check_trigger(self) -> None:
        if self.trigger_on is not None and self.phase != Phase.CLEAR:
            raise Refusal(
                f"Only Clear is secret until a day, and this is {self.phase}",
                cause="Hold and Build are shown to everybody who may see the plan, the day too",
                remedy="Take the day off, or make it Clear",
            )
