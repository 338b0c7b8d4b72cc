"""Letting a person in: on a group, a place or an operation, from a day, until a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from chb.domain.records import Record, checked_subject
from chb.domain.wording import checked_line, checked_span, checked_text


class Basis(StrEnum):
    """Why a person may know."""

    SHARED = "shared with"
    """They may see the group or place as its lead does, save what is secret yet."""
    INDOCTRINATED = "indoctrinated"
    """They signed for the operation: actions before the trigger date are shown too."""


@dataclass(frozen=True, kw_only=True)
class NeedToKnow(Record):
    """One person let in on one place or one group."""

    work_email: str
    basis: Basis
    place_id: str | None = None
    ocg_id: str | None = None
    starts_on: date
    ends_on: date | None = None
    note: str = ""

    def checked(self) -> Self:
        checked_subject(self.place_id, self.ocg_id, what="A need to know")
        checked_span(self.starts_on, self.ends_on, what="The need to know")
        return replace(
            self,
            work_email=checked_line(self.work_email, what="The work e-mail").casefold(),
            note=checked_text(self.note, what="The note", required=False),
        )

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day, the last day included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def in_force(grants: Iterable[NeedToKnow], day: date) -> tuple[NeedToKnow, ...]:
    """Grants that hold on a day."""
    return tuple(grant for grant in grants if grant.holds_on(day))
