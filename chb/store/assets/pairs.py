"""Pairs of assets that are alike and are two."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, or_, select

from chb.domain.audit import AuditAction
from chb.store.tables.assets import asset, asset_pair_apart
from chb.store.unit import Unit


class PairsApart:
    """Pairs of assets that somebody looked at and found to be two."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self) -> frozenset[frozenset[str]]:
        """Every pair, as the set of its two ids."""
        columns = asset_pair_apart.c
        rows = self._connection.execute(select(columns.one_id, columns.other_id))
        return frozenset(frozenset(row) for row in rows)

    def add(self, pair: frozenset[str], *, by: str, at: datetime) -> None:
        """Remember a pair that is not known yet."""
        one, other = sorted(pair)
        self._connection.execute(
            insert(asset_pair_apart).values(
                one_id=one, other_id=other, decided_by=by, decided_at=at
            )
        )
        self._unit.audit.record(AuditAction.ALTER, asset_pair_apart.name, one, other=other)

    def remove_samples(self) -> None:
        """Forget pairs of which one is an asset of the sample place."""
        samples = select(asset.c.id).where(asset.c.is_sample)
        columns = asset_pair_apart.c
        self._connection.execute(
            delete(asset_pair_apart).where(
                or_(columns.one_id.in_(samples), columns.other_id.in_(samples))
            )
        )
