"""Community assets in the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from chb.domain.assets import Asset, Session
from chb.domain.audit import AuditAction
from chb.store.tables.assets import asset
from chb.store.unit import Unit


class AssetRepository:
    """Assets within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self) -> tuple[Asset, ...]:
        """Every asset, by name."""
        rows = self._connection.execute(select(asset).order_by(asset.c.name, asset.c.id)).mappings()
        return tuple(_asset(row) for row in rows)

    def get(self, asset_id: str) -> Asset | None:
        """One asset, None when there is none of that id."""
        row = (
            self._connection.execute(select(asset).where(asset.c.id == asset_id)).mappings().first()
        )
        return None if row is None else _asset(row)

    def count(self) -> int:
        """How many assets there are."""
        return int(self._connection.execute(select(func.count()).select_from(asset)).scalar_one())

    def fingerprint(self) -> str:
        """Changes when an asset is added, removed, replaced or moved; one query, no rows read."""
        columns = (func.count(), func.max(asset.c.recorded_at), _checksum(asset.c))
        return str(tuple(self._connection.execute(select(*columns)).one()))

    def known_sources(self) -> dict[tuple[str, str], str]:
        """Id of each asset that came from outside, by source and the source's own id."""
        query = select(asset.c.source, asset.c.source_id, asset.c.id).where(asset.c.source_id != "")
        return {
            (source, source_id): id_ for source, source_id, id_ in self._connection.execute(query)
        }

    def add(
        self,
        assets: Iterable[Asset],
        *,
        source_ids: Iterable[str],
        source_sha256: str = "",
        is_sample: bool = False,
    ) -> None:
        """Save assets; ``source_ids`` run beside them, empty for those marked by hand."""
        values = [
            _values(new)
            | {"source_id": source_id, "source_sha256": source_sha256, "is_sample": is_sample}
            for new, source_id in zip(assets, source_ids, strict=True)
        ]
        if values:
            self._connection.execute(insert(asset), values)
        self._unit.audit.record_many(AuditAction.COLLECT, asset.name, values)

    def remove(self, ids: Iterable[str]) -> None:
        """Delete the assets of those ids."""
        wanted = [{"old": id_} for id_ in ids]
        if wanted:
            self._connection.execute(delete(asset).where(asset.c.id == bindparam("old")), wanted)
        self._unit.audit.record_many(AuditAction.ERASE, asset.name, wanted, id_in="old")

    def remove_samples(self) -> None:
        """Delete the sample place's assets."""
        self._connection.execute(delete(asset).where(asset.c.is_sample))


def _checksum(columns: Any) -> ColumnElement[float]:
    """A sum in which every position counts and two that swap do not cancel out."""
    return func.sum(columns.longitude * 7 + columns.latitude * columns.latitude)


def _values(item: Asset) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.name,
        "kind": item.kind,
        "longitude": item.longitude,
        "latitude": item.latitude,
        "address": item.address,
        "postcode": item.postcode,
        "contact_role": item.contact_role,
        "note": item.note,
        "source": item.source,
        "sessions": [session.as_dict() for session in item.sessions],
        "verified_on": item.verified_on,
        "recorded_at": item.recorded_at,
    }


def _asset(row: RowMapping) -> Asset:
    return Asset(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        longitude=row["longitude"],
        latitude=row["latitude"],
        source=row["source"],
        address=row["address"],
        postcode=row["postcode"],
        contact_role=row["contact_role"],
        note=row["note"],
        sessions=tuple(Session.from_dict(values) for values in row["sessions"]),
        verified_on=row["verified_on"],
        recorded_at=row["recorded_at"],
    )
