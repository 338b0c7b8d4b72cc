"""The register of assets: one at a time as records are, and many at once for imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    bindparam,
    false,
    func,
    insert,
    select,
    update,
)

from chb.domain.assets.register import Asset, AssetPin, AssetStatus
from chb.domain.audit import AuditAction
from chb.domain.records import Revision, Signature
from chb.store.records import Records
from chb.store.revisions import revision_row
from chb.store.rows import AT_ONCE
from chb.store.tables.assets import asset, asset_batch_item
from chb.store.tables.records import revision
from chb.store.unit import Unit

Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""

_BEFORE_VERSIONS: Final = "Kept before versions were"


@dataclass(frozen=True)
class AssetState:
    """As much of an asset as a change of many is checked against."""

    version: int
    status: AssetStatus
    is_sample: bool


class AssetRepository(Records[Asset]):
    """Assets within one transaction, by name.

    Those whose import was undone are found by their id only. One kept before there
    were versions has its first revision when it is first changed.
    """

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit, asset, Asset)

    def get(self, asset_id: str) -> Asset | None:
        """One asset, withdrawn or not; None when there is none of that id."""
        query = select(asset).where(asset.c.id == asset_id)
        return next(iter(self._load(self._connection.execute(query).mappings().all())), None)

    def some(self, ids: Iterable[str]) -> tuple[Asset, ...]:
        """Assets of those ids that there are, withdrawn or not."""
        wanted = sorted(set(ids))
        found: list[RowMapping] = []
        for start in range(0, len(wanted), AT_ONCE):
            query = select(asset).where(asset.c.id.in_(wanted[start : start + AT_ONCE]))
            found += self._connection.execute(query.order_by(*self._order())).mappings().all()
        return self._load(found)

    def pins(self) -> tuple[AssetPin, ...]:
        """Every asset as a map shows it, without reading the rest."""
        columns = [asset.c[each.name] for each in fields(AssetPin)]
        query = select(*columns).where(asset.c.is_withdrawn == false()).order_by(*self._order())
        return tuple(
            AssetPin(**{**row, "status": AssetStatus(row["status"])})
            for row in self._connection.execute(query).mappings()
        )

    def open(self) -> tuple[Asset, ...]:
        """Assets that are there to be used."""
        return tuple(each for each in self.all() if each.is_open)

    def within(self, box: Box) -> tuple[Asset, ...]:
        """Assets that stand in a box."""
        west, south, east, north = box
        columns = asset.c
        query = self._select({}).where(
            columns.longitude.between(west, east), columns.latitude.between(south, north)
        )
        found = self._connection.execute(query.order_by(*self._order()))
        return self._load(found.mappings().all())

    def fingerprint(self) -> str:
        """Changes when an asset is added, removed, changed or moved; one query, no rows read."""
        columns = (
            func.count(),
            func.max(asset.c.recorded_at),
            func.sum(asset.c.version),
            _checksum(asset.c),
        )
        return str(tuple(self._connection.execute(select(*columns)).one()))

    def known_sources(self) -> dict[tuple[str, str], str]:
        """Id of each asset that came from outside, by source and the source's own id."""
        query = select(asset.c.source, asset.c.source_id, asset.c.id).where(
            asset.c.source_id != "", asset.c.is_withdrawn == false()
        )
        return {
            (source, source_id): id_ for source, source_id, id_ in self._connection.execute(query)
        }

    def holds_content(self, source_sha256: str) -> bool:
        """Whether any asset is as that very content said."""
        query = self._select({"source_sha256": source_sha256}).limit(1)
        return self._connection.execute(query).first() is not None

    def states(self) -> dict[str, AssetState]:
        """How every asset there is stands, by id."""
        columns = asset.c
        query = select(columns.id, columns.version, columns.status, columns.is_sample)
        return {
            id_: AssetState(version, AssetStatus(status), is_sample)
            for id_, version, status, is_sample in self._connection.execute(query)
        }

    def change(self, edited: Asset, signature: Signature) -> bool:
        """Save the next version of an asset that was seen; False when somebody else has."""
        self._keep_first_versions([edited.id])
        return super().change(edited, signature)

    def add_many(
        self, assets: Iterable[Asset], signature: Signature, *, is_sample: bool = False
    ) -> None:
        """Save new assets with their first revisions; one row in the audit log for all."""
        made = [replace(each, version=1) for each in assets]
        rows = [self._shape.row(each) | {"is_sample": is_sample} for each in made]
        if rows:
            self._connection.execute(insert(asset), rows)
        self._revise_many(made, signature, samples={each.id for each in made} if is_sample else ())
        self._unit.audit.record_many(AuditAction.COLLECT, asset.name, rows)

    def change_many(
        self, assets: Sequence[Asset], signature: Signature, *, samples: Iterable[str] = ()
    ) -> None:
        """Save the next versions of assets whose versions were compared in this transaction.

        ``samples`` are the ids of those of the sample place.
        """
        self._keep_first_versions([each.id for each in assets])
        kept = [replace(each, version=each.version + 1) for each in assets]
        rows = [self._shape.row(each) | {"old": each.id} for each in kept]
        if rows:
            names: dict[str, Any] = {
                name: bindparam(name) for name in rows[0] if name not in ("id", "old")
            }
            query = update(asset).where(asset.c.id == bindparam("old")).values(names)
            self._connection.execute(query, rows)
        self._revise_many(kept, signature, samples=frozenset(samples))
        self._unit.audit.record_many(AuditAction.ALTER, asset.name, rows)

    def before(self, batch_id: str) -> tuple[Asset, ...]:
        """Assets that a batch changed, as they were before it."""
        item = asset_batch_item.c
        query = select(revision.c.content).join(
            asset_batch_item,
            (revision.c.record_id == item.asset_id) & (revision.c.version == item.before),
        )
        kept = query.where(revision.c.kind == self.kind, item.batch_id == batch_id)
        return tuple(self._shape.made(each) for each in self._connection.execute(kept).scalars())

    def _select(self, wanted: Mapping[str, Any]) -> Select[Any]:
        return super()._select(wanted).where(asset.c.is_withdrawn == false())

    def _order(self) -> tuple[ColumnElement[Any], ...]:
        return (asset.c.name, asset.c.id)

    def _revise_many(
        self, assets: Sequence[Asset], signature: Signature, *, samples: Iterable[str]
    ) -> None:
        of_sample = frozenset(samples)
        rows = [
            revision_row(
                Revision(self.kind, each.id, each.version, self.plain(each), signature),
                is_sample=each.id in of_sample,
            )
            for each in assets
        ]
        if rows:
            self._connection.execute(insert(revision), rows)

    def _keep_first_versions(self, ids: Sequence[str]) -> None:
        """Revisions of assets that have none yet: as they are, before they are changed."""
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            known = select(revision.c.record_id).where(revision.c.kind == self.kind)
            query = select(asset).where(asset.c.id.in_(some), asset.c.id.not_in(known))
            rows = self._connection.execute(query).mappings().all()
            for row, each in zip(rows, self._load(rows), strict=True):
                signature = Signature(each.source, row["recorded_at"], _BEFORE_VERSIONS)
                self._revise(each, signature, is_sample=row["is_sample"])


def _checksum(columns: Any) -> ColumnElement[float]:
    """A sum in which every position counts and two that swap do not cancel out."""
    return func.sum(columns.longitude * 7 + columns.latitude * columns.latitude)
