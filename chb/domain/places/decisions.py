"""The decision log: what was decided, why, and what is not being done and why.

The Criminal Procedure and Investigations Act asks for a record that can be
disclosed. So entries are only ever added: a correction is a new entry that
points to the one it corrects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from chb.domain.places.places import checked_day
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_past, checked_text

MOST_LINKS = 50


class BusinessArea(StrEnum):
    """The part of an OCG's business model that a decision targets."""

    COMMODITIES = "commodities"
    TRANSPORT = "transport"
    FINANCE = "finance"
    ENABLERS = "enablers"
    NONE = "none in particular"


class Approach(StrEnum):
    """Whether the response investigates or relentlessly disrupts."""

    INVESTIGATION = "investigation"
    DISRUPTION = "disruption"
    BOTH = "investigation and disruption"
    NEITHER = "neither"


class Focus(StrEnum):
    """What the response starts from."""

    PLACE_BASED = "place-based"
    OFFENDER_CENTRED = "offender-centred"
    BOTH = "place-based and offender-centred"


class LinkKind(StrEnum):
    """What a decision may be about."""

    PLACE = "place"
    OCG = "OCG"
    PLAN = "plan"
    INTERVENTION = "intervention"
    DISRUPTION = "disruption"
    GATE = "gate"
    INTELLIGENCE = "intelligence requirement"
    OTHER = "other"


@dataclass(frozen=True, order=True)
class Link:
    """A thing a decision is about: a place or plan item by id, an OCG by code."""

    kind: LinkKind
    reference: str


@dataclass(frozen=True, kw_only=True)
class DecisionDraft:
    """What the form asks for."""

    what: str
    rationale: str
    taken_on: date
    not_doing: str = ""
    not_doing_why: str = ""
    business_area: BusinessArea = BusinessArea.NONE
    approach: Approach = Approach.BOTH
    focus: Focus = Focus.PLACE_BASED
    information_protocol: str = ""
    links: tuple[Link, ...] = ()

    def checked(self, *, today: date) -> DecisionDraft:
        """The draft as it will be kept; Refusal for what is missing or cannot be."""
        checked_day(self.taken_on, today=today, what="The decision")
        checked_past(self.taken_on, today=today, what="A decision")
        _refuse_half(self.not_doing, self.not_doing_why)
        if len(self.links) > MOST_LINKS:
            raise Refusal(
                f"A decision is linked to at most {MOST_LINKS} things",
                found=f"Found {len(self.links)}",
                remedy="Link it to the place or the plan they belong to",
            )
        return replace(
            self,
            what=checked_text(self.what, what="What was decided"),
            rationale=checked_text(self.rationale, what="The rationale", longest=20_000),
            not_doing=_optional(self.not_doing, "What is not being done"),
            not_doing_why=_optional(self.not_doing_why, "Why it is not being done"),
            information_protocol=_optional(self.information_protocol, "The information protocol"),
            links=tuple(
                sorted(
                    {
                        Link(link.kind, checked_line(link.reference, what="A link"))
                        for link in self.links
                    }
                )
            ),
        )


@dataclass(frozen=True)
class Decision:
    """One entry of the log.

    It carries no number: a gap in those that somebody is shown would tell them of entries
    that they are not.
    """

    id: str
    draft: DecisionDraft
    recorded_by: str
    recorded_at: datetime
    corrects: str | None = None
    corrected_by: str | None = None
    """Id of the entry that corrects this one, None while it stands."""

    @property
    def reference(self) -> str:
        """What people call the entry: the same for everybody, and silent on all others."""
        return reference_of(self.id)

    @property
    def stands(self) -> bool:
        return self.corrected_by is None


def reference_of(decision_id: str) -> str:
    """What people call the entry of that id."""
    return f"D-{decision_id[:8].upper()}"


def _optional(text: str, what: str) -> str:
    return checked_text(text, what=what, required=False)


def _refuse_half(not_doing: str, why: str) -> None:
    if bool(not_doing.strip()) != bool(why.strip()):
        given, missing = ("what", "why") if not_doing.strip() else ("why", "what")
        raise Refusal(
            "What is not being done is recorded together with why",
            found=f"Found {given} but not {missing}",
            remedy="Fill in both, or neither",
        )
