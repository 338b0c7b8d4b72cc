"""Large frames as Parquet files, catalogued in the database by content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from sqlalchemy import delete, insert, select

from chb.domain.audit import AuditAction
from chb.store.tables.frames import stored_frame
from chb.store.unit import Unit

FRAME_KIND: Final = "frame"
"""What the audit log calls a frame; its kind is the object, its name the content."""


@dataclass(frozen=True)
class FrameEntry:
    """One catalogued frame."""

    kind: str
    name: str
    source_name: str
    source_sha256: str
    file_name: str
    n_rows: int
    is_sample: bool
    attribution: str
    details: dict[str, Any]
    imported_at: datetime


class FrameCatalogue:
    """Frames of one store, within one transaction.

    Files are written beside the database before the transaction commits, named
    by their content. A transaction that is undone takes its files with it; a
    process that is killed leaves files that nothing refers to, and ``sweep``
    removes those.
    """

    def __init__(self, unit: Unit, folder: Path) -> None:
        self._unit = unit
        self._connection = unit.connection
        self._folder = folder
        self._made: list[Path] = []

    def entries(self, kind: str | None = None) -> tuple[FrameEntry, ...]:
        """Catalogued frames, of one kind or all, by kind and name."""
        query = select(stored_frame).order_by(stored_frame.c.kind, stored_frame.c.name)
        if kind is not None:
            query = query.where(stored_frame.c.kind == kind)
        rows = self._connection.execute(query).mappings()
        return tuple(
            FrameEntry(**{key: value for key, value in row.items() if key != "id"}) for row in rows
        )

    def find(self, kind: str, name: str) -> FrameEntry | None:
        """The frame of that kind and name, if there is one."""
        return next((entry for entry in self.entries(kind) if entry.name == name), None)

    def put(self, frame: pd.DataFrame, **entry: Any) -> None:
        """Write the frame and catalogue it in place of any of the same kind and name.

        ``entry`` holds FrameEntry's fields but ``file_name`` and ``n_rows``.
        """
        file_name = self._write(frame, entry["kind"])
        self._forget(entry["kind"], entry["name"])
        self._connection.execute(
            insert(stored_frame).values(**entry, file_name=file_name, n_rows=len(frame))
        )
        self._unit.audit.record(
            AuditAction.COLLECT, FRAME_KIND, entry["kind"], name=entry["name"], file=file_name
        )

    def remove(self, kind: str, name: str) -> None:
        """Take the frame out of the catalogue."""
        self._forget(kind, name)
        self._unit.audit.record(AuditAction.ERASE, FRAME_KIND, kind, name=name)

    def remove_samples(self) -> None:
        """Take every frame of the sample place out of the catalogue."""
        self._connection.execute(delete(stored_frame).where(stored_frame.c.is_sample))

    def path(self, entry: FrameEntry) -> Path:
        """Where the frame's Parquet file is."""
        return self._folder / entry.file_name

    def read(self, entry: FrameEntry, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """The frame, or some of its columns."""
        return pd.read_parquet(self.path(entry), columns=None if columns is None else list(columns))

    def read_geo(
        self, entry: FrameEntry, *, where: Mapping[str, str] | None = None
    ) -> gpd.GeoDataFrame:
        """The frame with its geometries, or those of its rows that hold these values."""
        equal = [(column, "==", value) for column, value in (where or {}).items()]
        return gpd.read_parquet(self.path(entry), filters=equal or None)

    def sweep(self, *, older_than: datetime) -> int:
        """Delete files that nothing refers to and nobody is writing; the number deleted.

        To be called before anything is put or removed in the transaction: what it
        deletes must be what the committed catalogue does not know.
        """
        known = {entry.file_name for entry in self.entries()}
        stray = [
            file
            for file in self._folder.glob("*.parquet*")
            if file.name not in known and file.stat().st_mtime < older_than.timestamp()
        ]
        for file in stray:
            file.unlink(missing_ok=True)
        return len(stray)

    def discard(self) -> None:
        """Delete the files this transaction made, because it is undone."""
        for file in self._made:
            file.unlink(missing_ok=True)

    def _forget(self, kind: str, name: str) -> None:
        self._connection.execute(
            delete(stored_frame).where(stored_frame.c.kind == kind, stored_frame.c.name == name)
        )

    def _write(self, frame: pd.DataFrame, kind: str) -> str:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f"{kind}-{os.getpid()}-{id(frame)}.parquet.part"
        try:
            frame.to_parquet(draft, index=False, compression="zstd")
            with draft.open("rb+") as file:
                name = f"{kind}-{hashlib.file_digest(file, 'sha256').hexdigest()[:24]}.parquet"
                os.fsync(file.fileno())
            if not (self._folder / name).exists():
                self._made.append(self._folder / name)
            draft.replace(self._folder / name)
        finally:
            draft.unlink(missing_ok=True)
        return name
