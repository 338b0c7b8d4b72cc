"""Which columns of a list are which, as people chose them, by the fingerprint of its headings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select

from chb.domain.audit import AuditAction
from chb.store.tables.assets import asset_column_map
from chb.store.unit import Unit


class ColumnMapRepository:
    """Column maps within one transaction: the last choice for each set of headings."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self) -> dict[str, dict[str, str]]:
        """Our column to the list's heading, by fingerprint."""
        rows = self._connection.execute(
            select(asset_column_map.c.fingerprint, asset_column_map.c.columns)
        )
        return {fingerprint: dict(columns) for fingerprint, columns in rows}

    def put(self, fingerprint: str, columns: Mapping[str, str], *, by: str, at: datetime) -> None:
        """Keep this choice in place of any earlier one for the same headings."""
        self._connection.execute(
            delete(asset_column_map).where(asset_column_map.c.fingerprint == fingerprint)
        )
        self._connection.execute(
            insert(asset_column_map).values(
                fingerprint=fingerprint, columns=dict(columns), saved_by=by, saved_at=at
            )
        )
        self._unit.audit.record(AuditAction.ALTER, asset_column_map.name, fingerprint)

    def remove_samples(self) -> None:
        """A choice is about headings, not about what stands under them."""
