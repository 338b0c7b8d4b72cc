"""What is recorded about a place beside its cells and phases. Entries are only ever added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class BoundaryChange(StrEnum):
    """How a version of a boundary came about."""

    DRAWN = "drawn"
    GROWN = "grown from a hotspot"
    EXTENDED = "extended"
    SHRUNK = "shrunk"
    REDRAWN = "redrawn"
    SPLIT = "split"
    MERGED = "merged"


class RelationKind(StrEnum):
    """How one place came from another."""

    SPLIT_FROM = "split from"
    MERGED_INTO = "merged into"


class TieKind(StrEnum):
    """What is tied to a place. The first four are the threats a place may face."""

    NETWORK = "network"
    PRIORITY_INDIVIDUAL = "priority individual"
    VULNERABILITY = "vulnerability"
    LOCATION = "location"
    OCG = "OCG"
    BOARD = "board"
    OWNER = "owner"

    @property
    def is_threat(self) -> bool:
        return self in THREATS

    @property
    def is_person(self) -> bool:
        return self in (TieKind.BOARD, TieKind.OWNER)


THREATS: Final = (
    TieKind.NETWORK,
    TieKind.PRIORITY_INDIVIDUAL,
    TieKind.VULNERABILITY,
    TieKind.LOCATION,
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Why, by whom and when something was recorded."""

    reason: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class NameEntry(Entry):
    """A name of the place, from a day on."""

    name: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class Opening(Entry):
    """The place was closed, or opened again, from a day on."""

    is_open: bool
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class Relation(Entry):
    """The place was split from another, or merged into one."""

    kind: RelationKind
    other_place_id: str
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class Tie(Entry):
    """A threat, an OCG (by code) or a person (work e-mail or role) was tied to or untied from it.

    The two entries of one tie share its id.
    """

    tie_id: str
    kind: TieKind
    subject: str
    is_added: bool
    effective_on: date


def ties_in_force(entries: Iterable[Tie], on: date) -> tuple[Tie, ...]:
    """Ties that were added by the day and not ended by it, in the order they were recorded."""
    added: dict[str, Tie] = {}
    for entry in entries:
        if entry.effective_on > on:
            continue
        if entry.is_added:
            added[entry.tie_id] = entry
        else:
            added.pop(entry.tie_id, None)
    return tuple(added.values())


def is_open(openings: Iterable[Opening], on: date) -> bool:
    """Whether a place is open on a day; one that was never closed is.

    Of two entries for the same day the one recorded later counts.
    """
    state = True
    for opening in sorted(openings, key=lambda entry: entry.effective_on):
        if opening.effective_on <= on:
            state = opening.is_open
    return state
