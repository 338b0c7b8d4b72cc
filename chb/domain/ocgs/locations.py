"""Locations of organised crime groups: uncertain areas, never pins."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final, Self

from chb.domain.ocgs.register import LONGEST_CODE
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_span

LARGEST_RADIUS_M: Final = 20_000


class LocationKind(StrEnum):
    """What a location is to the group."""

    HOME_ADDRESS = "home address"
    BUSINESS = "business"
    DEALING_LOCATION = "dealing location"
    CUCKOOED_ADDRESS = "cuckooed address"
    SAFE_HOUSE = "safe house"
    STORAGE = "storage"
    MEETING_PLACE = "meeting place"
    VEHICLE_KEEP = "vehicle keep"
    AREA_OF_INFLUENCE = "area of influence"


class Confidence(StrEnum):
    """How sure the source is, and the weight that follows. The weights are ours, not official."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def weight(self) -> float:
        return {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.6, Confidence.LOW: 0.3}[self]


@dataclass(frozen=True)
class OcgLocation:
    """Where a group, known here by a code only, is thought to be, and for how long."""

    code: str
    kind: LocationKind
    longitude: float
    latitude: float
    radius_m: float
    confidence: Confidence
    valid_from: date | None
    valid_to: date | None
    source: str
    handling: str
    id: int = field(default=0, compare=False)
    version: int = field(default=0, compare=False)
    """Id and version are zero until it is kept. Two that say the same are equal."""

    def checked(self) -> Self:
        """The location as it will be kept; Refusal for what cannot be."""
        _refuse_position(self.longitude, self.latitude)
        _refuse_radius(self.radius_m)
        checked_span(self.valid_from, self.valid_to, what="The location")
        return replace(
            self,
            code=checked_line(self.code, what="The OCG's code name", longest=LONGEST_CODE),
            source=checked_line(self.source, what="The source of the location"),
            handling=checked_line(self.handling, what="The handling level"),
        )

    def during(self, first_day: date, last_day: date) -> bool:
        """Whether the location was thought to hold on any day of the span."""
        return (self.valid_from is None or self.valid_from <= last_day) and (
            self.valid_to is None or self.valid_to >= first_day
        )


def _refuse_position(longitude: float, latitude: float) -> None:
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # false for what is no number too
        raise Refusal(
            "A location has a latitude and a longitude in degrees",
            found=f"Found latitude {latitude}, longitude {longitude}",
            cause="One of them is missing, or these are eastings and northings",
            remedy="Type both in decimal degrees, for example 53.7512 and -3.7004",
        )


def _refuse_radius(radius_m: float) -> None:
    if not (math.isfinite(radius_m) and 0 < radius_m <= LARGEST_RADIUS_M):
        raise Refusal(
            f"The radius is above zero and at most {LARGEST_RADIUS_M:,} m",
            found=f"Found {radius_m:g}",
            cause="A location is an uncertain area, never a pin",
            remedy="Give the metres within which the source would look for it",
        )
