"""What was saved since a moment, of what a scope may see: a few light queries for Home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, func, select

from chb.store.tables.base import metadata
from chb.store.tables.frames import import_record
from chb.store.tables.records import revision
from chb.store.unit import Unit
from chb.store.versions_seen import visible_then
from chb.store.visibility import visible


@dataclass(frozen=True)
class SavedVersion:
    """A record as it was saved once, and by whom."""

    content: Mapping[str, Any] = field(repr=False)
    by: str
    at: datetime


@dataclass(frozen=True)
class ChangedRecord:
    """A record that was saved: as it was before, and every version since that may be seen."""

    record_id: str
    before: Mapping[str, Any] | None = field(repr=False)
    """None where it is new, or may not be known as it was."""
    saved: tuple[SavedVersion, ...]
    """Oldest first; the last is how it is now."""

    @property
    def content(self) -> Mapping[str, Any]:
        """The record as it is now."""
        return self.saved[-1].content

    @property
    def steps(self) -> tuple[tuple[Mapping[str, Any] | None, SavedVersion], ...]:
        """Each version since beside what was there before it, oldest first."""
        earlier = (self.before, *(each.content for each in self.saved))
        return tuple(zip(earlier, self.saved, strict=False))


@dataclass(frozen=True)
class KindImported:
    """How often a kind of file was imported, and when last."""

    kind: str
    number: int
    last_at: datetime


class ChangeFeed:
    """Saved versions within one transaction, across kinds; nothing is written here."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def newest(self, kind: str, since: datetime, *, most: int) -> tuple[ChangedRecord, ...]:
        """The ``most`` records of a kind saved last after a moment; KeyError without a rule.

        A record that may be seen may be seen as it was saved last: that is how it is now.
        """
        table = metadata.tables[kind]
        is_last = (revision.c.record_id == table.c.id) & (revision.c.version == table.c.version)
        query = (
            select(revision)
            .join(table, is_last)
            .where(revision.c.kind == kind, revision.c.recorded_at > since)
            .where(visible(self._unit, table))
            .order_by(revision.c.recorded_at.desc(), revision.c.seq.desc())
            .limit(most)
        )
        rows = self._connection.execute(query).all()
        edited = [row.record_id for row in rows if row.version > 1]
        earlier = self._earlier(table, edited) if edited else {}
        return tuple(_changed(row, earlier.get(row.record_id, ()), since) for row in rows)

    def imports(self, since: datetime) -> tuple[KindImported, ...]:
        """Imports after a moment by kind, without what was in them or what files were called."""
        columns = import_record.c
        query = (
            select(columns.kind, func.count().label("number"), func.max(columns.imported_at))
            .where(columns.imported_at > since)
            .group_by(columns.kind)
            .order_by(columns.kind)
        )
        return tuple(KindImported(*row) for row in self._connection.execute(query))

    def remove_samples(self) -> None:
        """What was saved goes with the records that it is about."""

    def _earlier(self, table: Table, record_ids: list[str]) -> dict[str, list[Row[Any]]]:
        """Versions that may be seen, oldest first, by record."""
        among = revision.c.record_id.in_(record_ids)
        query = (
            select(revision)
            .where(revision.c.kind == table.name, among, visible_then(self._unit, table, among))
            .order_by(revision.c.version)
        )
        found: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in self._connection.execute(query):
            found[row.record_id].append(row)
        return found


def _changed(last: Row[Any], earlier: Iterable[Row[Any]], since: datetime) -> ChangedRecord:
    """A record from the rows of its versions, of which ``earlier`` may hold the last as well."""
    rows = [row for row in earlier if row.version < last.version]
    return ChangedRecord(
        record_id=last.record_id,
        before=next((row.content for row in reversed(rows) if row.recorded_at <= since), None),
        saved=tuple(
            SavedVersion(row.content, row.recorded_by, row.recorded_at)
            for row in (*rows, last)
            if row.recorded_at > since
        ),
    )
