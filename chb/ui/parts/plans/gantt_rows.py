"""The rows of a plan's timeline: a bar for each intervention, a mark for each milestone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from chb.domain.planning.interventions import Intervention, InterventionStatus, Milestone
from chb.domain.planning.timeline import Stretch, Timeline, missed
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.parts.words import chart_key, day_words

_SHORTEST: Final = timedelta(days=4)
"""A day's work would be a hair: drawn as long as this, and told in its own words."""
_LONGEST_LABEL: Final = 44
_STRENGTH: Final = {
    InterventionStatus.PROPOSED: 0.15,
    InterventionStatus.AGREED: 0.4,
    InterventionStatus.UNDER_WAY: 0.95,
    InterventionStatus.COMPLETED: 0.55,
}
_BAR_COLUMNS: Final = (
    "label",
    "phase",
    "pillar",
    "hue",
    "since",
    "until",
    "strength",
    "told",
    "late",
)
_STEP_COLUMNS: Final = ("label", "day", "told", "fill")
_FILLS: Final = {"reached": theme.BLUE, "ahead": theme.LIGHT_WORDS, "missed": theme.CLARET}


def bars(plan: Timeline) -> pd.DataFrame:
    """One row an intervention with a day: where its bar begins and ends, and what it says."""
    labels = _labels(plan)
    rows = [
        _bar(each, label, plan.today) for each, label in zip(plan.stretches, labels, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(_BAR_COLUMNS))


def steps(plan: Timeline) -> pd.DataFrame:
    """One row a milestone."""
    rows = [
        row
        for each, label in zip(plan.stretches, _labels(plan), strict=True)
        for row in _steps(each, label, plan.today)
    ]
    return pd.DataFrame(rows, columns=list(_STEP_COLUMNS))


def _labels(plan: Timeline) -> list[str]:
    """What each row is called: its title, cut, and told apart from another of the same name."""
    labels: list[str] = []
    for each in plan.stretches:
        title = each.intervention.title
        label = chart_key(
            title if len(title) <= _LONGEST_LABEL else f"{title[: _LONGEST_LABEL - 1]}\u2026"
        )
        n_before = sum(known == label or known.startswith(f"{label} (") for known in labels)
        labels.append(f"{label} ({n_before + 1})" if n_before else label)
    return labels


def _bar(each: Stretch, label: str, today: date) -> dict[str, Any]:
    work = each.intervention
    since = work.starts_on or each.days[0]
    until = max(work.due_on or each.days[-1], since + _SHORTEST)
    return {
        "label": label,
        "phase": work.phase.value,
        "pillar": work.pillar.value,
        "hue": theme.PILLAR_MARKS[work.pillar].colour,
        "since": pd.Timestamp(since),
        "until": pd.Timestamp(until),
        "strength": _STRENGTH[work.status],
        "told": f"{work.status}, {span_words(work)}",
        "late": f"overdue {plural(_days_late(work, today), 'day')}" if each.is_overdue else "",
    }


def _steps(each: Stretch, label: str, today: date) -> Iterator[dict[str, Any]]:
    late = missed(each.intervention.milestones, today)
    for step in each.intervention.milestones:
        standing = "reached" if step.done_on else "missed" if step in late else "ahead"
        yield {
            "label": label,
            "day": pd.Timestamp(step.done_on or step.due_on),
            "told": f"{step.what}: {standing}, {milestone_words(step)}",
            "fill": _FILLS[standing],
        }


def span_words(each: Intervention) -> str:
    """From when to when."""
    since = f"from {day_words(each.starts_on)}" if each.starts_on else ""
    due = f"due {day_words(each.due_on)}" if each.due_on else ""
    return ", ".join(filter(None, (since, due))) or "no day yet"


def milestone_words(step: Milestone) -> str:
    """When it was reached, or is due."""
    if step.done_on:
        return f"reached {day_words(step.done_on)}"
    return f"due {day_words(step.due_on)}"


def _days_late(each: Intervention, today: date) -> int:
    return (today - each.due_on).days if each.due_on else 0
