"""The disruption log: events, their level, their impact, and how they were moderated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from chb.domain.planning.plans import Pillar
from chb.domain.records import Record, checked_subject
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_text


class DisruptionLevel(StrEnum):
    """The five levels. What each means is a row of data/reference, to be edited locally."""

    MAJOR = "major"
    MODERATE = "moderate"
    MINOR = "minor"
    NONE = "none"
    NEGATIVE = "negative"


class ModerationState(StrEnum):
    """Whether others have looked at the level the originating party proposed."""

    PROPOSED = "proposed"
    MODERATED = "moderated"
    CHANGED = "changed"


class ImpactKind(StrEnum):
    """Quantitative prompts suit Pursue first of all; qualitative ones suit every P."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


@dataclass(frozen=True)
class ImpactPrompt:
    """A question that helps to assess what an event changed."""

    key: str
    kind: ImpactKind
    question: str
    help: str


@dataclass(frozen=True)
class ImpactAnswer:
    """What was answered to a prompt."""

    prompt: str
    answer: str


@dataclass(frozen=True)
class Moderation:
    """One verdict on the level; verdicts are only added."""

    level: DisruptionLevel
    held_on: date
    by: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Disruption(Record):
    """One event. A group or place collects many, across all four Ps."""

    happened_on: date
    what: str
    level: DisruptionLevel
    pillar: Pillar
    agency: str
    place_id: str | None = None
    ocg_id: str | None = None
    intervention_id: str | None = None
    credited: tuple[Pillar, ...] = ()
    impact: tuple[ImpactAnswer, ...] = ()
    moderations: tuple[Moderation, ...] = ()
    reference: str = ""
    """The originator's own number: a list that holds it again doubles nothing."""

    def checked(self) -> Self:
        checked_subject(self.place_id, self.ocg_id, what="A disruption")
        return replace(
            self,
            what=checked_text(self.what, what="What happened"),
            agency=checked_line(self.agency, what="The agency"),
            credited=tuple(
                each for each in Pillar if each in self.credited and each != self.pillar
            ),
            impact=tuple(
                replace(each, answer=checked_text(each.answer, what="An answer on impact"))
                for each in self.impact
                if each.answer.strip()
            ),
            reference=checked_line(self.reference, what="The reference", required=False),
        )

    @property
    def state(self) -> ModerationState:
        if not self.moderations:
            return ModerationState.PROPOSED
        if self.moderations[-1].level == self.level:
            return ModerationState.MODERATED
        return ModerationState.CHANGED

    @property
    def settled_level(self) -> DisruptionLevel:
        """The level after moderation, the proposed one until then."""
        return self.moderations[-1].level if self.moderations else self.level

    def moderated(self, verdict: Moderation) -> Self:
        """The disruption with one more verdict; a changed level says why."""
        reason = checked_text(verdict.reason, what="The reason", required=False)
        if verdict.level != self.settled_level and not reason:
            raise Refusal(
                f"Changing the level from {self.settled_level} to {verdict.level} needs a reason",
                cause="Those who recorded the disruption will ask",
                remedy="Write what the panel saw differently",
            )
        kept = replace(verdict, reason=reason, by=checked_line(verdict.by, what="Who moderated"))
        return replace(self, moderations=(*self.moderations, kept))
