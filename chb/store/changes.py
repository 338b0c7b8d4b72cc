"""What was saved since a moment, of what a scope may see: a few light queries for Home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, select

from chb.store.tables.base import metadata
from chb.store.tables.frames import import_record
from chb.store.tables.records import revision
from chb.store.unit import Unit
from chb.store.versions_seen import visible_then
from chb.store.visibility import visible


@dataclass(frozen=True)
class ChangedRecord:
    """A record that was saved: as it is now, and as it was before."""

    record_id: str
    content: Mapping[str, Any] = field(repr=False)
    before: Mapping[str, Any] | None = field(repr=False)
    """None where it is new, or may not be known as it was."""
    by: str
    at: datetime


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
        rows = self._connection.execute(query).mappings().all()
        edited = [row["record_id"] for row in rows if row["version"] > 1]
        before = self._before(table, edited, since) if edited else {}
        return tuple(
            ChangedRecord(
                record_id=row["record_id"],
                content=row["content"],
                before=before.get(row["record_id"]),
                by=row["recorded_by"],
                at=row["recorded_at"],
            )
            for row in rows
        )

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

    def _before(
        self, table: Table, record_ids: list[str], since: datetime
    ) -> dict[str, Mapping[str, Any]]:
        """Content of the last version up to a moment, by record."""
        among = revision.c.record_id.in_(record_ids)
        query = (
            select(revision.c.record_id, revision.c.recorded_at, revision.c.content)
            .where(revision.c.kind == table.name, among, visible_then(self._unit, table, among))
            .order_by(revision.c.version)
        )
        rows = self._connection.execute(query)
        return {row.record_id: row.content for row in rows if row.recorded_at <= since}
