"""A PostgreSQL database for a section that measures both databases."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench.rows import NotMeasuredError
from tests.databases import postgres_server


@contextmanager
def postgresql_address() -> Iterator[str]:
    """The address of a database at the newest schema; NotMeasuredError without a server."""
    try:
        with (
            tempfile.TemporaryDirectory(prefix="holdfast-postgres-") as folder,
            postgres_server(Path(folder) / "server") as server,
            server.database() as address,
        ):
            yield address
    except pytest.fail.Exception as fault:
        raise NotMeasuredError(str(fault)) from fault
