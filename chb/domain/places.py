"""A place: what local people call it, its cells, its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chb.domain.phases import Intensity, IntensityChange, Phase, current_intensities, headline
from chb.domain.refusal import Refusal

LONGEST_NAME = 120
MOST_CELLS = 2_000


@dataclass(frozen=True)
class Boundary:
    """One version of a place's boundary: H3 cells of one resolution."""

    version: int
    resolution: int
    cells: frozenset[int]
    valid_from: date
    reason: str
    recorded_at: datetime


@dataclass(frozen=True)
class Place:
    """A place as it stands, with everything that was recorded about it."""

    id: str
    name: str
    area_name: str
    boundaries: tuple[Boundary, ...]
    history: tuple[IntensityChange, ...]
    created_at: datetime
    version: int

    @property
    def boundary(self) -> Boundary:
        """The boundary in force: the last version."""
        return self.boundaries[-1]

    def intensities(self, on: date) -> dict[Phase, Intensity | None]:
        return dict(current_intensities(self.history, on))

    def headline(self, on: date) -> str:
        return headline(self.intensities(on))


def checked_place_name(name: str) -> str:
    """The name as it will be kept; Refusal when empty or too long."""
    name = " ".join(name.split())
    if not name:
        raise Refusal(
            "A place needs a name",
            remedy="Use the name local people use, for example Sholver or Moorfield",
        )
    if len(name) > LONGEST_NAME:
        raise Refusal(
            f"A place's name has at most {LONGEST_NAME} characters",
            found=f"Found {len(name):,}",
            remedy="Shorten the name; put the story in the reason",
        )
    return name


def checked_reason(reason: str, *, what: str) -> str:
    """The reason as it will be kept; Refusal when there is none."""
    reason = reason.strip()
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
