"""OCG locations in the database: restricted, by code only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, delete, func, insert, select

from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.store.tables.locations import ocg_location


class OcgLocationRepository:
    """OCG locations within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[OcgLocation, ...]:
        """Every location, by code."""
        rows = self._connection.execute(
            select(ocg_location).order_by(ocg_location.c.code, ocg_location.c.id)
        ).mappings()
        return tuple(
            OcgLocation(
                code=row["code"],
                kind=LocationKind(row["kind"]),
                longitude=row["longitude"],
                latitude=row["latitude"],
                radius_m=row["radius_m"],
                confidence=Confidence(row["confidence"]),
                valid_from=row["valid_from"],
                valid_to=row["valid_to"],
                source=row["source"],
                handling=row["handling"],
            )
            for row in rows
        )

    def count(self) -> int:
        """How many locations there are."""
        query = select(func.count()).select_from(ocg_location)
        return int(self._connection.execute(query).scalar_one())

    def add(
        self, locations: Iterable[OcgLocation], *, source_sha256: str, is_sample: bool = False
    ) -> None:
        """Save locations read from one file."""
        values = [
            asdict(location)
            | {
                "kind": location.kind.value,
                "confidence": location.confidence.value,
                "source_sha256": source_sha256,
                "is_sample": is_sample,
            }
            for location in locations
        ]
        if values:
            self._connection.execute(insert(ocg_location), values)

    def remove_samples(self) -> None:
        """Delete the sample place's locations."""
        self._connection.execute(delete(ocg_location).where(ocg_location.c.is_sample))
