"""A store of its own, on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from chb.store.postgresql import open_postgresql
from chb.store.sqlite import open_sqlite
from chb.store.store import Store
from tests.databases import KINDS, PostgresServer


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store(tmp_path / "home", database_url)
    yield opened
    opened.close()


@pytest.fixture(params=KINDS)
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each database in turn, without any table."""
    if request.param == "sqlite":
        engine = open_sqlite(tmp_path / "empty.sqlite")
        yield engine
        engine.dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.empty_database() as address:
        engine = open_postgresql(address)
        yield engine
        engine.dispose()
