"""The 4P plan of a place or of an OCG: an aim, objectives per P, and what cannot be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from chb.domain.records import Record
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_text


class Pillar(StrEnum):
    """The four Ps."""

    PURSUE = "Pursue"
    PREVENT = "Prevent"
    PROTECT = "Protect"
    PREPARE = "Prepare"


class PreventLevel(StrEnum):
    """Whom a Prevent intervention is for."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"

    @property
    def meaning(self) -> str:
        return {
            PreventLevel.PRIMARY: "everybody, before anyone is involved",
            PreventLevel.SECONDARY: "people with early signs of being drawn in",
            PreventLevel.TERTIARY: "people already involved, to help them out",
        }[self]


@dataclass(frozen=True)
class Objective:
    """What one P contributes to the aim, in the five parts of SMART."""

    pillar: Pillar
    what: str
    measure: str = ""
    means: str = ""
    relevance: str = ""
    due_on: date | None = None
    owner: str = ""

    def smart_gaps(self) -> tuple[str, ...]:
        """The parts of SMART that are still to be written."""
        parts = {
            "how it is measured": self.measure,
            "how it can be achieved": self.means,
            "why it matters to the aim": self.relevance,
            "by when": self.due_on,
        }
        return tuple(name for name, value in parts.items() if not value)


@dataclass(frozen=True)
class Undeveloped:
    """A P that cannot be developed in this plan, and why."""

    pillar: Pillar
    why: str


@dataclass(frozen=True, kw_only=True)
class Plan(Record):
    """The plan of one place or one OCG; its interventions are records of their own."""

    place_id: str | None = None
    ocg_id: str | None = None
    aim: str
    lead: str
    starts_on: date
    objectives: tuple[Objective, ...] = ()
    undeveloped: tuple[Undeveloped, ...] = ()
    exit_strategy: str = ""
    trigger_on: date | None = None
    """Until this day what Clear does is known only to those indoctrinated."""

    def checked(self) -> Self:
        if (self.place_id is None) == (self.ocg_id is None):
            raise Refusal(
                "A plan is for one place or for one OCG",
                cause="Interventions say which of the groups at a place they serve",
                remedy="Choose the place, or the OCG, and not both",
            )
        return replace(
            self,
            aim=checked_text(self.aim, what="The aim of the plan"),
            lead=checked_line(self.lead, what="Who leads the plan"),
            objectives=tuple(_checked_objective(each) for each in self.objectives),
            undeveloped=_checked_undeveloped(self.undeveloped),
            exit_strategy=checked_text(
                self.exit_strategy, what="The exit strategy", required=False
            ),
        )


def _checked_objective(objective: Objective) -> Objective:
    return replace(
        objective,
        what=checked_text(objective.what, what="The objective"),
        measure=checked_text(objective.measure, what="The measure", required=False),
        means=checked_text(objective.means, what="How it can be achieved", required=False),
        relevance=checked_text(objective.relevance, what="Why it matters", required=False),
        owner=checked_line(objective.owner, what="The owner", required=False),
    )


def _checked_undeveloped(entries: tuple[Undeveloped, ...]) -> tuple[Undeveloped, ...]:
    pillars = [entry.pillar for entry in entries]
    repeated = next((pillar for pillar in pillars if pillars.count(pillar) > 1), None)
    if repeated is not None:
        raise Refusal(
            f"{repeated} says twice that it cannot be developed",
            remedy="Keep one entry with the whole reason",
        )
    return tuple(
        replace(entry, why=checked_text(entry.why, what=f"Why {entry.pillar} cannot be developed"))
        for entry in entries
    )
