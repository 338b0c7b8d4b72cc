"""Opening the database: durable, one writer at a time, readers never blocked."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

WRITES: Final = {"chb_writes": True}
"""Execution option of a connection that is going to write."""

_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a committed decision survives a power cut
    "foreign_keys=ON",
    "busy_timeout=10000",
    "trusted_schema=OFF",
)


def open_engine(database: Path) -> Engine:
    """An engine on the SQLite file, made if absent, readable by its owner only."""
    database.parent.mkdir(parents=True, exist_ok=True)
    if not database.exists():
        database.touch(mode=0o600)
    engine = create_engine(f"sqlite:///{database}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    # The driver would begin late and deferred; transactions are begun by hand below.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once when writing: upgrading a snapshot later fails under load."""
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("chb_writes") else "BEGIN")
