"""How many actions are open at each place, and how many are late: one query, no records read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import case, func, select

from chb.domain.home import ActionCount
from chb.store.tables.plans import intervention, plan
from chb.store.unit import Unit
from chb.store.visibility import visible


class ActionCounts:
    """Counts within one transaction; nothing is written here."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def by_place(self, statuses: Collection[str], *, today: date) -> dict[str, ActionCount]:
        """Actions in one of the statuses by place: the action's own, else its plan's."""
        place_id = func.coalesce(intervention.c.place_id, plan.c.place_id)
        due_on = intervention.c.due_on
        is_late = case((due_on < today, 1), else_=0)
        ahead = case((due_on >= today, due_on))
        query = (
            select(place_id, func.count(), func.sum(is_late), func.min(ahead))
            .join(plan, plan.c.id == intervention.c.plan_id)
            .where(intervention.c.status.in_(statuses), place_id.is_not(None))
            .where(visible(self._unit, intervention))
            .group_by(place_id)
        )
        return {
            place: ActionCount(int(n), int(n_late), next_due_on)
            for place, n, n_late, next_due_on in self._connection.execute(query)
        }

    def remove_samples(self) -> None:
        """Counts go with the records that are counted."""
