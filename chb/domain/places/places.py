"""A place: what local people call it, its cells, its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from chb.domain.places.phases import (
    Intensity,
    IntensityChange,
    Phase,
    current_intensities,
    headline,
)
from chb.domain.places.records import (
    BoundaryChange,
    NameEntry,
    Opening,
    Relation,
    Tie,
    TieKind,
    is_open,
    ties_in_force,
)
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_text

LONGEST_NAME = 120
MOST_CELLS = 2_000
_EARLIEST: Final = date(2000, 1, 1)
_FURTHEST_AHEAD: Final = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Boundary:
    """One version of a place's boundary: H3 cells of one resolution."""

    version: int
    resolution: int
    cells: frozenset[int]
    valid_from: date
    reason: str
    recorded_at: datetime
    change: BoundaryChange = BoundaryChange.DRAWN
    recorded_by: str = ""


@dataclass(frozen=True)
class Place:
    """A place as it stands, with everything that was recorded about it, oldest first."""

    id: str
    name: str
    area_name: str
    boundaries: tuple[Boundary, ...]
    history: tuple[IntensityChange, ...]
    created_at: datetime
    version: int
    names: tuple[NameEntry, ...] = ()
    openings: tuple[Opening, ...] = ()
    ties: tuple[Tie, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def boundary(self) -> Boundary:
        """The boundary in force: the last version."""
        return self.boundaries[-1]

    def boundary_on(self, day: date) -> Boundary:
        """The boundary in force on a day; the first one for days before it.

        An evaluation uses the boundary of its start date, whatever came later.
        """
        due = [boundary for boundary in self.boundaries if boundary.valid_from <= day]
        return due[-1] if due else self.boundaries[0]

    @property
    def earlier_names(self) -> tuple[str, ...]:
        """What the place was called before, oldest first."""
        return tuple(dict.fromkeys(entry.name for entry in self.names if entry.name != self.name))

    def is_open(self, on: date) -> bool:
        return is_open(self.openings, on)

    def tied(self, on: date, *kinds: TieKind) -> tuple[Tie, ...]:
        """Threats, OCGs or people tied to the place on a day; all kinds when none is named."""
        return tuple(tie for tie in ties_in_force(self.ties, on) if not kinds or tie.kind in kinds)

    def intensities(self, on: date) -> dict[Phase, Intensity | None]:
        return dict(current_intensities(self.history, on))

    def headline(self, on: date) -> str:
        return headline(self.intensities(on))


def checked_place_name(name: str) -> str:
    """The name as it will be kept; Refusal when empty or too long."""
    name = checked_line(name, what="A place's name", required=False, longest=LONGEST_NAME)
    if not name:
        raise Refusal(
            "A place needs a name",
            remedy="Use the name local people use, for example Sholver or Moorfield",
        )
    return name


def checked_reason(reason: str, *, what: str) -> str:
    """The reason as it will be kept; Refusal when there is none."""
    reason = checked_text(reason, what="The reason", required=False)
    if not reason:
        raise Refusal(
            f"{what} needs a reason",
            cause="The record is disclosable: it must show why, not only what",
            remedy="Write a sentence on why this is done now",
        )
    return reason


def checked_cells(cells: frozenset[int]) -> frozenset[int]:
    """The cells of a boundary; Refusal when none, or a whole county."""
    if not cells:
        raise Refusal(
            "A place needs at least one cell",
            remedy="Click a cell on the harm map, then start the place from there",
        )
    if len(cells) > MOST_CELLS:
        raise Refusal(
            f"A place has at most {MOST_CELLS:,} cells",
            found=f"Found {len(cells):,}",
            cause="The boundary is probably a whole district or county",
            remedy="Start smaller: a place is an estate or a few streets",
        )
    return cells


def checked_day(day: date, *, today: date, what: str) -> date:
    """A day of this work; Refusal for one whose year can only be mistyped."""
    if not _EARLIEST <= day <= today + _FURTHEST_AHEAD:
        raise Refusal(
            f"{what} is on a day that cannot be meant",
            found=f"Found {day:%d %B %Y}",
            cause="The year is probably mistyped",
            remedy=f"Choose a day from {_EARLIEST:%Y} to five years from now",
        )
    return day
