"""Locations of organised crime groups: uncertain areas, never pins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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

    def during(self, first_day: date, last_day: date) -> bool:
        """Whether the location was thought to hold on any day of the span."""
        return (self.valid_from is None or self.valid_from <= last_day) and (
            self.valid_to is None or self.valid_to >= first_day
        )
