"""Rooms: a fresh folder for one child, that nobody else may enter and that always goes."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

PREFIX: Final = "holdfast-room-"
_STALE_S: Final = 3600


@contextmanager
def room() -> Iterator[Path]:
    """A folder of mode 0700, removed at the end whatever happened in it."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_rooms() -> None:
    """Remove rooms of a server that was killed before it could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            found = folder.lstat()
            if found.st_uid == os.getuid() and time.time() - found.st_mtime > _STALE_S:
                shutil.rmtree(folder, ignore_errors=True)
