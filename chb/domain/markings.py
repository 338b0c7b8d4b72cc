"""Security markings: what this product holds is OFFICIAL, and says so wherever it is shown.

OFFICIAL-SENSITIVE is no tier of its own but a marking with a need to know (Government
Security Classifications Policy, August 2024). Material above OFFICIAL is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chb.domain.access.roles import View
from chb.domain.marked_text import above_official, plain_letters
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line


class Classification(StrEnum):
    """The only two that this product may hold."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


class Contents(StrEnum):
    """What a screen or a file holds, as far as its marking goes."""

    HARM = "harm from open data"
    ASSETS = "community assets"
    WORK = "plans and tasks"
    GROUPS = "organised crime groups"
    PEOPLE = "people"


@dataclass(frozen=True)
class Marking:
    """A classification, and for what is sensitive also why and how to handle it."""

    classification: Classification
    descriptor: str = ""
    handling: str = ""

    def __post_init__(self) -> None:
        """Refusal for sensitive material without a descriptor and a handling instruction."""
        for name, what in (("descriptor", "The descriptor"), ("handling", "The instruction")):
            object.__setattr__(
                self, name, checked_line(getattr(self, name), what=what, required=self.is_sensitive)
            )

    @property
    def is_sensitive(self) -> bool:
        return self.classification == Classification.OFFICIAL_SENSITIVE

    @property
    def line(self) -> str:
        """The marking as it stands at the top of a screen or a page."""
        return " - ".join(filter(None, (self.classification.value, self.descriptor)))

    def __str__(self) -> str:
        return f"{self.line}. {self.handling}" if self.handling else self.line


OFFICIAL: Final = Marking(Classification.OFFICIAL)
_FOR_PARTNERS: Final = Marking(
    Classification.OFFICIAL_SENSITIVE,
    "PARTNERSHIP",
    "For the partnership's agencies under their sharing agreement; do not publish or pass on.",
)
_FOR_OFFICERS: Final = Marking(
    Classification.OFFICIAL_SENSITIVE,
    "POLICE INVESTIGATION",
    "Need to know only; do not copy, forward or print without the lead officer's agreement.",
)
_ANYBODYS: Final = frozenset({Contents.HARM, Contents.ASSETS})
_SECRET: Final = frozenset({Contents.GROUPS, Contents.PEOPLE})


def marking_of(view: View, contents: Collection[Contents]) -> Marking:
    """The marking of a screen or a file of a view.

    What the community sees is OFFICIAL, and so is harm from open data with assets in
    every view; the rest is sensitive, and most of all groups and people.
    """
    if view <= View.COMMUNITY or _ANYBODYS.issuperset(contents):
        return OFFICIAL
    if view == View.PARTNER and _SECRET.isdisjoint(contents):
        return _FOR_PARTNERS
    return _FOR_OFFICERS


def checked_marking(text: str) -> Classification:
    """The classification that was written; Refusal for one above OFFICIAL, or for no such word."""
    wanted = re.sub(r"[\s_-]+", "-", plain_letters(text).strip()).upper()
    if wanted in list(Classification):
        return Classification(wanted)
    if "SECRET" in wanted.replace("-", ""):
        raise above_official(text.strip())
    raise Refusal(
        "There is no such marking here",
        found=f"Found {text.strip()!r}",
        remedy=f"Choose {' or '.join(Classification)}",
    )
