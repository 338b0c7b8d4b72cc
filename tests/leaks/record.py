"""What was sent to somebody, searched as it comes, and what lies on the disk afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.leaks.scanner import Hit, Scanner

KEPT: Final = {"holdfast.sqlite", "holdfast.sqlite-wal", "holdfast.sqlite-shm"}
"""The database itself holds everything, and is nobody's to read; keys hold none of it."""
KEYS: Final = "keys"


@dataclass
class Record:
    """Everything that reached one person."""

    who: str
    scanner: Scanner
    hits: list[Hit] = field(default_factory=list)
    n_frames: int = 0
    n_bodies: int = 0
    n_bytes: int = 0
    addresses: set[str] = field(default_factory=set)
    """What the person was told they could fetch."""

    def frames(self, frames: Iterable[bytes], where: str) -> None:
        """Frames of the websocket."""
        heard = list(frames)
        self.n_frames += len(heard)
        self._search(heard, where)  # one by one: what was drawn before is known to the scanner

    def body(self, data: bytes, where: str) -> None:
        """An answer over HTTP, its headers in front."""
        self.n_bodies += 1
        self._search((data,), where)

    @property
    def tokens(self) -> set[str]:
        """Names of all that was seen."""
        return {hit.token for hit in self.hits}

    def leaks(self, forbidden: set[str]) -> list[Hit]:
        """Hits that should not be, each once."""
        return sorted(
            {hit for hit in self.hits if hit.token in forbidden},
            key=lambda hit: (hit.token, hit.where, hit.via),
        )

    def _search(self, parts: Iterable[bytes], where: str) -> None:
        for part in parts:
            self.n_bytes += len(part)
            self.hits += self.scanner.find(part, f"{self.who}: {where}")


def on_disk(scanner: Scanner, folders: Iterable[Path]) -> list[Hit]:
    """Hits in files and in their names; the database and the keys are left out."""
    hits: list[Hit] = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.name in KEPT or KEYS in path.parts:
                continue
            hits += scanner.find(str(path.relative_to(folder)).encode(), f"name of {path}")
            if path.is_file():
                hits += scanner.find(path.read_bytes(), str(path))
    return hits
