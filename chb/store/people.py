"""People in the database, one per work address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, delete, func, insert, select

from chb.domain.people import Person
from chb.store.tables import person


class PersonRepository:
    """People within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Person, ...]:
        """Everybody, by name."""
        rows = self._connection.execute(select(person).order_by(person.c.name)).mappings()
        return tuple(
            Person(row["name"], row["agency"], row["role"], row["work_email"]) for row in rows
        )

    def count(self) -> int:
        """How many people there are."""
        return int(self._connection.execute(select(func.count()).select_from(person)).scalar_one())

    def put(self, people: Iterable[Person], *, source_sha256: str, is_sample: bool = False) -> None:
        """Save people, each in place of anybody with the same work address."""
        for someone in people:
            self._connection.execute(
                delete(person).where(person.c.work_email == someone.work_email)
            )
            self._connection.execute(
                insert(person).values(
                    **asdict(someone), source_sha256=source_sha256, is_sample=is_sample
                )
            )

    def remove_samples(self) -> None:
        """Delete the sample place's people."""
        self._connection.execute(delete(person).where(person.c.is_sample))
