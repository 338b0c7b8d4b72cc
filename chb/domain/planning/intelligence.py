"""Intelligence: what must be known, how it is collected, what it will drive, whom we asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from chb.domain.records import Record, checked_subject
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_choice, checked_line, checked_span, checked_text

_TOO_WIDE = ("everything", "anything", "all information", "all intelligence", "all data")


class Need(StrEnum):
    """A need leads to an intervention; what is merely nice to know waits."""

    NEED_TO_KNOW = "need to know"
    NICE_TO_KNOW = "nice to know"


class CollectionMethod(StrEnum):
    """How a source is asked."""

    OVERT = "overt"
    COVERT = "covert"
    PENETRATIVE = "penetrative"


class RequestHeading(StrEnum):
    """The six headings that partner requests are put under; the menu of tactics has them too."""

    BUSINESS = "Business"
    CRIME = "Crime"
    TRAVEL = "Travel"
    VEHICLES = "Vehicles"
    BEHAVIOUR = "Behaviour"
    LIFESTYLE = "Lifestyle"

    @property
    def asks_for(self) -> str:
        return {
            RequestHeading.BUSINESS: "businesses owned, used or influenced, and their income",
            RequestHeading.CRIME: "offending, and lawful activity that makes offending easier",
            RequestHeading.TRAVEL: "countries, areas and premises visited time and again",
            RequestHeading.VEHICLES: "vehicles and other means of transport in use",
            RequestHeading.BEHAVIOUR: "habits and routines",
            RequestHeading.LIFESTYLE: "how time and money are spent: gyms, venues, events",
        }[self]


class RequestState(StrEnum):
    """Where a request stands on a day."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"


@dataclass(frozen=True)
class CollectionStep:
    """One source, the way it is asked, and when it delivered."""

    source: str
    method: CollectionMethod
    due_on: date | None = None
    delivered_on: date | None = None

    def is_overdue(self, today: date) -> bool:
        return self.delivered_on is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class IntelligenceRequirement(Record):
    """What we need to know, from whom, and the work that the answer will drive."""

    question: str
    drives: str
    need: Need = Need.NEED_TO_KNOW
    place_id: str | None = None
    ocg_id: str | None = None
    known_already: str = ""
    collection: tuple[CollectionStep, ...] = ()
    owner: str = ""
    due_on: date | None = None
    answer: str = ""
    answered_on: date | None = None

    def checked(self) -> Self:
        checked_subject(self.place_id, self.ocg_id, what="An intelligence requirement")
        needed = self.need == Need.NEED_TO_KNOW
        return replace(
            self,
            question=checked_text(self.question, what="What we need to know"),
            drives=checked_text(self.drives, what="What the answer will drive", required=needed),
            known_already=checked_text(
                self.known_already, what="What is known already", required=False
            ),
            collection=tuple(
                replace(step, source=checked_line(step.source, what="The source"))
                for step in self.collection
            ),
            owner=checked_line(self.owner, what="The owner", required=False),
            answer=checked_text(
                self.answer, what="The answer", required=self.answered_on is not None
            ),
        )

    @property
    def is_open(self) -> bool:
        return self.answered_on is None

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Reply:
    """What an agency answered, and when."""

    received_on: date
    by: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PartnerRequest(Record):
    """A specific question to one agency under one heading."""

    agency: str
    heading: RequestHeading
    question: str
    asked_by: str
    asked_on: date
    due_on: date
    place_id: str | None = None
    ocg_id: str | None = None
    requirement_id: str | None = None
    replies: tuple[Reply, ...] = ()
    is_closed: bool = False

    def checked(self) -> Self:
        checked_subject(self.place_id, self.ocg_id, what="A partner request")
        checked_span(self.asked_on, self.due_on, what="The request")
        return replace(
            self,
            agency=checked_choice(self.agency, what="The agency asked"),
            question=_specific(checked_text(self.question, what="The question")),
            asked_by=checked_line(self.asked_by, what="Who asks"),
            replies=tuple(
                Reply(
                    each.received_on,
                    checked_line(each.by, what="Who replied"),
                    checked_text(each.text, what="The reply"),
                )
                for each in self.replies
            ),
        )

    def state(self, today: date) -> RequestState:
        if self.is_closed or self.replies:
            return RequestState.ANSWERED
        return RequestState.OVERDUE if self.due_on < today else RequestState.WAITING


def _specific(question: str) -> str:
    """The question, unless it asks for all that an agency has."""
    lowered = question.casefold()
    found = next((words for words in _TOO_WIDE if f"{words} you" in lowered), None)
    if found is not None:
        raise Refusal(
            "The question asks for all that the agency has",
            found=f"It says {found!r}",
            cause="A catch-all request burdens the partner and hides what we need",
            remedy="Ask one specific question under the heading",
        )
    return question
