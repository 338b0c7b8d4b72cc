"""What every kept record has in common: an identity, a version, and a check of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from chb.domain.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class Record:
    """Base of the records that a person writes in a form.

    A record without id is new. One that was read carries the version the person
    saw, so that saving it after somebody else did is noticed.
    """

    id: str = ""
    version: int = 0

    def checked(self) -> Self:
        """The record as it will be kept; Refusal for what cannot be."""
        return self


@dataclass(frozen=True)
class Signature:
    """Who saves, when, and why."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Revision:
    """One saved version of a record, kept for ever beside who saved it and why."""

    kind: str
    record_id: str
    version: int
    content: Mapping[str, Any] = field(repr=False)
    signature: Signature


def checked_subject(place_id: str | None, ocg_id: str | None, *, what: str) -> None:
    """Refusal when something is about neither a place nor an OCG."""
    if place_id is None and ocg_id is None:
        raise Refusal(
            f"{what} belongs to a place or to an OCG",
            remedy="Choose the place, the OCG, or both",
        )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the values that differ."""
    return tuple(
        name for name in after if name not in ("id", "version") and before.get(name) != after[name]
    )
