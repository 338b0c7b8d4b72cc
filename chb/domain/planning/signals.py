"""Partner signals: what an agency notices at a place, in plain words, without naming anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from chb.domain.planning.person_names import NameWarning, name_warnings
from chb.domain.records import Record, checked_subject
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_choice, checked_line, checked_span, checked_text

MOST_CELLS = 500


class SignalCategory(StrEnum):
    """The kind of work a signal comes from."""

    HEALTH = "health"
    ANIMAL_WELFARE = "animal welfare"
    COUNCIL = "council services"
    EDUCATION = "school"
    HIGHER_EDUCATION = "university and college"
    HOUSING = "housing"
    FIRE = "fire and rescue"
    FINANCE = "finance"
    BUSINESS = "business"
    TRANSPORT = "travel and transport"
    PUBLIC = "the public"
    OTHER = "other"


class SignalQuestion(StrEnum):
    """Five questions that an agency can answer from its own work."""

    MOST = "Whom or what does your service deal with most? Describe, do not name."
    NEW = "What is new, or has changed lately?"
    DEMAND = "Where in your work is demand highest or growing?"
    COMPLAINTS = "What do people complain about most?"
    DRIVERS = "What do you think lies behind it?"


@dataclass(frozen=True)
class SignalAnswer:
    """An answer to one of the five."""

    question: SignalQuestion
    text: str


@dataclass(frozen=True, kw_only=True)
class Signal(Record):
    """One agency's picture of one area over one period."""

    agency: str
    category: SignalCategory
    first_day: date
    last_day: date
    area_name: str = ""
    cells: frozenset[int] = frozenset()
    answers: tuple[SignalAnswer, ...] = ()

    def checked(self) -> Self:
        checked_span(self.first_day, self.last_day, what="The period")
        answers = tuple(
            replace(each, text=checked_text(each.text, what="An answer"))
            for each in self.answers
            if each.text.strip()
        )
        if not answers:
            raise Refusal("None of the questions is answered", remedy="Answer at least one")
        if not self.cells and not self.area_name.strip():
            raise Refusal(
                "A signal belongs somewhere",
                remedy="Name the area, or click its cells on the map",
            )
        if len(self.cells) > MOST_CELLS:
            raise Refusal(
                f"A signal covers at most {MOST_CELLS:,} cells",
                found=f"Found {len(self.cells):,}",
                remedy="Send one signal for each neighbourhood",
            )
        return replace(
            self,
            agency=checked_choice(self.agency, what="The agency"),
            area_name=checked_line(self.area_name, what="The area", required=False),
            answers=answers,
        )

    def warnings(self, known: Iterable[str] = ()) -> tuple[NameWarning, ...]:
        """Words in the answers that may name a person."""
        local = (self.agency, self.area_name, *known)
        return tuple(
            warning for each in self.answers for warning in name_warnings(each.text, known=local)
        )


@dataclass(frozen=True, kw_only=True)
class SignalLink(Record):
    """What the lead officer makes of a signal. Kept apart: the sender never sees it."""

    signal_id: str
    place_id: str | None = None
    ocg_id: str | None = None
    note: str = ""

    def checked(self) -> Self:
        checked_subject(self.place_id, self.ocg_id, what="The link of a signal")
        return replace(self, note=checked_text(self.note, what="The note", required=False))


def counts_by_cell(areas: Iterable[Collection[int]]) -> dict[int, int]:
    """Number of areas that each cell is in."""
    return dict(Counter(cell for area in areas for cell in area))
