"""Clear, Hold and Build today: three intensities that overlap, never a line of three steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from chb.domain.places.phases import Intensity
from chb.domain.places.standing import PhaseStanding
from chb.ui import theme
from chb.ui.parts.places.list import intensity_words
from chb.ui.parts.words import day_words

_LEVELS: Final = {
    Intensity.ACTIVE: 1.0,
    Intensity.SUSTAINING: 0.7,
    Intensity.PLANNED: 0.45,
    Intensity.PAUSED: 0.3,
    Intensity.CLOSED: 0.05,
}
"""How high a phase stands in the picture; the word under it says the same."""


def stepper_html(standings: Iterable[PhaseStanding]) -> str:
    """The picture, and under it each phase with its intensity and since when."""
    phases = list(standings)
    humps = "".join(_hump(each, at) for at, each in enumerate(phases))
    steps = "".join(_step(each) for each in phases)
    return (
        f'<div><div class="hf-humps" aria-hidden="true">{humps}</div>'
        '<div class="hf-steps" role="list" aria-label="Clear, Hold and Build today">'
        f"{steps}</div></div>"
    )


def since_words(standing: PhaseStanding) -> str:
    """Since when it is so, and what is recorded to come."""
    since = f"since {day_words(standing.now.effective_on)}" if standing.now else ""
    coming = (
        f"{standing.ahead.intensity} from {day_words(standing.ahead.effective_on)}"
        if standing.ahead
        else ""
    )
    return ", ".join(filter(None, (since, coming)))


def _hump(standing: PhaseStanding, at: int) -> str:
    if standing.intensity is None:
        return ""
    style = (
        f"--at:{at};--level:{_LEVELS[standing.intensity]};"
        f"--hue:{theme.PHASE_COLOURS[standing.phase]};"
        f"--fill:{theme.INTENSITY_OPACITY[standing.intensity] * 0.75:.2f}"
    )
    return f'<div class="hf-hump hf-{standing.intensity}" style="{style}"></div>'


def _step(standing: PhaseStanding) -> str:
    mark = theme.PHASE_MARKS[standing.phase].html()
    return (
        f'<div class="hf-step" role="listitem"><b>{mark} {standing.phase}</b>'
        f"<span>{intensity_words(standing.intensity)}</span>"
        f"<small>{since_words(standing)}</small></div>"
    )
