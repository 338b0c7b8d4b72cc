"""The embedded database: durable, one writer at a time, readers never blocked."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from chb.store.writes import is_writing

_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a committed decision survives a power cut
    "foreign_keys=ON",
    "recursive_triggers=ON",  # or INSERT OR REPLACE would slip past the guards of history
    "busy_timeout=10000",
    "trusted_schema=OFF",
)


def open_sqlite(database: Path) -> Engine:
    """An engine on the SQLite file, made if absent, readable by its owner only."""
    if not database.exists():
        database.touch(mode=0o600)
    engine = create_engine(f"sqlite:///{database}", pool_size=8, max_overflow=24)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def rewrite_sqlite(engine: Engine) -> bool:
    """Write the file anew without what was deleted, and empty its journal; False when it is busy.

    What is deleted stays legible in the file until its space is used again, and in the
    journal until that is written from its start.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only=OFF")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchall()[0]
    except sqlite3.OperationalError as fault:
        if "locked" not in str(fault):
            raise
        return False
    finally:
        connection.close()
    return not is_busy


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    # The driver would begin late and deferred; transactions are begun by hand below.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once when writing: upgrading a snapshot later fails under load."""
    writing = is_writing(connection)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
