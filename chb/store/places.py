"""Places in the database: boundaries and history are only ever added to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from chb.domain.phases import Intensity, IntensityChange, Phase
from chb.domain.places import Boundary, Place
from chb.store.tables import intensity_change, place, place_boundary, place_cell


class PlaceRepository:
    """Places within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Place, ...]:
        """Every place, oldest first."""
        return self._load(None)

    def get(self, place_id: str) -> Place | None:
        """One place, None when there is none of that id."""
        return next(iter(self._load(place_id)), None)

    def add(self, new: Place, *, is_sample: bool = False) -> None:
        """Save a new place with its boundaries and history."""
        self._connection.execute(
            insert(place).values(
                id=new.id,
                name=new.name,
                area_name=new.area_name,
                is_sample=is_sample,
                created_at=new.created_at,
                version=new.version,
            )
        )
        for boundary in new.boundaries:
            self.add_boundary(new.id, boundary)
        for change in new.history:
            self.add_change(new.id, change)

    def add_boundary(self, place_id: str, boundary: Boundary) -> None:
        """Save one more version of a place's boundary."""
        self._connection.execute(
            insert(place_boundary).values(
                place_id=place_id,
                version=boundary.version,
                resolution=boundary.resolution,
                valid_from=boundary.valid_from,
                reason=boundary.reason,
                recorded_at=boundary.recorded_at,
            )
        )
        self._connection.execute(
            insert(place_cell),
            [
                {"place_id": place_id, "boundary_version": boundary.version, "cell": cell}
                for cell in sorted(boundary.cells)
            ],
        )

    def add_change(self, place_id: str, change: IntensityChange) -> None:
        """Save one more entry of a place's history."""
        self._connection.execute(
            insert(intensity_change).values(
                place_id=place_id,
                phase=change.phase.value,
                intensity=change.intensity.value,
                effective_on=change.effective_on,
                reason=change.reason,
                recorded_by=change.recorded_by,
                recorded_at=change.recorded_at,
            )
        )

    def claim(self, place_id: str, *, version: int) -> bool:
        """Move the place from ``version`` to the next; False when somebody else has."""
        moved = self._connection.execute(
            update(place)
            .where(place.c.id == place_id, place.c.version == version)
            .values(version=version + 1)
        )
        return moved.rowcount == 1

    def remove_samples(self) -> None:
        """Delete the sample place's own places."""
        self._connection.execute(delete(place).where(place.c.is_sample))

    def _load(self, place_id: str | None) -> tuple[Place, ...]:
        query = select(place).order_by(place.c.created_at, place.c.name)
        if place_id is not None:
            query = query.where(place.c.id == place_id)
        rows = self._connection.execute(query).mappings().all()
        ids = [row["id"] for row in rows]
        boundaries, history = self._boundaries(ids), self._history(ids)
        return tuple(
            Place(
                id=row["id"],
                name=row["name"],
                area_name=row["area_name"],
                boundaries=tuple(boundaries[row["id"]]),
                history=tuple(history[row["id"]]),
                created_at=row["created_at"],
                version=row["version"],
            )
            for row in rows
        )

    def _boundaries(self, ids: Iterable[str]) -> dict[str, list[Boundary]]:
        wanted = list(ids)
        cells: dict[tuple[str, int], list[int]] = defaultdict(list)
        for row in self._connection.execute(
            select(place_cell).where(place_cell.c.place_id.in_(wanted))
        ).mappings():
            cells[row["place_id"], row["boundary_version"]].append(row["cell"])
        boundaries: dict[str, list[Boundary]] = defaultdict(list)
        for row in self._connection.execute(
            select(place_boundary)
            .where(place_boundary.c.place_id.in_(wanted))
            .order_by(place_boundary.c.version)
        ).mappings():
            boundaries[row["place_id"]].append(
                Boundary(
                    version=row["version"],
                    resolution=row["resolution"],
                    cells=frozenset(cells[row["place_id"], row["version"]]),
                    valid_from=row["valid_from"],
                    reason=row["reason"],
                    recorded_at=row["recorded_at"],
                )
            )
        return boundaries

    def _history(self, ids: Iterable[str]) -> dict[str, list[IntensityChange]]:
        history: dict[str, list[IntensityChange]] = defaultdict(list)
        for row in self._connection.execute(
            select(intensity_change)
            .where(intensity_change.c.place_id.in_(list(ids)))
            .order_by(intensity_change.c.id)
        ).mappings():
            history[row["place_id"]].append(_change(row))
        return history


def _change(row: RowMapping) -> IntensityChange:
    return IntensityChange(
        phase=Phase(row["phase"]),
        intensity=Intensity(row["intensity"]),
        effective_on=row["effective_on"],
        reason=row["reason"],
        recorded_by=row["recorded_by"],
        recorded_at=row["recorded_at"],
    )
