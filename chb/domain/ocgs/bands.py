"""Threat bands, tiers of response, P bands: three separate things, none of them computed here.

Vocabulary: Home Office Lead Responsible Officer guidance, section C.
"""

from __future__ import annotations

import calendar
from datetime import date
from enum import StrEnum
from typing import Final

from chb.domain.refusal import Refusal


class Band(StrEnum):
    """The mapping grid: 1 (worst) to 5 for criminality, A (ablest) to C for capability."""

    ONE_A = "1A"
    ONE_B = "1B"
    ONE_C = "1C"
    TWO_A = "2A"
    TWO_B = "2B"
    TWO_C = "2C"
    THREE_A = "3A"
    THREE_B = "3B"
    THREE_C = "3C"
    FOUR_A = "4A"
    FOUR_B = "4B"
    FOUR_C = "4C"
    FIVE_A = "5A"
    FIVE_B = "5B"
    FIVE_C = "5C"

    @classmethod
    def parse(cls, text: str) -> Band:
        """The band a person typed, whatever its case; Refusal for one not on the grid."""
        try:
            return cls(text.strip().upper())
        except ValueError:
            raise Refusal(
                "There is no such band",
                found=f"Found {text[:40]!r}",
                cause="A band is a number from 1 to 5 and a letter from A to C",
                remedy="Copy the band from the mapping record, for example 2B",
            ) from None

    @property
    def criminality(self) -> str:
        return _CRIMINALITY[self.value[0]]

    @property
    def capability(self) -> str:
        return _CAPABILITY[self.value[1]]


class Tier(StrEnum):
    """How the OCG is answered; each tier has its own rhythm of reviews."""

    ONE = "Tier 1"
    TWO = "Tier 2"
    THREE = "Tier 3"
    FOUR = "Tier 4"

    @property
    def response(self) -> str:
        return _RESPONSE[self]

    @property
    def months_between_reviews(self) -> int:
        return _MONTHS[self]


class PBand(StrEnum):
    """The prioritisation mechanism's band: separate from the threat band, and often absent."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


_CRIMINALITY: Final = {
    "1": "extremely high scale, chronic",
    "2": "significant, visible and acute",
    "3": "serious or frequent, visible for a time",
    "4": "moderate, local and diluted",
    "5": "low level or seldom, local and hidden",
}
_CAPABILITY: Final = {
    "A": "highly organised, expert and disciplined",
    "B": "structured and competent",
    "C": "fluid, with members who come and go",
}
_RESPONSE: Final = {
    Tier.ONE: "Comprehensive operation or investigation",
    Tier.TWO: "Limited plan or action that disrupts or prevents",
    Tier.THREE: "Intelligence is actively developed",
    Tier.FOUR: "Kept mapped; systems are scanned for a chance to act",
}
_MONTHS: Final = {Tier.ONE: 1, Tier.TWO: 3, Tier.THREE: 3, Tier.FOUR: 6}


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
