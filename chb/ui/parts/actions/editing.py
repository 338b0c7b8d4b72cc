"""What a person changed in the list, and what the ticked rows get: as edited interventions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd

from chb.domain.people import Person
from chb.domain.planning.actions import Action
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.wording import plural
from chb.ui.parts.people_fields import person_words

TICK: Final = "Tick"
STATUS: Final = "Status"
DUE: Final = "Due"
COLUMNS: Final = (
    TICK,
    "For",
    "Action",
    STATUS,
    DUE,
    "Late",
    "Owner",
    "Lead agency",
    "Phase",
    "P",
)

Edits = Mapping[int, Mapping[str, Any]]
"""By row, what a person wrote into its cells, as the browser sends it."""


@dataclass(frozen=True)
class ForTicked:
    """What every ticked action gets; None and empty words leave it as it is."""

    status: InterventionStatus | None = None
    due_on: date | None = None
    owner: str = ""
    is_for_all: bool = False
    """Every action on the list is meant, ticked or not."""


def table_of(actions: Sequence[Action], people: Mapping[str, Person], today: date) -> pd.DataFrame:
    """One row an action, in the order given, under COLUMNS."""
    rows = [_row(each, people, today) for each in actions]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({TICK: bool})


def edited(actions: Sequence[Action], edits: Edits, ticked: ForTicked) -> tuple[Intervention, ...]:
    """The interventions that would be another than they are, in the order of the list.

    ``actions`` are those that were on the screen. A cell that a person wrote into goes
    before what the ticked rows get.
    """
    changed = (
        (each.intervention, _edited(each.intervention, edits.get(at, {}), ticked))
        for at, each in enumerate(actions)
    )
    return tuple(after for before, after in changed if after != before)


def n_reopened(actions: Sequence[Action], changed: Iterable[Intervention]) -> int:
    """How many that were completed or stopped would be at work again."""
    closed = {each.id for each in actions if not each.intervention.status.is_open}
    return sum(each.status.is_open and each.id in closed for each in changed)


def _edited(each: Intervention, cells: Mapping[str, Any], ticked: ForTicked) -> Intervention:
    if ticked.is_for_all or cells.get(TICK):
        each = replace(
            each,
            status=ticked.status or each.status,
            due_on=ticked.due_on or each.due_on,
            owner=ticked.owner or each.owner,
        )
    if cells.get(STATUS):
        each = replace(each, status=InterventionStatus(cells[STATUS]))
    if DUE in cells:
        each = replace(each, due_on=_day(cells[DUE]))
    return each


def _row(action: Action, people: Mapping[str, Person], today: date) -> tuple[Any, ...]:
    each = action.intervention
    late = (today - each.due_on).days if each.due_on and each.is_overdue(today) else 0
    return (
        False,
        action.subject,
        each.title,
        each.status.value,
        each.due_on,
        f"by {plural(late, 'day')}" if late else "",
        person_words(people.get(each.owner), each.owner),
        each.lead_agency,
        each.phase.value,
        each.pillar.value,
    )


def _day(written: Any) -> date | None:
    """A day as the browser sends it; None for one that was emptied."""
    return date.fromisoformat(str(written)[:10]) if written else None
