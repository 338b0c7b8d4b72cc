"""Places in the database: boundaries and history are only ever added to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    String,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)

from chb.domain.audit import AuditAction
from chb.domain.places.phases import GatePassage, Intensity, IntensityChange, Phase
from chb.domain.places.places import Boundary, Place
from chb.domain.places.records import (
    BoundaryChange,
    Entry,
    NameEntry,
    Opening,
    Relation,
    Tie,
    TieKind,
    ties_in_force,
)
from chb.store.place_records import add_entry, entries_of
from chb.store.place_views import as_seen
from chb.store.tables.places import (
    intensity_change,
    place,
    place_boundary,
    place_cell,
    place_name,
    place_opening,
    place_relation,
    place_tie,
)
from chb.store.unit import Unit
from chb.store.visibility import visible

_RECORDS: Final = (
    place_cell,
    place_boundary,
    intensity_change,
    place_name,
    place_opening,
    place_relation,
    place_tie,
)


class PlaceRepository:
    """Places within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self) -> tuple[Place, ...]:
        """Every place, oldest first."""
        return self._load()

    def get(self, place_id: str) -> Place | None:
        """One place, None when there is none of that id."""
        return next(iter(self._load(place.c.id == place_id)), None)

    def names(self) -> dict[str, str]:
        """Name of every place by its id, oldest first; quicker than the places themselves."""
        rows = self._connection.execute(self._query().with_only_columns(place.c.id, place.c.name))
        return {row.id: row.name for row in rows}

    def tied_to(self, kind: TieKind, subjects: Collection[str], on: date) -> frozenset[str]:
        """Ids of places with a tie to any of the subjects, whatever its case, on a day.

        It is asked at every look at who somebody is, so nothing else of the places is read.
        """
        wanted = {each.casefold() for each in subjects}
        by_place = entries_of(
            self._connection, Tie, select(place.c.id), place_tie.c.kind == kind.value
        )
        return frozenset(
            place_id
            for place_id, ties in by_place.items()
            if any(tie.subject.casefold() in wanted for tie in ties_in_force(ties, on))
        )

    def add(self, new: Place, *, is_sample: bool = False) -> None:
        """Save a new place with its boundaries and history."""
        with self._unit.views_aside():
            self._save_place(new, is_sample=is_sample)
            for boundary in new.boundaries:
                self._save_boundary(new.id, boundary)
            for change in new.history:
                self._save_change(new.id, change)
            for entry in (*new.names, *new.openings, *new.relations, *new.ties):
                add_entry(self._connection, new.id, entry)
        self._record(new.id, "place", version=new.version)

    def add_boundary(self, place_id: str, boundary: Boundary) -> None:
        """Save one more version of a place's boundary."""
        self._save_boundary(place_id, boundary)
        self._record(place_id, "boundary", version=boundary.version)

    def add_change(self, place_id: str, change: IntensityChange) -> None:
        """Save one more entry of a place's history."""
        self._save_change(place_id, change)
        self._record(
            place_id, "intensity", phase=change.phase.value, intensity=change.intensity.value
        )

    def add_entry(self, place_id: str, entry: Entry) -> None:
        """Save one more name, opening, relation or tie of a place."""
        with self._unit.views_aside():
            add_entry(self._connection, place_id, entry)
        self._record(place_id, type(entry).__name__)

    def rename(self, place_id: str, entry: NameEntry) -> None:
        """Give the place another name; the earlier ones stay in its record."""
        self._connection.execute(
            update(place).where(place.c.id == place_id).values(name=entry.name)
        )
        add_entry(self._connection, place_id, entry)
        self._record(place_id, "name")

    def _record(self, place_id: str, what: str, **more: Any) -> None:
        self._unit.audit.record(AuditAction.ALTER, place.name, place_id, what=what, **more)

    def _save_place(self, new: Place, *, is_sample: bool) -> None:
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

    def _save_boundary(self, place_id: str, boundary: Boundary) -> None:
        self._connection.execute(
            insert(place_boundary).values(
                place_id=place_id,
                version=boundary.version,
                resolution=boundary.resolution,
                valid_from=boundary.valid_from,
                reason=boundary.reason,
                recorded_at=boundary.recorded_at,
                change=boundary.change.value,
                recorded_by=boundary.recorded_by,
            )
        )
        self._connection.execute(
            insert(place_cell),
            [
                {"place_id": place_id, "boundary_version": boundary.version, "cell": cell}
                for cell in sorted(boundary.cells)
            ],
        )

    def _save_change(self, place_id: str, change: IntensityChange) -> None:
        self._connection.execute(
            insert(intensity_change).values(
                place_id=place_id,
                phase=change.phase.value,
                intensity=change.intensity.value,
                effective_on=change.effective_on,
                reason=change.reason,
                recorded_by=change.recorded_by,
                recorded_at=change.recorded_at,
                gate=change.gate and change.gate.gate,
                gate_version=change.gate and change.gate.checklist_version,
                gate_open_items=change.gate and list(change.gate.open_items),
            )
        )

    def is_sample(self, place_id: str) -> bool:
        """Whether the place belongs to the sample place."""
        return bool(
            self._connection.execute(
                select(place.c.is_sample).where(place.c.id == place_id)
            ).scalar_one_or_none()
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
        """Delete the sample place's own places: what was recorded about them, then themselves."""
        samples = select(place.c.id).where(place.c.is_sample)
        for table in _RECORDS:
            self._connection.execute(delete(table).where(table.c.place_id.in_(samples)))
        self._connection.execute(delete(place).where(place.c.is_sample))

    def _query(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        return (
            select(place)
            .where(visible(self._unit, place), *conditions)
            .order_by(place.c.created_at, place.c.name)
        )

    def _load(self, *conditions: ColumnElement[bool]) -> tuple[Place, ...]:
        query = self._query(*conditions)
        rows = self._connection.execute(query).mappings().all()
        ids = query.with_only_columns(place.c.id).order_by(None)
        boundaries, history = self._boundaries(ids), self._history(ids)
        names = entries_of(self._connection, NameEntry, ids)
        openings = entries_of(self._connection, Opening, ids)
        relations = entries_of(self._connection, Relation, ids)
        ties = entries_of(self._connection, Tie, ids)
        found = tuple(
            Place(
                id=row["id"],
                name=row["name"],
                area_name=row["area_name"],
                boundaries=tuple(boundaries[row["id"]]),
                history=tuple(history[row["id"]]),
                created_at=row["created_at"],
                version=row["version"],
                names=names.get(row["id"], ()),
                openings=openings.get(row["id"], ()),
                relations=relations.get(row["id"], ()),
                ties=ties.get(row["id"], ()),
            )
            for row in rows
        )
        return as_seen(self._unit, found)

    def _boundaries(self, ids: Select[tuple[str]]) -> dict[str, list[Boundary]]:
        cells = self._cells(ids)
        boundaries: dict[str, list[Boundary]] = defaultdict(list)
        for row in self._connection.execute(
            select(place_boundary)
            .where(place_boundary.c.place_id.in_(ids))
            .order_by(place_boundary.c.version)
        ).mappings():
            boundaries[row["place_id"]].append(
                Boundary(
                    version=row["version"],
                    resolution=row["resolution"],
                    cells=cells.get((row["place_id"], row["version"]), frozenset()),
                    valid_from=row["valid_from"],
                    reason=row["reason"],
                    recorded_at=row["recorded_at"],
                    change=BoundaryChange(row["change"]),
                    recorded_by=row["recorded_by"],
                )
            )
        return boundaries

    def _cells(self, ids: Select[tuple[str]]) -> dict[tuple[str, int], frozenset[int]]:
        """Cells of each version, joined by the database: a row a cell takes four times as long."""
        joined = func.aggregate_strings(cast(place_cell.c.cell, String), ",")
        version = (place_cell.c.place_id, place_cell.c.boundary_version)
        query = select(*version, joined).where(place_cell.c.place_id.in_(ids)).group_by(*version)
        return {
            (place_id, number): frozenset(map(int, texts.split(",")))
            for place_id, number, texts in self._connection.execute(query)
        }

    def _history(self, ids: Select[tuple[str]]) -> dict[str, list[IntensityChange]]:
        history: dict[str, list[IntensityChange]] = defaultdict(list)
        for row in self._connection.execute(
            select(intensity_change)
            .where(intensity_change.c.place_id.in_(ids))
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
        gate=None
        if row["gate"] is None
        else GatePassage(row["gate"], row["gate_version"], tuple(row["gate_open_items"])),
    )
