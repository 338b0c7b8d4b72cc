"""Clear, Hold and Build: three intensities over time, never one status.

The phases overlap and cycle, and Clear may be resumed at any time (Home Office
Lead Responsible Officer guidance). So a place has, for each phase, a history of
intensities; the headline on a card is derived from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Phase(StrEnum):
    """The three phases, which overlap."""

    CLEAR = "Clear"
    HOLD = "Hold"
    BUILD = "Build"


class Intensity(StrEnum):
    """How hard a phase is worked at, at a time."""

    PLANNED = "planned"
    ACTIVE = "active"
    SUSTAINING = "sustaining"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True)
class GatePassage:
    """The gate that a change of phase went through, and what was still open there."""

    gate: str
    checklist_version: int
    open_items: tuple[str, ...]


@dataclass(frozen=True)
class IntensityChange:
    """One entry of a place's history. History is only ever added to."""

    phase: Phase
    intensity: Intensity
    effective_on: date
    reason: str
    recorded_by: str
    recorded_at: datetime
    gate: GatePassage | None = None


def current_intensities(
    history: Iterable[IntensityChange], on: date
) -> Mapping[Phase, Intensity | None]:
    """Intensity of each phase on a day; None where a phase has no entry yet."""
    latest = changes_in_force(history, on)
    return {phase: latest[phase].intensity if phase in latest else None for phase in Phase}


def changes_in_force(
    history: Iterable[IntensityChange], on: date
) -> Mapping[Phase, IntensityChange]:
    """The entry that counts on a day, of each phase that has one by then.

    Of two entries for the same day the one recorded later counts.
    """
    latest: dict[Phase, IntensityChange] = {}
    for change in history:
        if change.effective_on > on:
            continue
        known = latest.get(change.phase)
        if known is None or _moment(change) >= _moment(known):
            latest[change.phase] = change
    return latest


def headline(intensities: Mapping[Phase, Intensity | None]) -> str:
    """A few words for a card: what is at work now, most intense first."""
    active = [phase.value for phase in Phase if intensities.get(phase) == Intensity.ACTIVE]
    sustaining = [phase.value for phase in Phase if intensities.get(phase) == Intensity.SUSTAINING]
    words = []
    if active:
        words.append(f"{_listed(active)} active")
    if sustaining:
        words.append(f"{_listed(sustaining)} sustaining")
    if words:
        return ", ".join(words)
    if any(intensity == Intensity.PAUSED for intensity in intensities.values()):
        return "paused"
    if any(intensity == Intensity.PLANNED for intensity in intensities.values()):
        return "planned"
    return "closed" if any(intensities.values()) else "not started"


def missing_by_design(intensities: Mapping[Phase, Intensity | None]) -> tuple[Phase, ...]:
    """Phases with no entry although another has one: Hold and Build are designed at the onset."""
    if not any(intensities.values()):
        return ()
    return tuple(phase for phase in Phase if intensities.get(phase) is None)


def _listed(names: list[str]) -> str:
    """``Clear, Hold and Build``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _moment(change: IntensityChange) -> tuple[date, datetime]:
    return change.effective_on, change.recorded_at
