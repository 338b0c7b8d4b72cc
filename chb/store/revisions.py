"""Saved versions of what people write: added, read, and gone with the sample only."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from chb.domain.records import Revision, Signature
from chb.store.tables.records import revision


def add_revision(connection: Connection, saved: Revision, *, is_sample: bool) -> None:
    """Keep one version for ever beside who saved it and why."""
    connection.execute(
        insert(revision).values(
            kind=saved.kind,
            record_id=saved.record_id,
            version=saved.version,
            content=saved.content,
            reason=saved.signature.reason,
            recorded_by=saved.signature.by,
            recorded_at=saved.signature.at,
            is_sample=is_sample,
        )
    )


def revisions_of(connection: Connection, kind: str, record_id: str) -> tuple[Revision, ...]:
    """Every saved version of a record, oldest first."""
    query = (
        select(revision)
        .where(revision.c.kind == kind, revision.c.record_id == record_id)
        .order_by(revision.c.version)
    )
    return tuple(
        Revision(
            kind=row["kind"],
            record_id=row["record_id"],
            version=row["version"],
            content=row["content"],
            signature=Signature(row["recorded_by"], row["recorded_at"], row["reason"]),
        )
        for row in connection.execute(query).mappings()
    )
