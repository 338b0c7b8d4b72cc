"""Saved versions of what people write: added, read, and gone with the sample only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, true

from chb.domain.records import Revision, Signature
from chb.store.tables.records import revision

_ALL: Final = true()


def add_revision(connection: Connection, saved: Revision, *, is_sample: bool) -> None:
    """Keep one version for ever beside who saved it and why."""
    connection.execute(insert(revision).values(revision_row(saved, is_sample=is_sample)))


def revision_row(saved: Revision, *, is_sample: bool) -> dict[str, Any]:
    """The row of one version."""
    return {
        "kind": saved.kind,
        "record_id": saved.record_id,
        "version": saved.version,
        "content": saved.content,
        "reason": saved.signature.reason,
        "recorded_by": saved.signature.by,
        "recorded_at": saved.signature.at,
        "is_sample": is_sample,
    }


def revisions_of(
    connection: Connection, kind: str, record_id: str, seen: ColumnElement[bool] = _ALL
) -> tuple[Revision, ...]:
    """Every saved version of a record that meets the condition ``seen``, oldest first.

    Why the version after one that is left out was saved is left out as well: the reason
    may name what the record was moved away from.
    """
    query = (
        select(revision)
        .where(revision.c.kind == kind, revision.c.record_id == record_id, seen)
        .order_by(revision.c.version)
    )
    found = [_revision(row) for row in connection.execute(query).mappings()]
    before = (0, *(each.version for each in found))
    return tuple(
        each if each.version == last + 1 else _without_reason(each)
        for last, each in zip(before, found, strict=False)
    )


def _revision(row: RowMapping) -> Revision:
    return Revision(
        kind=row["kind"],
        record_id=row["record_id"],
        version=row["version"],
        content=row["content"],
        signature=Signature(row["recorded_by"], row["recorded_at"], row["reason"]),
    )


def _without_reason(saved: Revision) -> Revision:
    return replace(saved, signature=replace(saved.signature, reason=""))
