"""People of the partnership, by the role they work in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Person:
    """Somebody who works on a place; the e-mail is a work address and identifies them."""

    name: str
    agency: str
    role: str
    work_email: str
    left_on: date | None = None
    """The day they left the work; what they did stays under their name."""

    def has_left(self, on: date) -> bool:
        return self.left_on is not None and self.left_on <= on
