"""Referral pathways: who accepts a referral, for which need, age and area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from chb.domain.planning.plans import PreventLevel
from chb.domain.records import Record
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_lines, checked_text

OLDEST_AGE = 120


class PathwayKind(StrEnum):
    """What stands at the end of the pathway."""

    SAFEGUARDING_HUB = "safeguarding hub"
    MARSOC = "MARSOC"
    DIVERSION = "diversion programme"
    TREATMENT = "drug and alcohol treatment"
    HEALTH = "health and wellbeing"
    HOUSING = "housing support"
    DEBT = "debt and money advice"
    EMPLOYMENT = "skills and employment"
    VICTIM_SUPPORT = "victim support"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class ReferralPathway(Record):
    """An organisation that accepts referrals; ages in whole years, both ends included."""

    organisation: str
    kind: PathwayKind
    needs: tuple[str, ...]
    area_name: str
    how_to_refer: str
    contact_role: str = ""
    youngest: int | None = None
    oldest: int | None = None
    prevent_level: PreventLevel | None = None
    verified_on: date | None = None

    def checked(self) -> Self:
        youngest, oldest = self.youngest or 0, OLDEST_AGE if self.oldest is None else self.oldest
        if not 0 <= youngest <= oldest <= OLDEST_AGE:
            raise Refusal(
                "The ages of a pathway run from the youngest to the oldest",
                found=f"From {self.youngest} to {self.oldest}",
                remedy=f"Give whole years from 0 to {OLDEST_AGE}, or leave an end open",
            )
        return replace(
            self,
            organisation=checked_line(self.organisation, what="The organisation"),
            needs=checked_lines(self.needs, what="A need"),
            area_name=checked_line(self.area_name, what="The area it serves"),
            how_to_refer=checked_text(self.how_to_refer, what="How to refer"),
            contact_role=checked_line(self.contact_role, what="The contact", required=False),
        )

    def accepts(self, age: int) -> bool:
        return (self.youngest or 0) <= age <= (OLDEST_AGE if self.oldest is None else self.oldest)


def pathways_for(
    pathways: Iterable[ReferralPathway], *, age: int | None = None, words: str = ""
) -> tuple[ReferralPathway, ...]:
    """Pathways open to an age whose need, area, kind or name hold every word."""
    wanted = words.casefold().split()
    return tuple(
        pathway
        for pathway in pathways
        if (age is None or pathway.accepts(age)) and all(word in _text(pathway) for word in wanted)
    )


def _text(pathway: ReferralPathway) -> str:
    parts = (pathway.organisation, pathway.kind, pathway.area_name, *pathway.needs)
    return " ".join(parts).casefold()
