"""Servers that several tests share, on stores that a test's second drive finds as they were.

What the first drive wrote before it failed would fail the second: a name that is taken, a
record that was meant to be the only one.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from tests.browser.app_server import AppServer

DATABASE: Final = "holdfast.sqlite"

_FIRST: Final[dict[AppServer, Path]] = {}
"""Copies of the stores of all servers that run now, from before they started."""


@contextmanager
def lasting(home: Path, **settings: str) -> Iterator[AppServer]:
    """A server on a store, with settings; stopped at the end."""
    server = AppServer(home)
    server.settings = settings
    _FIRST[server] = shutil.copytree(home, home.with_name(f"{home.name} at first"))
    server.start()
    try:
        yield server
    finally:
        del _FIRST[server]
        server.stop()


def put_back_stores() -> None:
    """Give every such server the store that it started on; what is open on it stays open."""
    for server, first in _FIRST.items():
        server.stop()
        _put_back(server.home, first)
        server.start()


def _put_back(home: Path, first: Path) -> None:
    for path in home.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif not path.name.startswith(DATABASE):
            path.unlink()
    shutil.copytree(first, home, ignore=shutil.ignore_patterns(f"{DATABASE}*"), dirs_exist_ok=True)
    # into the file that is there: a test's own connections to it stay good
    with (
        closing(sqlite3.connect(first / DATABASE)) as before,
        closing(sqlite3.connect(home / DATABASE)) as now,
    ):
        before.backup(now)
