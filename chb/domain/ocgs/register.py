"""The OCG register: a group by its code name, how it was scored, and when it is reviewed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Self

from chb.domain.ocgs.bands import Band, PBand, Tier, months_after
from chb.domain.records import Record
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_lines, checked_text

LONGEST_CODE: Final = 40


class SocCategory(StrEnum):
    """What a group does to a community, in the three groups of the national assessment."""

    DOMINATE = "dominate communities"
    UNDERMINE = "undermine economy and institutions"
    EXPLOIT = "exploit the vulnerable"


class OcgModel(StrEnum):
    """What holds a group together."""

    HIERARCHICAL = "hierarchical"
    LOCAL_OR_ETHNIC = "local or ethnic ties"
    CO_OPERATIVE = "co-operative"


class BusinessPart(StrEnum):
    """Parts of an OCG seen as a business; a plan names those it targets."""

    SUPPLY = "supply of commodities"
    TRANSPORT = "transport"
    PREMISES = "premises and storage"
    WORKFORCE = "recruitment and workforce"
    COMMUNICATIONS = "communications"
    ENFORCEMENT = "violence and reputation"
    ENABLERS = "enablers"
    CASH = "cash collection and debt"
    LAUNDERING = "laundering"
    ASSETS = "assets and lifestyle"
    CUSTOMERS = "customers and sales"
    TERRITORY = "territory"


class OcgStatus(StrEnum):
    """Whether the group is managed now."""

    ACTIVE = "active"
    ARCHIVED = "archived"


class ReviewKind(StrEnum):
    """Reviews come round with the tier, or are triggered by a change."""

    SCHEDULED = "scheduled"
    TRIGGER = "trigger"


@dataclass(frozen=True)
class BusinessNote:
    """What is known of one part of the business."""

    part: BusinessPart
    note: str


@dataclass(frozen=True, kw_only=True)
class Ocg(Record):
    """An organised crime group, known here by a code name."""

    code: str
    lro: str
    tasked_on: date
    category: SocCategory
    model: OcgModel
    summary: str = ""
    commodities: tuple[str, ...] = ()
    business_model: tuple[BusinessNote, ...] = ()
    intelligence_gaps: tuple[str, ...] = ()
    status: OcgStatus = OcgStatus.ACTIVE

    def checked(self) -> Self:
        return replace(
            self,
            code=checked_line(self.code, what="The OCG's code name", longest=LONGEST_CODE),
            lro=checked_line(self.lro, what="The lead responsible officer"),
            summary=checked_text(self.summary, what="The summary", required=False),
            commodities=checked_lines(self.commodities, what="A commodity"),
            business_model=tuple(
                replace(each, note=checked_text(each.note, what=f"The note on {each.part}"))
                for each in self.business_model
            ),
            intelligence_gaps=checked_lines(self.intelligence_gaps, what="An intelligence gap"),
        )


def unusable_code() -> Refusal:
    """What is said of a code name that means something already: no more, lest it tell of what."""
    return Refusal(
        "That code name cannot be used",
        remedy="Choose another, or ask the Senior Responsible Officer",
    )


@dataclass(frozen=True, kw_only=True)
class OcgScore(Record):
    """A scoring as it was received. A new scoring is a new entry; the old one stays."""

    ocg_id: str
    band: Band
    tier: Tier
    p_band: PBand | None = None
    assessed_on: date
    assessor: str
    reason: str

    def checked(self) -> Self:
        return replace(
            self,
            assessor=checked_line(self.assessor, what="Who scored the OCG"),
            reason=checked_text(self.reason, what="The reason for the scoring"),
        )


@dataclass(frozen=True, kw_only=True)
class MorileScore(Record):
    """A MoRiLE score made elsewhere and imported; never computed here."""

    ocg_id: str
    score: float
    assessed_on: date
    assessor: str
    source: str

    def checked(self) -> Self:
        if not math.isfinite(self.score) or self.score < 0:
            raise Refusal(
                "A MoRiLE score is a number of zero or more",
                found=f"Found {self.score}",
                remedy="Copy the score from the assessment",
            )
        return replace(
            self,
            assessor=checked_line(self.assessor, what="Who made the MoRiLE assessment"),
            source=checked_line(self.source, what="Where the MoRiLE score comes from"),
        )


@dataclass(frozen=True, kw_only=True)
class OcgReview(Record):
    """A review that was held; one that was triggered says why."""

    ocg_id: str
    kind: ReviewKind
    held_on: date
    why: str = ""
    findings: str

    def checked(self) -> Self:
        triggered = self.kind == ReviewKind.TRIGGER
        return replace(
            self,
            why=checked_text(self.why, what="What triggered the review", required=triggered),
            findings=checked_text(self.findings, what="What the review found"),
        )


@dataclass(frozen=True)
class OcgStanding:
    """A group with its current scoring and the day its next review is due."""

    ocg: Ocg
    score: OcgScore | None
    review_due_on: date

    def is_overdue(self, today: date) -> bool:
        return self.ocg.status == OcgStatus.ACTIVE and self.review_due_on < today


def current_score(scores: Sequence[OcgScore]) -> OcgScore | None:
    """The scoring in force: the latest assessed, and of one day the last recorded."""
    latest = max((score.assessed_on for score in scores), default=None)
    return next((each for each in reversed(scores) if each.assessed_on == latest), None)


def review_due_on(ocg: Ocg, scores: Sequence[OcgScore], reviews: Sequence[OcgReview]) -> date:
    """When the next scheduled review is due.

    The rhythm is that of the current tier, counted from the last scheduled review,
    the tasking, or the day the tier last changed, whichever is latest. A trigger
    review comes on top and moves nothing. A group that was never scored is due at once.
    """
    score = current_score(scores)
    if score is None:
        return ocg.tasked_on
    held = [each.held_on for each in reviews if each.kind == ReviewKind.SCHEDULED]
    start = max(ocg.tasked_on, _tier_since(scores), *held)
    return months_after(start, score.tier.months_between_reviews)


def standing(ocg: Ocg, scores: Sequence[OcgScore], reviews: Sequence[OcgReview]) -> OcgStanding:
    """The group as a list shows it."""
    return OcgStanding(ocg, current_score(scores), review_due_on(ocg, scores, reviews))


def _tier_since(scores: Sequence[OcgScore]) -> date:
    """The day of the first scoring of the unbroken run in the current tier."""
    ordered = sorted(scores, key=lambda score: score.assessed_on)
    since = ordered[-1]
    for score in reversed(ordered):
        if score.tier != ordered[-1].tier:
            break
        since = score
    return since.assessed_on
