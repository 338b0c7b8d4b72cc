"""Checking a store: the database, its guards, and every frame."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import Connection, exists, select

from chb.domain.access.scope import OPERATOR
from chb.store.append_only import guarded_tables
from chb.store.frames import FrameCatalogue, FrameEntry
from chb.store.migrate import current_revision, upgrade
from chb.store.rows import rows_of
from chb.store.sqlite import open_sqlite
from chb.store.store import Store
from chb.store.tables import HEAD, metadata
from chb.store.tables.places import place, place_boundary, place_cell


@dataclass(frozen=True)
class StoreCheck:
    """What a check found. No problem means the store is sound."""

    database: str
    schema: str
    rows: dict[str, int]
    n_frames: int
    problems: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return not self.problems


def check_store(store: Store) -> StoreCheck:
    """Read every row and every frame, at one moment, while work goes on."""
    with store.connection(OPERATOR, writes=False) as connection:
        entries = FrameCatalogue(store.unit(connection, OPERATOR), store.frames_folder).entries()
        rows = {
            table.name: sum(len(some) for some in rows_of(connection, table))
            for table in metadata.sorted_tables
        }
        problems = (
            *_schema_problems(connection),
            *_database_problems(connection),
            *_place_problems(connection),
            *(words for entry in entries for words in _frame_problems(store.frames_folder, entry)),
        )
        return StoreCheck(
            database=connection.dialect.name,
            schema=current_revision(connection) or "none",
            rows=rows,
            n_frames=len(entries),
            problems=problems,
        )


def _schema_problems(connection: Connection) -> Iterator[str]:
    schema = current_revision(connection)
    if schema != HEAD:
        yield f"The schema is {schema}, not {HEAD}"
    for table in sorted(_guards_expected() - guarded_tables(connection)):
        yield f"The guards of {table} are gone: its history could be rewritten"


def _guards_expected() -> set[str]:
    """What a database made afresh guards."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = open_sqlite(Path(folder) / "fresh.sqlite")
        upgrade(fresh)
        with fresh.connect() as connection:
            found = guarded_tables(connection)
        fresh.dispose()
    return found


def _database_problems(connection: Connection) -> Iterator[str]:
    """SQLite checks its pages and references itself; PostgreSQL has checked both while reading."""
    if connection.dialect.name != "sqlite":
        return
    for (words,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if words != "ok":
            yield f"The database file is damaged: {words}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} refers to a {parent} that is not there"


def _place_problems(connection: Connection) -> Iterator[str]:
    without_boundary = select(place.c.name).where(
        ~exists().where(place_boundary.c.place_id == place.c.id)
    )
    for (name,) in connection.execute(without_boundary):
        yield f"The place {name} has no boundary"
    without_cells = select(place_boundary.c.place_id, place_boundary.c.version).where(
        ~exists().where(
            place_cell.c.place_id == place_boundary.c.place_id,
            place_cell.c.boundary_version == place_boundary.c.version,
        )
    )
    for place_id, version in connection.execute(without_cells):
        yield f"Version {version} of the boundary of place {place_id} has no cells"


def _frame_problems(folder: Path, entry: FrameEntry) -> Iterator[str]:
    path = folder / entry.file_name
    if not path.exists():
        yield f"The frame {entry.kind} {entry.name} is missing: {entry.file_name}"
        return
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if not path.stem.endswith(digest[:24]):
        yield f"The frame {entry.kind} {entry.name} was changed or damaged: {entry.file_name}"
    elif pq.read_metadata(path).num_rows != entry.n_rows:
        yield f"The frame {entry.kind} {entry.name} has not the rows its entry says"
