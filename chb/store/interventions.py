"""Interventions in the database: of all plans at once, found and counted without reading each."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from chb.domain.planning.actions import ActionTally
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.store.records import Records
from chb.store.tables.plans import intervention
from chb.store.unit import Unit

_OPEN: Final = [status.value for status in InterventionStatus if status.is_open]


class InterventionRecords(Records[Intervention]):
    """Interventions within one transaction."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, intervention, Intervention)

    def plan_by_plan(
        self, *, most: int, overdue_on: date | None = None, **wanted: Any
    ) -> tuple[Intervention, ...]:
        """The first ``most`` of those wanted; with a day only those overdue on it."""
        query = self._asked(wanted, overdue_on)
        columns = self._table.c
        rows = self._connection.execute(query.order_by(columns.plan_id, columns.seq).limit(most))
        return self._load(rows.mappings().all())

    def tally(self, *, today: date, overdue_on: date | None = None, **wanted: Any) -> ActionTally:
        """How many those are, however many of them are read."""
        found = self._asked(wanted, overdue_on).subquery()
        is_open = found.c.status.in_(_OPEN)
        row = self._connection.execute(
            select(
                func.count(),
                _number(is_open),
                _number(and_(is_open, found.c.due_on < today)),
                _number(and_(is_open, found.c.owner == "")),
            ).select_from(found)
        ).one()
        return ActionTally(*(int(number or 0) for number in row))

    def distinct(self, column: str) -> tuple[str, ...]:
        """Every value of a column, in order."""
        value = self._select({}).subquery().c[column]
        return tuple(self._connection.execute(select(value).distinct().order_by(value)).scalars())

    def _asked(self, wanted: dict[str, Any], overdue_on: date | None) -> Select[Any]:
        query = self._select(wanted)
        if overdue_on is None:
            return query
        return query.where(self._table.c.status.in_(_OPEN), self._table.c.due_on < overdue_on)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
