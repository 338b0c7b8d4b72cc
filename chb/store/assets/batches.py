"""Changes of many assets at once and their undoing: facts that are only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, delete, insert, select

from chb.domain.assets.batches import AssetBatch, BatchItem, BatchKind
from chb.domain.audit import AuditAction
from chb.domain.records import Signature
from chb.store.tables.assets import (
    asset,
    asset_batch,
    asset_batch_item,
    asset_batch_undo,
    asset_contact,
)
from chb.store.tables.records import revision
from chb.store.unit import Unit

_SAMPLES = select(asset_batch.c.id).where(asset_batch.c.is_sample)


class AssetBatchRepository:
    """Batches within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self) -> tuple[AssetBatch, ...]:
        """Every batch, the newest first."""
        return tuple(map(_batch, self._rows(_batches().order_by(asset_batch.c.seq.desc()))))

    def get(self, batch_id: str) -> AssetBatch | None:
        """One batch, None when there is none of that id."""
        return next(map(_batch, self._rows(_batches().where(asset_batch.c.id == batch_id))), None)

    def items(self, batch_id: str) -> tuple[BatchItem, ...]:
        """The assets of a batch with their versions."""
        columns = asset_batch_item.c
        query = select(columns.asset_id, columns.before, columns.after).where(
            columns.batch_id == batch_id
        )
        return tuple(BatchItem(*row) for row in self._connection.execute(query))

    def gone(self, batch_id: str) -> tuple[str, ...]:
        """Ids of assets of a batch that are not there any more."""
        query = select(asset_batch_item.c.asset_id).where(
            asset_batch_item.c.batch_id == batch_id,
            asset_batch_item.c.asset_id.not_in(select(asset.c.id)),
        )
        return tuple(sorted(self._connection.execute(query).scalars()))

    def saved_since(self, batch_id: str) -> tuple[tuple[str, str, Signature], ...]:
        """Id and name of assets of a batch that were saved again, and who did so last."""
        query = (
            select(
                asset.c.id,
                asset.c.name,
                revision.c.recorded_by,
                revision.c.recorded_at,
                revision.c.reason,
            )
            .join(asset_batch_item, asset_batch_item.c.asset_id == asset.c.id)
            .join(revision, _is_newest_of_asset())
            .where(
                asset_batch_item.c.batch_id == batch_id,
                asset_batch_item.c.after != asset.c.version,
            )
            .order_by(asset.c.name, asset.c.id)
        )
        return tuple(
            (id_, name, Signature(*signed))
            for id_, name, *signed in self._connection.execute(query)
        )

    def contacted(self, batch_id: str) -> tuple[tuple[str, str], ...]:
        """Id and name of assets that a batch added and with which a contact was logged."""
        query = (
            select(asset.c.id, asset.c.name)
            .join(asset_batch_item, asset_batch_item.c.asset_id == asset.c.id)
            .where(
                asset_batch_item.c.batch_id == batch_id,
                asset_batch_item.c.before == 0,
                asset.c.id.in_(select(asset_contact.c.asset_id)),
            )
            .order_by(asset.c.name, asset.c.id)
        )
        return tuple((id_, name) for id_, name in self._connection.execute(query))

    def add(
        self, batch: AssetBatch, items: Iterable[BatchItem], *, is_sample: bool = False
    ) -> None:
        """Keep the fact of a batch; what it did to the assets is recorded with them."""
        values = {name: value for name, value in vars(batch).items() if name in asset_batch.c} | {
            "kind": batch.kind.value,
            "is_sample": is_sample,
        }
        self._connection.execute(insert(asset_batch).values(values))
        rows = [vars(item) | {"batch_id": batch.id} for item in items]
        if rows:
            self._connection.execute(insert(asset_batch_item), rows)
        self._unit.audit.record(AuditAction.COLLECT, asset_batch.name, batch.id, n=len(rows))

    def undo(self, batch_id: str, *, by: str, at: datetime) -> None:
        """Keep the fact that a batch was undone."""
        self._connection.execute(
            insert(asset_batch_undo).values(batch_id=batch_id, undone_by=by, undone_at=at)
        )
        self._unit.audit.record(AuditAction.ALTER, asset_batch.name, batch_id, fields=["undone"])

    def remove_samples(self) -> None:
        """Forget the batches of the sample place."""
        for table in (asset_batch_undo, asset_batch_item):
            self._connection.execute(delete(table).where(table.c.batch_id.in_(_SAMPLES)))
        self._connection.execute(delete(asset_batch).where(asset_batch.c.is_sample))

    def _rows(self, query: Select[Any]) -> list[RowMapping]:
        return list(self._connection.execute(query).mappings())


def _is_newest_of_asset() -> ColumnElement[bool]:
    return and_(
        revision.c.kind == asset.name,
        revision.c.record_id == asset.c.id,
        revision.c.version == asset.c.version,
    )


def _batches() -> Select[Any]:
    return select(
        asset_batch, asset_batch_undo.c.undone_by, asset_batch_undo.c.undone_at
    ).outerjoin(asset_batch_undo, asset_batch_undo.c.batch_id == asset_batch.c.id)


def _batch(row: RowMapping) -> AssetBatch:
    return AssetBatch(
        id=row["id"],
        kind=BatchKind(row["kind"]),
        title=row["title"],
        by=row["by"],
        made_at=row["made_at"],
        n_added=row["n_added"],
        n_changed=row["n_changed"],
        n_closed=row["n_closed"],
        undone_by=row["undone_by"] or "",
        undone_at=row["undone_at"],
    )
