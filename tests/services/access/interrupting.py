"""Work that is broken off in the middle, at a statement of one's choice."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, func, select

from chb.domain.access.scope import OPERATOR
from chb.services.workspace import Workspace
from chb.store.tables import metadata


class BrokenOff(Exception):
    """The process ended here, as far as the store can tell."""


@contextmanager
def broken_off_at(ws: Workspace, nth: int) -> Iterator[None]:
    """Break off at the n-th statement from here."""
    n_sent = 0

    def count(*_: object) -> None:
        nonlocal n_sent
        n_sent += 1
        if n_sent == nth:
            raise BrokenOff

    event.listen(ws.store.engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(ws.store.engine, "before_cursor_execute", count)


def row_counts(ws: Workspace) -> dict[str, int]:
    """How many rows each table holds, to know that nothing was half written."""
    with ws.store.connection(OPERATOR, writes=False) as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }
