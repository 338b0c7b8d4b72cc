"""What was imported and which requests were saved, so that doing twice does once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from chb.domain.audit import AuditAction
from chb.store.tables.frames import import_record
from chb.store.tables.requests import saved_request
from chb.store.unit import Unit


@dataclass(frozen=True)
class ImportRecord:
    """One import as it was reported."""

    kind: str
    source_name: str
    source_sha256: str
    is_sample: bool
    report: dict[str, Any]
    imported_at: datetime


class Journal:
    """Imports and saved requests within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def imports(self) -> tuple[ImportRecord, ...]:
        """Every import, newest first."""
        rows = self._connection.execute(
            select(import_record).order_by(import_record.c.id.desc())
        ).mappings()
        return tuple(
            ImportRecord(**{key: value for key, value in row.items() if key != "id"})
            for row in rows
        )

    def find_import(self, kind: str, source_sha256: str) -> ImportRecord | None:
        """The last import of that very content, if it was imported before."""
        return next(
            (
                record
                for record in self.imports()
                if record.kind == kind and record.source_sha256 == source_sha256
            ),
            None,
        )

    def add_import(self, record: ImportRecord) -> None:
        """Keep the account of an import."""
        self._connection.execute(insert(import_record).values(**vars(record)))
        self._unit.audit.record(
            AuditAction.COLLECT,
            import_record.name,
            record.kind,
            source=record.source_name,
            sha256=record.source_sha256,
        )

    def remove_samples(self) -> None:
        """Forget the imports of the sample place."""
        self._connection.execute(delete(import_record).where(import_record.c.is_sample))

    def saved_result(self, key: str) -> str | None:
        """What the request of that key made, if it was saved before."""
        result: str | None = self._connection.execute(
            select(saved_request.c.result_id).where(saved_request.c.key == key)
        ).scalar_one_or_none()
        return result

    def save_request(self, key: str, *, result_id: str, saved_at: datetime) -> None:
        """Remember what a request made, so that its repetition makes nothing."""
        self._connection.execute(
            insert(saved_request).values(key=key, result_id=result_id, saved_at=saved_at)
        )
