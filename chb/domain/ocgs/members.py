"""Nominals of an OCG, their families, and how groups stand to one another.

Restricted: none of this is ever drawn on a map or shown to partners.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Self

from chb.domain.records import Record
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_text

LONGEST_REFERENCE: Final = 40
_REFERENCE: Final = re.compile(r"[A-Za-z0-9]+(?:[/-][A-Za-z0-9]+)*")


class NominalRole(StrEnum):
    """The part somebody plays. An associate is linked to members and is not one."""

    PRINCIPAL = "principal"
    SIGNIFICANT = "significant"
    PERIPHERAL = "peripheral"
    ASSOCIATE = "associate"

    @property
    def is_member(self) -> bool:
        return self is not NominalRole.ASSOCIATE


class NominalStatus(StrEnum):
    """Where somebody stands with the criminal justice system."""

    AT_LARGE = "at large"
    ON_BAIL = "on bail"
    ON_REMAND = "on remand"
    IN_PRISON = "in prison"
    ON_LICENCE = "on licence"
    DIVERTED = "diverted"
    DEAD = "dead"


class OcgLinkKind(StrEnum):
    """How two groups stand to each other."""

    ASSOCIATION = "association"
    SUPPLY = "supply"
    MARKET_SHARING = "market sharing"
    RIVALRY = "rivalry"
    PAST_RIVALRY = "past rivalry"


@dataclass(frozen=True)
class FamilyLink:
    """A relation of a nominal, kept so that those at risk are safeguarded."""

    to: str
    """The relative: the reference of another nominal, or words such as 'not a member'."""
    relation: str
    """What the relative is to the nominal, for example partner or son."""
    safeguarding: str = ""


@dataclass(frozen=True, kw_only=True)
class Nominal(Record):
    """A member or associate, by reference."""

    ocg_id: str
    reference: str
    role: NominalRole
    function: str = ""
    status: NominalStatus = NominalStatus.AT_LARGE
    family: tuple[FamilyLink, ...] = ()
    note: str = ""

    def checked(self) -> Self:
        return replace(
            self,
            reference=_checked_reference(self.reference),
            function=checked_line(self.function, what="What the nominal does", required=False),
            family=tuple(_checked_link(link) for link in self.family),
            note=checked_text(self.note, what="The note on the nominal", required=False),
        )


@dataclass(frozen=True, kw_only=True)
class OcgLink(Record):
    """A link or rivalry between two groups; which of them is named first says nothing."""

    ocg_id: str
    other_id: str
    kind: OcgLinkKind
    since: date | None = None
    note: str = ""

    def checked(self) -> Self:
        if self.ocg_id == self.other_id:
            raise Refusal(
                "An OCG cannot be linked to itself",
                remedy="Choose the other group",
            )
        return replace(self, note=checked_text(self.note, what="The note", required=False))

    def other_than(self, ocg_id: str) -> str:
        """The group at the far end, seen from one of the two."""
        return self.other_id if ocg_id == self.ocg_id else self.ocg_id


def by_role(nominals: Iterable[Nominal]) -> dict[NominalRole, tuple[Nominal, ...]]:
    """Everybody under the part they play, associates apart and last."""
    everybody = tuple(nominals)
    return {role: tuple(each for each in everybody if each.role == role) for role in NominalRole}


def family_to_safeguard(nominals: Iterable[Nominal]) -> tuple[tuple[Nominal, FamilyLink], ...]:
    """Relations with a safeguarding note, each beside the nominal it was found through."""
    return tuple((each, link) for each in nominals for link in each.family if link.safeguarding)


def _checked_reference(text: str) -> str:
    """A reference as forces write them, with a digit in it, which no name has.

    So a surname is not kept by mistake where people look for a number.
    """
    reference = checked_line(text, what="The nominal's reference", longest=LONGEST_REFERENCE)
    if _REFERENCE.fullmatch(reference) and any(each.isdigit() for each in reference):
        return reference
    raise Refusal(
        "A nominal is kept by a reference",
        found=f"Found {reference!r}",
        cause="It may be a name; names stay in the force's own systems",
        remedy="Use letters, digits, / and -, with a digit among them, for example KIT-1",
    )


def _checked_link(link: FamilyLink) -> FamilyLink:
    return FamilyLink(
        to=checked_line(link.to, what="Who the nominal is related to"),
        relation=checked_line(link.relation, what="The relation"),
        safeguarding=checked_text(link.safeguarding, what="The safeguarding note", required=False),
    )
