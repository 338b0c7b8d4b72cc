"""Community assets and when they are open."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line

LONGEST_NAME = 200


class Weekday(StrEnum):
    """Days in the order of the week."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"


@dataclass(frozen=True)
class AssetKind:
    """A row of the reference table of kinds."""

    key: str
    label: str
    group: str
    note: str = ""


@dataclass(frozen=True)
class Session:
    """One weekly opening or activity; age in whole years, both ends included."""

    weekday: Weekday
    start: time
    end: time
    activity: str = ""
    youngest: int | None = None
    oldest: int | None = None
    term_time_only: bool = False

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise Refusal(
                "A session ends after it starts",
                found=f"{self.weekday}: {self.start:%H:%M} to {self.end:%H:%M}",
                cause="The two times are probably the wrong way round",
                remedy="Split a session that runs past midnight in two",
            )

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Session:
        """The reverse of ``as_dict``; ValueError or KeyError for other values."""
        return cls(
            weekday=Weekday(values["weekday"]),
            start=time.fromisoformat(values["start"]),
            end=time.fromisoformat(values["end"]),
            activity=values.get("activity") or "",
            youngest=values.get("youngest"),
            oldest=values.get("oldest"),
            term_time_only=bool(values.get("term_time_only", False)),
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "weekday": self.weekday.value,
            "start": f"{self.start:%H:%M}",
            "end": f"{self.end:%H:%M}",
            "activity": self.activity,
            "youngest": self.youngest,
            "oldest": self.oldest,
            "term_time_only": self.term_time_only,
        }

    def overlaps(self, other: Session) -> bool:
        """Same weekday, and the times share more than an instant."""
        return self.weekday == other.weekday and self.start < other.end and other.start < self.end

    def serves(self, youngest: int, oldest: int) -> bool:
        """Whether anybody of that age band may come."""
        lowest = 0 if self.youngest is None else self.youngest
        highest = 200 if self.oldest is None else self.oldest
        return lowest <= oldest and youngest <= highest


@dataclass(frozen=True)
class Asset:
    """A community asset. The contact is a role, not a private person."""

    id: str
    name: str
    kind: str
    longitude: float
    latitude: float
    source: str
    address: str = ""
    postcode: str = ""
    contact_role: str = ""
    note: str = ""
    sessions: tuple[Session, ...] = field(default=())
    verified_on: date | None = None
    recorded_at: datetime | None = None


def checked_asset_name(name: str) -> str:
    """The name as it will be kept; Refusal when empty or too long."""
    name = checked_line(name, what="An asset's name", required=False, longest=len(name))
    if not name:
        raise Refusal("An asset needs a name", remedy="Write the name on its door")
    if len(name) > LONGEST_NAME:
        raise Refusal(
            f"An asset's name has at most {LONGEST_NAME} characters",
            found=f"Found {len(name):,}",
            remedy="Shorten the name; the rest belongs in the note",
        )
    return name


def checked_position(longitude: float, latitude: float) -> tuple[float, float]:
    """A finite WGS84 position; Refusal otherwise."""
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise Refusal(
            "A position needs two finite numbers",
            found=f"Found longitude {longitude}, latitude {latitude}",
            remedy="Click the map where the asset stands",
        )
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Refusal(
            "A position is longitude and latitude in degrees",
            found=f"Found longitude {longitude}, latitude {latitude}",
            cause="These are probably eastings and northings",
            remedy="Click the map where the asset stands",
        )
    return longitude, latitude
