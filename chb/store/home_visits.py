"""When people looked at Home: one row a person, replaced and never versioned."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select

from chb.domain.home import HomeVisit
from chb.store.tables.home import home_visit
from chb.store.unit import Unit


class HomeVisitRepository:
    """The visits of whoever the transaction is for; those of others are not there."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._person = unit.scope.person.casefold()

    def find(self) -> HomeVisit | None:
        """The person's last look; None when they never looked."""
        query = select(home_visit).where(home_visit.c.person == self._person)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        values = {name: value for name, value in row.items() if name != "person"}
        return HomeVisit(**{**values, "tour_done": frozenset(values["tour_done"])})

    def put(self, visit: HomeVisit) -> None:
        """Keep this in place of what was kept of the person before."""
        self.remove_of(self._person)
        values = asdict(visit) | {"tour_done": sorted(visit.tour_done)}
        self._connection.execute(insert(home_visit).values(person=self._person, **values))

    def remove_of(self, work_email: str) -> None:
        """Forget when somebody looked, because their account ended."""
        gone = home_visit.c.person == work_email.casefold()
        self._connection.execute(delete(home_visit).where(gone))

    def remove_before(self, moment: datetime) -> None:
        """Forget those who have not looked since a moment."""
        self._connection.execute(delete(home_visit).where(home_visit.c.seen_at < moment))

    def remove_samples(self) -> None:
        """When somebody looked says nothing of the sample place."""
