"""A plan in time: what runs from when to when, and the milestones on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention, InterventionStatus, Milestone

_PHASES: Final = list(Phase)


@dataclass(frozen=True)
class Stretch:
    """An intervention in time; either day may be unknown, and then it is not made up."""

    intervention: Intervention
    is_overdue: bool

    @property
    def days(self) -> tuple[date, ...]:
        """Every day that it has on the timeline, in order."""
        each = self.intervention
        known = (each.starts_on, each.due_on, *(step.due_on for step in each.milestones))
        return tuple(sorted(day for day in known if day is not None))

    @property
    def first(self) -> date:
        """Where it comes among the others."""
        return self.intervention.starts_on or self.days[0]


@dataclass(frozen=True)
class Timeline:
    """The dated work of a plan by phase and start, and what has no day yet."""

    stretches: tuple[Stretch, ...]
    undated: tuple[Intervention, ...]
    today: date

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day on it; today always lies within."""
        days = [self.today, *(day for each in self.stretches for day in each.days)]
        return min(days), max(days)


def timeline(interventions: Sequence[Intervention], today: date) -> Timeline:
    """The work that was not stopped, Clear first, then by the day it starts or is due."""
    at_work = [each for each in interventions if each.status != InterventionStatus.STOPPED]
    stretches = [Stretch(each, each.is_overdue(today)) for each in at_work]
    dated = [each for each in stretches if each.days]
    return Timeline(
        stretches=tuple(sorted(dated, key=_place)),
        undated=tuple(each.intervention for each in stretches if not each.days),
        today=today,
    )


def missed(milestones: Iterable[Milestone], today: date) -> tuple[Milestone, ...]:
    """Milestones that should have been reached by now."""
    return tuple(each for each in milestones if each.done_on is None and each.due_on < today)


def _place(each: Stretch) -> tuple[int, date, str]:
    return _PHASES.index(each.intervention.phase), each.first, each.intervention.title
