"""Backing up a store that is at work, and restoring one whole or not at all."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, MetaData, delete

from chb.domain.access.scope import OPERATOR
from chb.domain.audit import AuditAction
from chb.domain.refusal import Refusal
from chb.store.append_only import guards_lifted
from chb.store.archive import ArchiveReader, ArchiveWriter, Manifest
from chb.store.audit.walk import RESTORED_KIND
from chb.store.frames import FrameCatalogue
from chb.store.migrate import known_revisions, upgrade
from chb.store.rows import add_rows, count_of, from_json, reset_numbering, rows_of, to_json
from chb.store.sqlite import open_sqlite
from chb.store.store import Store
from chb.store.tables import HEAD, metadata
from chb.store.writes import WRITES


def back_up(store: Store, path: Path, *, made_at: datetime, software: str) -> Manifest:
    """Write everything in the store to one file, as it was at one moment.

    Work goes on meanwhile: the copy is read in one transaction, which neither
    waits for writers nor holds them up. Refusal when the file exists already.
    """
    if path.exists():
        raise Refusal(
            f"There is a file called {path.name} already",
            remedy="Choose another name: a backup never replaces another",
        )
    draft = path.with_name(f".{path.name}.part")
    try:
        with _made(draft) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = _write(store, ArchiveWriter(archive), made_at=made_at, software=software)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def restore(store: Store, path: Path, *, replace: bool = False) -> Manifest:
    """Put everything of a backup in the store, in place of all it holds if ``replace``.

    The backup is first loaded into a scratch database and brought to the newest
    schema there, so that nothing is touched unless all of it is sound. Refusal
    when the store is not empty and is not to be replaced. The audit log goes back
    to the backup's as well, and says at its end that it did. The backup has no key:
    rows that another store sealed verify once its key lies beside this one's.
    """
    with _archive(path) as archive, tempfile.TemporaryDirectory() as folder:
        scratch = open_sqlite(Path(folder) / "scratch.sqlite")
        try:
            _fill(scratch, archive)
            _take(store, scratch, archive, replace=replace)
        finally:
            scratch.dispose()
        return archive.manifest


def read_manifest(path: Path) -> Manifest:
    """What a backup holds, every entry of it compared with its hash; Refusal when it is not whole.

    Nothing is restored, and no store is asked.
    """
    with _archive(path) as archive:
        return archive.manifest


def _write(store: Store, writer: ArchiveWriter, *, made_at: datetime, software: str) -> Manifest:
    with (
        store.connection(OPERATOR, writes=False) as connection,
        tempfile.TemporaryDirectory(dir=store.home, prefix=".backup-") as folder,
    ):
        # Links first: an import that replaces a frame meanwhile cannot take its file away.
        frames = _linked_frames(store, connection, Path(folder))
        for table in metadata.sorted_tables:
            rows = (to_json(row) for some in rows_of(connection, table) for row in some)
            writer.add_table(table.name, rows)
        for frame in frames:
            writer.add_frame(frame)
    return writer.finish(schema=HEAD, software=software, made_at=made_at.isoformat())


def _linked_frames(store: Store, connection: Connection, folder: Path) -> list[Path]:
    entries = FrameCatalogue(store.unit(connection, OPERATOR), store.frames_folder).entries()
    links = []
    for name in sorted({entry.file_name for entry in entries}):
        frame = store.frames_folder / name
        if not frame.exists():
            raise Refusal(
                "A frame of the store is missing, so the backup would not be whole",
                found=f"{frame} is not there",
                remedy="Run python -m chb check, and import what it names again",
            )
        links.append(folder / name)
        os.link(frame, links[-1])
    return links


def _fill(scratch: Engine, archive: ArchiveReader) -> None:
    schema = archive.manifest.schema
    if schema not in known_revisions():
        raise Refusal(
            "The backup was made by a newer version of Holdfast",
            found=f"Its schema is {schema}; this version knows schemas up to {HEAD}",
            remedy="Restore it with that version",
        )
    upgrade(scratch, schema)
    tables = MetaData()
    tables.reflect(scratch, only=list(archive.manifest.rows))
    with scratch.connect().execution_options(**WRITES) as connection, connection.begin():
        with guards_lifted(connection):
            _empty(connection, tables)
        for table in tables.sorted_tables:
            rows = archive.rows(table.name)
            add_rows(connection, table, (from_json(table, row) for row in rows))
    upgrade(scratch)


def _take(store: Store, scratch: Engine, archive: ArchiveReader, *, replace: bool) -> None:
    new_files: list[Path] = []
    try:
        with store.connection(OPERATOR, writes=True) as target, scratch.connect() as source:
            log = store.unit(target, OPERATOR).audit
            lost = log.last_seq()
            _refuse_full(target, replace=replace)
            store.keys.ring(log_has_rows=lost > 0)  # made now, if ever: the backup brings rows
            with guards_lifted(target):
                _empty(target, metadata)
            for table in metadata.sorted_tables:
                rows = (row for some in rows_of(source, table) for row in some)
                add_rows(target, table, rows)
                reset_numbering(target, table)
            log.record(
                AuditAction.ALTER, RESTORED_KIND, str(lost), made_at=archive.manifest.made_at
            )
            _copy_frames(archive, store.frames_folder, new_files)
    except BaseException:
        for file in new_files:
            file.unlink(missing_ok=True)
        raise
    store.anchor(log)


def _copy_frames(archive: ArchiveReader, folder: Path, new_files: list[Path]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in archive.manifest.frames:
        target, draft = folder / name, folder / f"{name}.part"
        if not target.exists():
            new_files.append(target)
        archive.copy_frame(name, draft)
        draft.replace(target)


def _refuse_full(target: Connection, *, replace: bool) -> None:
    held = {table.name: count_of(target, table) for table in metadata.sorted_tables}
    if any(held.values()) and not replace:
        raise Refusal(
            "The store is not empty",
            found=", ".join(f"{rows:,} {name}" for name, rows in held.items() if rows),
            remedy="Back it up, then restore with --replace, which removes what it holds now",
        )


def _empty(connection: Connection, tables: MetaData) -> None:
    for table in reversed(tables.sorted_tables):
        connection.execute(delete(table))


@contextmanager
def _archive(path: Path) -> Iterator[ArchiveReader]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield ArchiveReader(archive)
    except (zipfile.BadZipFile, EOFError) as fault:
        raise Refusal(
            "The file is not a whole backup of Holdfast",
            found=f"{path.name}: {fault}",
            cause="It was cut short, changed, or is another file",
            remedy="Choose another backup; nothing was changed",
        ) from fault
    except FileNotFoundError as fault:
        raise Refusal(f"There is no file {path}", remedy="Look for its name") from fault


@contextmanager
def _made(path: Path) -> Iterator[IO[bytes]]:
    """A file readable by its owner only, on the disk when it is left."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
