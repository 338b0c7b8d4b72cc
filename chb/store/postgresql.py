"""The shared database: PostgreSQL, with the same promises as the embedded one.

Writers go one after another behind an advisory lock, so that a rule checked
before a write still holds when it is written; readers see one consistent state
and wait for nobody.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from chb.domain.refusal import Refusal
from chb.store.writes import is_writing

DRIVER: Final = "postgresql+psycopg"
EXAMPLE: Final = f"{DRIVER}://holdfast@db.internal/holdfast"

_WRITERS_LOCK: Final = 0x484F4C44  # HOLD; any constant that no other program here uses
_SETTINGS: Final = "-c lock_timeout=10s -c timezone=UTC -c application_name=holdfast"


def open_postgresql(address: str) -> Engine:
    """An engine on the PostgreSQL database; Refusal when the address is not one."""
    engine = create_engine(
        checked_address(address),
        connect_args={"options": _SETTINGS, "connect_timeout": 10},
        pool_size=8,
        max_overflow=24,
        pool_pre_ping=True,  # a server that was restarted costs nobody an error
    )
    event.listen(engine, "begin", _begin)
    return engine


def checked_address(address: str) -> URL:
    """The address of a PostgreSQL database; Refusal for anything else."""
    try:
        url = make_url(address)
    except ArgumentError as fault:
        raise _not_an_address("It cannot be read as an address") from fault
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername=DRIVER)
    if url.drivername != DRIVER or not url.database:
        raise _not_an_address(f"Found {url.render_as_string(hide_password=True)}")
    return url


def _begin(connection: Connection) -> None:
    if is_writing(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _not_an_address(found: str) -> Refusal:
    return Refusal(
        "CHB_DATABASE_URL does not name a PostgreSQL database",
        found=found,
        remedy=f"Write, for example, {EXAMPLE}; leave it out for the embedded database",
    )
