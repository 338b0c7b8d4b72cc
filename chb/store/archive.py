"""The file a backup is: a ZIP of every table as lines of JSON, every frame, and a manifest.

It says nothing of the database it came from, so what was backed up on SQLite
can be restored to PostgreSQL and the other way round.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

from chb.domain.refusal import Refusal

FORMAT: Final = "holdfast-backup-1"
_MANIFEST: Final = "manifest.json"
_FRAME_NAME: Final = re.compile(r"[a-z0-9-]+-[0-9a-f]{24}\.parquet")
_PIECE_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. Hashes are SHA-256 of the entry's bytes."""

    format: str
    schema: str
    software: str
    made_at: str
    rows: dict[str, int]
    hashes: dict[str, str]

    @property
    def frames(self) -> tuple[str, ...]:
        """File names of the frames."""
        names = (name.removeprefix("frames/") for name in self.hashes if name.startswith("frames/"))
        return tuple(sorted(names))


class ArchiveWriter:
    """Writes entries one after another, keeping the account for the manifest."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._rows: dict[str, int] = {}
        self._hashes: dict[str, str] = {}

    def add_table(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        """A table, one line a row."""
        digest, count = hashlib.sha256(), 0
        with self._archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as entry:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                entry.write(line)
                count += 1
        self._rows[name] = count
        self._hashes[f"tables/{name}.jsonl"] = digest.hexdigest()

    def add_frame(self, path: Path) -> None:
        """A frame as it is: Parquet is compressed already."""
        name = f"frames/{path.name}"
        self._archive.write(path, name, zipfile.ZIP_STORED)
        with path.open("rb") as file:
            self._hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()

    def finish(self, *, schema: str, software: str, made_at: str) -> Manifest:
        """Write the manifest; nothing can be added after it."""
        manifest = Manifest(FORMAT, schema, software, made_at, self._rows, self._hashes)
        self._archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=2))
        return manifest


class ArchiveReader:
    """Reads an archive whose every entry was found as the manifest describes it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest = _manifest(archive)
        self._check()

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Rows of a table in the order they were written."""
        with self._archive.open(f"tables/{table}.jsonl") as entry:
            for line in entry:
                yield json.loads(line)

    def copy_frame(self, name: str, target: Path) -> None:
        """Write a frame to a file."""
        with self._archive.open(f"frames/{name}") as entry, target.open("wb") as file:
            for piece in _pieces(entry):
                file.write(piece)

    def _check(self) -> None:
        found = set(self._archive.namelist()) - {_MANIFEST}
        if found != set(self.manifest.hashes):
            odd = sorted(found.symmetric_difference(self.manifest.hashes))
            raise _damaged(f"Entries that are missing or not listed: {', '.join(odd[:3])}")
        for name in self.manifest.frames:
            if not _FRAME_NAME.fullmatch(name):
                raise _damaged(f"{name[:80]!r} is no name of a frame")
        for name, expected in self.manifest.hashes.items():
            with self._archive.open(name) as entry:
                digest = hashlib.sha256()
                for piece in _pieces(entry):
                    digest.update(piece)
            if digest.hexdigest() != expected:
                raise _damaged(f"{name} is not what was written")


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        manifest = Manifest(**json.loads(archive.read(_MANIFEST)))
    except (KeyError, TypeError, ValueError) as fault:
        raise _damaged("There is no manifest that can be read") from fault
    if manifest.format != FORMAT:
        raise Refusal(
            "The backup has another format",
            found=f"Found {manifest.format!r}; this version reads {FORMAT}",
            remedy="Restore it with the version of Holdfast that made it",
        )
    return manifest


def _pieces(entry: IO[bytes]) -> Iterator[bytes]:
    while piece := entry.read(_PIECE_BYTES):
        yield piece


def _damaged(found: str) -> Refusal:
    return Refusal(
        "The file is not a whole backup of Holdfast",
        found=found,
        cause="It was cut short, changed, or is another file",
        remedy="Choose another backup; nothing was changed",
    )
