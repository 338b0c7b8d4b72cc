"""What of secret work may be said, and in which words: rules on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from chb.domain.places.phases import Intensity, Phase
from chb.domain.planning.plans import Pillar
from chb.domain.views.work import PhaseShown

_BEGUN: Final = (Intensity.ACTIVE, Intensity.SUSTAINING, Intensity.PAUSED, Intensity.CLOSED)


def shared_wording(shared_title: str, *, pillar: Pillar, phase: Phase) -> str:
    """The wording made for partners; where there is none, no more than the kind of work."""
    return shared_title.strip() or f"{pillar} work in {phase}"


def is_shared(phase: Phase, trigger_on: date | None, *, today: date) -> bool:
    """Whether partners may know of work in a phase: of Clear only from its trigger date on.

    Clear for which nobody set a date is a secret still.
    """
    return phase != Phase.CLEAR or (trigger_on is not None and trigger_on <= today)


def phases_shown(
    intensities: Mapping[Phase, Intensity | None],
    triggers: Iterable[date | None],
    *,
    today: date,
) -> tuple[PhaseShown, ...]:
    """The phases of a place that partners may know of.

    ``triggers`` are the trigger dates of the place's plans. Clear is shown when it has
    begun and no plan's date is still to come: that it is planned is the secret.
    """
    ahead = any(trigger is not None and trigger > today for trigger in triggers)
    return tuple(
        PhaseShown(phase.value, intensity.value)
        for phase, intensity in intensities.items()
        if intensity is not None and (phase != Phase.CLEAR or (intensity in _BEGUN and not ahead))
    )
