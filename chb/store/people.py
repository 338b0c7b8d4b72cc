"""People in the database, one per work address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import RowMapping, delete, func, insert, select, update

from chb.domain.audit import AuditAction
from chb.domain.people import Person
from chb.store.tables.people import person
from chb.store.unit import Unit


class PersonRepository:
    """People within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self) -> tuple[Person, ...]:
        """Everybody, by name."""
        rows = self._connection.execute(select(person).order_by(person.c.name)).mappings()
        return tuple(person_of(row) for row in rows)

    def find(self, work_email: str) -> Person | None:
        """Whoever has that work address, in small or capital letters."""
        row = (
            self._connection.execute(
                select(person).where(func.lower(person.c.work_email) == work_email.lower())
            )
            .mappings()
            .first()
        )
        return None if row is None else person_of(row)

    def count(self) -> int:
        """How many people there are."""
        return int(self._connection.execute(select(func.count()).select_from(person)).scalar_one())

    def put(self, people: Iterable[Person], *, source_sha256: str, is_sample: bool = False) -> None:
        """Save people, each in place of anybody with the same work address.

        Somebody who left stays gone: a list may be older than the leaving.
        """
        saved = list(people)
        for someone in saved:
            known = self.find(someone.work_email)
            left_on = someone.left_on or (known.left_on if known else None)
            self._connection.execute(
                delete(person).where(person.c.work_email == someone.work_email)
            )
            self._connection.execute(
                insert(person).values(
                    **asdict(replace(someone, left_on=left_on)),
                    source_sha256=source_sha256,
                    is_sample=is_sample,
                )
            )
        self._unit.audit.record_many(
            AuditAction.COLLECT, person.name, [asdict(each) for each in saved], id_in="work_email"
        )

    def set_left_on(self, work_email: str, left_on: date | None) -> None:
        """Record the day somebody left, None when they came back."""
        self._connection.execute(
            update(person).where(person.c.work_email == work_email).values(left_on=left_on)
        )
        self._unit.audit.record(AuditAction.ALTER, person.name, work_email, fields=["left_on"])

    def remove_samples(self) -> None:
        """Delete the sample place's people."""
        self._connection.execute(delete(person).where(person.c.is_sample))


def person_of(row: RowMapping) -> Person:
    """The person of one row."""
    return Person(
        name=row["name"],
        agency=row["agency"],
        role=row["role"],
        work_email=row["work_email"],
        left_on=row["left_on"],
    )
