"""Work that no secret hides: counted and found by the database, however much of it there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select

from chb.domain.places.phases import Phase
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.planning.plans import Pillar
from chb.domain.views.work import SharedStep
from chb.store.shapes import Shape
from chb.store.tables.plans import intervention, plan
from chb.store.unit import Unit
from chb.store.visibility import shared, visible

_OPEN: Final = [status.value for status in InterventionStatus if status.is_open]
_PLACE: Final[ColumnElement[Any]] = func.coalesce(intervention.c.place_id, plan.c.place_id)
"""The task's own place, else its plan's."""


class SharedTasks:
    """Tasks within one transaction as they are shared; nothing is written here."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection
        self._shape = Shape(Intervention, intervention)

    def by_place(self, *, phases: Collection[Phase]) -> dict[str, int]:
        """How many tasks in the phases each place has."""
        query = self._asked(phases, _PLACE, func.count()).group_by(_PLACE)
        return {place_id: n for place_id, n in self._connection.execute(query) if place_id}

    def first(
        self, place_ids: Collection[str], *, phases: Collection[Phase], most: int
    ) -> tuple[Intervention, ...]:
        """Those due first of the work at the places; what is over comes last."""
        columns = intervention.c
        query = (
            self._asked(phases, intervention)
            .where(_PLACE.in_(place_ids))
            .order_by(
                case((columns.status.in_(_OPEN), 0), else_=1),
                case((columns.due_on.is_(None), 1), else_=0),
                columns.due_on,
                columns.seq,
            )
            .limit(most)
        )
        rows = self._connection.execute(query).mappings()
        return tuple(self._shape.record(row) for row in rows)

    def steps(self, *, phases: Collection[Phase], since: date) -> Iterator[SharedStep]:
        """Days from ``since`` on by which open work, or a part of it, is due."""
        columns = intervention.c
        wording = (columns.phase, columns.pillar, columns.shared_title)
        query = self._asked(phases, _PLACE, *wording, columns.due_on, columns.milestones)
        for row in self._connection.execute(query.where(columns.status.in_(_OPEN))):
            place_id, phase, pillar, shared_title, due_on, milestones = row
            due = [date.fromisoformat(step["due_on"]) for step in milestones if _is_open(step)]
            for day in (*due, *([due_on] if due_on else ())):
                if day >= since:
                    yield SharedStep(place_id, Phase(phase), Pillar(pillar), shared_title, day)

    def _asked(self, phases: Collection[Phase], *columns: Any) -> Select[Any]:
        return (
            select(*columns)
            .select_from(intervention)
            .join(plan, plan.c.id == intervention.c.plan_id)
            .where(
                visible(self._unit, intervention),
                shared(self._unit, intervention),
                intervention.c.phase.in_([phase.value for phase in phases]),
            )
        )

    def remove_samples(self) -> None:
        """What is counted here goes with the records."""


def _is_open(milestone: dict[str, Any]) -> bool:
    return milestone["done_on"] is None
