"""People of the partnership, by the role they work in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody who works on a place; the e-mail is a work address and identifies them."""

    name: str
    agency: str
    role: str
    work_email: str
