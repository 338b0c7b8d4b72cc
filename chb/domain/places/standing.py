"""Where a place stands on a day: each phase by itself, and the gate that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chb.domain.places.gates import Gate
from chb.domain.places.phases import Intensity, IntensityChange, Phase
from chb.domain.places.places import Place

_AT_WORK = (Intensity.ACTIVE, Intensity.SUSTAINING)


@dataclass(frozen=True)
class PhaseStanding:
    """One phase on a day: the entry in force, and the next one that is recorded already."""

    phase: Phase
    now: IntensityChange | None
    ahead: IntensityChange | None

    @property
    def intensity(self) -> Intensity | None:
        """None for a phase that has no entry yet."""
        return self.now.intensity if self.now else None

    @property
    def is_at_work(self) -> bool:
        return self.intensity in _AT_WORK


def standings(place: Place, on: date) -> tuple[PhaseStanding, ...]:
    """Clear, Hold and Build as they stand on a day."""
    return tuple(_standing(place, phase, on) for phase in Phase)


def next_gate(place: Place, on: date) -> Gate | None:
    """The gate ahead of an open place; None before anything has begun and after the end."""
    at_work = {each.phase for each in standings(place, on) if each.is_at_work}
    if not at_work or not place.is_open(on):
        return None
    if Phase.HOLD not in at_work:
        return Gate.CLEAR_TO_HOLD
    return Gate.BUILD_TO_EXIT if Phase.BUILD in at_work else Gate.HOLD_TO_BUILD


def _standing(place: Place, phase: Phase, on: date) -> PhaseStanding:
    changes = sorted((each for each in place.history if each.phase == phase), key=_moment)
    past = [each for each in changes if each.effective_on <= on]
    ahead = [each for each in changes if each.effective_on > on]
    return PhaseStanding(phase, past[-1] if past else None, ahead[0] if ahead else None)


def _moment(change: IntensityChange) -> tuple[date, datetime]:
    return change.effective_on, change.recorded_at
