"""How long things are kept: when each is due for review, what holds it, what becomes of it.

Nothing is dropped because a date has come. A review by a person follows, and only a
person disposes. The periods are the force's own policy: the table that ships is a
start to be replaced. What a person may see or do is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self

from chb.domain.records import Record
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_text

LONGEST_YEARS: Final = 100
"""No period is longer than a life."""
LONGEST_REASON: Final = 1_000
"""What the audit log keeps of a purpose."""


class KeptKind(StrEnum):
    """Kinds that are reviewed; the values are what the audit log calls them.

    What belongs to one of these, and to nothing else, is reviewed and goes with it.
    """

    OCG = "ocg"
    NOMINAL = "nominal"
    MORILE_SCORE = "morile_score"
    OCG_LOCATION = "ocg_location"
    PLAN = "plan"
    INTERVENTION = "intervention"
    DISRUPTION = "disruption"
    DECISION = "decision"
    INTELLIGENCE_REQUIREMENT = "intelligence_requirement"
    PARTNER_REQUEST = "partner_request"
    SIGNAL = "signal"
    DEBRIEF = "debrief"
    STAKEHOLDER = "stakeholder"
    ASSET = "asset"
    INCIDENTS = "incidents"

    @property
    def spoken(self) -> str:
        """The kind in a sentence."""
        return spoken(self.value)


class Outcome(StrEnum):
    """What a review decided."""

    KEEP = "keep"
    DISPOSE = "dispose"


def spoken(kind: str) -> str:
    """Any kind of record in a sentence, also of those that only go with others."""
    return kind.replace("_", " ").replace("ocg", "OCG").replace("morile", "MoRiLE")


@dataclass(frozen=True)
class RetentionRule:
    """After how many whole years a kind is reviewed, and why so many."""

    kind: KeptKind
    years: int
    note: str

    def __post_init__(self) -> None:
        """ValueError for a period that cannot be."""
        if not 1 <= self.years <= LONGEST_YEARS:
            raise ValueError(f"{self.years} years is not between 1 and {LONGEST_YEARS}")


@dataclass(frozen=True, kw_only=True)
class Hold(Record):
    """Material that must stay, for a prosecution or an inquiry, until somebody lifts it."""

    record_kind: KeptKind
    record_id: str
    ocg_id: str | None = None
    """The group that it is about, for whoever needs to know of it."""
    why: str
    placed_by: str
    placed_on: date
    lifted_by: str = ""
    lifted_on: date | None = None
    lifted_why: str = ""

    @property
    def is_in_force(self) -> bool:
        return self.lifted_on is None

    def checked(self) -> Self:
        """Refusal without a reason."""
        return replace(self, why=checked_text(self.why, what="Why it is held"))

    def lifted(self, *, by: str, on: date, why: str) -> Self:
        """The hold as it ends; Refusal without a reason, and for one that ended before."""
        if self.lifted_on is not None:
            raise Refusal(
                "That hold was lifted already",
                found=f"On {self.lifted_on:%d %B %Y}, by {self.lifted_by}",
            )
        reason = checked_text(why, what="Why the hold is lifted")
        return replace(self, lifted_by=by, lifted_on=on, lifted_why=reason)


@dataclass(frozen=True, kw_only=True)
class RetentionReview(Record):
    """What somebody decided about a record that was due, or about any other."""

    record_kind: KeptKind
    record_id: str
    ocg_id: str | None = None
    outcome: Outcome
    held_on: date
    keep_until: date | None = None
    """The next review, when it is kept."""
    why: str

    def checked(self) -> Self:
        """Refusal without a reason, or where the next review is missing or not to come."""
        if self.outcome is Outcome.KEEP:
            _check_next_review(self.keep_until, today=self.held_on)
        elif self.keep_until is not None:
            raise Refusal(
                "What is to be disposed of has no next review",
                remedy="Leave the date out, or keep the record",
            )
        return replace(self, why=checked_text(self.why, what="The reason of the review"))


@dataclass(frozen=True)
class Disposal:
    """All that is left of a record: that it was there, who removed it, when and why."""

    kind: str
    record_id: str
    disposed_by: str
    at: datetime
    reason: str


def checked_disposal_reason(reason: str) -> str:
    """Why something is disposed of, in one line; it stays for ever, so it describes nothing."""
    return checked_line(reason, what="The reason of the disposal", longest=LONGEST_REASON)


def review_due_on(
    rule: RetentionRule, *, last_changed_on: date, keep_until: date | None = None
) -> date:
    """The day of the next review: what the last review set, else the rule's years on.

    A review's word is over when the record was changed after the day it set: what is
    worked on is in use, and its years begin again.
    """
    if keep_until is None or last_changed_on > keep_until:
        return _years_after(last_changed_on, rule.years)
    return keep_until


def is_due(due_on: date, *, today: date) -> bool:
    """Whether the day has come."""
    return due_on <= today


def in_force(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    """Holds that nobody has lifted."""
    return tuple(hold for hold in holds if hold.is_in_force)


def check_may_be_disposed(holds: Iterable[Hold], decisions: Collection[str] = ()) -> None:
    """Refusal while anything that would go is held, or decisions in the log are about it.

    ``holds`` are those on the record and on all that goes with it, ``decisions`` the
    references of entries about any of these. The log is material of its own, with a period
    of its own, so no entry goes because of what it is about.
    """
    held = in_force(holds)
    if held:
        first = held[0]
        more = f", and {len(held) - 1} more" if len(held) > 1 else ""
        raise Refusal(
            "It is held, so it cannot be disposed of",
            found=f"The {first.record_kind.spoken} was held on {first.placed_on:%d %B %Y} by "
            f"{first.placed_by}: {first.why}{more}",
            remedy="Ask whoever placed the hold whether it can be lifted",
        )
    if decisions:
        raise Refusal(
            "Decisions in the log are about it",
            found=f"Entries {', '.join(sorted(decisions))}",
            remedy="Review these first, and dispose of them if they may go",
        )


def may_be_disposed(holds: Iterable[Hold], decisions: Collection[str] = ()) -> bool:
    """The boolean twin of ``check_may_be_disposed``, for the screen."""
    return not decisions and not in_force(holds)


def _years_after(day: date, years: int) -> date:
    """The same day so many years on; 29 February falls on 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _check_next_review(keep_until: date | None, *, today: date) -> None:
    if keep_until is None:
        raise Refusal("The day of the next review is missing", remedy="Say until when it is kept")
    if keep_until <= today:
        raise Refusal(
            "The next review is in the past",
            found=f"{keep_until:%d %B %Y} is not after today, {today:%d %B %Y}",
            remedy="Choose a later day",
        )
    if keep_until > _years_after(today, LONGEST_YEARS):
        raise Refusal(
            "The next review is too far away",
            found=f"{keep_until:%d %B %Y}; at most {LONGEST_YEARS} years ahead",
            cause="The year is probably mistyped",
            remedy="Correct the year",
        )
