"""The written plan of the sample place, read from ``data/sample/``.

What is true of Marram is data; how it is drawn is code. Positions in the plan
are ``at_m``: metres east and north of the borough's centre.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

SAMPLE_FOLDER: Final = Path(__file__).parents[3] / "data" / "sample"
PARTS: Final = ("marram", "crime", "census", "assets", "ocgs", "people", "places")

Position = Sequence[float]


@dataclass(frozen=True)
class Quarter:
    """A neighbourhood with one street pattern, one kind of use and one level of deprivation."""

    name: str
    at_m: Position
    radius_m: float
    bearing_deg: float
    block_m: Sequence[float]
    """Spacing along and across the streets."""
    bend_m: float | None
    """Radius the street pattern is bent to, over 1.3 quarter radii; None leaves it straight."""
    link_share: float
    """Share of the possible cross streets that exist."""
    setting: str
    """centre, residential or retail: picks the mix of incidents."""
    activity: float
    deprivation: float
    """National quantile, 1 being the most deprived."""
    label_rank: int


@dataclass(frozen=True)
class MainRoad:
    """A road drawn by hand through control points; rank 1 is an A road, 3 a lane."""

    name: str
    rank: int
    through_m: Sequence[Position]


@dataclass(frozen=True)
class Stream:
    """A watercourse of one width."""

    name: str
    width_m: float
    through_m: Sequence[Position]


@dataclass(frozen=True)
class Patch:
    """A roundish named area: a park or a lake."""

    name: str
    at_m: Position
    radius_m: float


@dataclass(frozen=True)
class Label:
    """A name at a point; rank 1 is readable from furthest away."""

    name: str
    at_m: Position
    rank: int = 3


@dataclass(frozen=True)
class Spot:
    """Incidents planted around a point for a run of months, month 1 being the first."""

    key: str
    role: str
    """harm, displaced or decoy."""
    name: str
    mix: str
    at_m: Position
    spread_m: float
    from_month: int
    to_month: int
    events: int


@dataclass(frozen=True)
class SamplePlaceSpec:
    """Everything the generator is told; the rest follows from the seed."""

    seed: int
    name: str
    force: str
    centre: Position
    """Longitude and latitude in degrees."""
    n_lsoas: int
    codes: Mapping[str, str]
    coast_m: Sequence[Position]
    quarters: Sequence[Quarter]
    roads: Sequence[MainRoad]
    parks: Sequence[Patch]
    lakes: Sequence[Patch]
    streams: Sequence[Stream]
    labels: Sequence[Label]
    wards: Sequence[Label]
    street_stems: Sequence[str]
    street_kinds: Sequence[str]
    spots: Sequence[Spot]
    crime: Mapping[str, Any]
    census: Mapping[str, Any]
    assets: Mapping[str, Any]
    ocgs: Mapping[str, Any]
    people: Sequence[Mapping[str, str]]
    places: Sequence[Mapping[str, Any]]

    def rng(self, subject: str) -> np.random.Generator:
        """A random stream of its own for each subject, so that one cannot disturb another."""
        return np.random.default_rng([self.seed, *subject.encode()])


def load_spec(folder: Path = SAMPLE_FOLDER) -> SamplePlaceSpec:
    """The committed plan of Marram."""
    part: dict[str, Any] = {
        name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in PARTS
    }
    ground = part["marram"]
    plain = ("seed", "name", "force", "centre", "n_lsoas", "codes", "coast_m")
    words = ("street_stems", "street_kinds")
    return SamplePlaceSpec(
        **{key: ground[key] for key in (*plain, *words)},
        quarters=[Quarter(**row) for row in ground["quarters"]],
        roads=[MainRoad(**row) for row in ground["roads"]],
        parks=[Patch(**row) for row in ground["parks"]],
        lakes=[Patch(**row) for row in ground["lakes"]],
        streams=[Stream(**row) for row in ground["streams"]],
        labels=[Label(**row) for row in ground["labels"]],
        wards=[Label(**row) for row in ground["wards"]],
        spots=[Spot(**row) for row in part["crime"]["spots"]],
        crime=part["crime"],
        census=part["census"],
        assets=part["assets"],
        ocgs=part["ocgs"],
        people=part["people"]["people"],
        places=part["places"]["places"],
    )
