"""The audit log on both databases: what a row adds to a write, and verifying the whole chain.

A row may cost a millisecond at most, and 50,000 rows are to be verified each second.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from chb.domain.access.scope import OPERATOR
from chb.domain.audit import AuditAction
from chb.store.audit.anchors import read_anchors
from chb.store.audit.verifying import verify_log
from chb.store.store import Store
from tests.bench.rows import Item, NotMeasuredError, Row, figure
from tests.bench.servers import postgresql_address
from tests.bench.timing import timed

N_ROWS: Final = 50_000
VERIFY_S: Final = 1.0
ADD_S: Final = 0.001
ROUNDS: Final = 5
AT_ONCE: Final = 1_000


@contextmanager
def _store(database_url: str) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as home:
        store = Store(Path(home), database_url)
        try:
            yield store
        finally:
            store.close()


def _on_sqlite() -> Iterable[Row]:
    with _store("") as store:
        yield from _measured(store, "SQLite")


def _on_postgresql() -> Iterable[Row]:
    with postgresql_address() as address, _store(address) as store:
        yield from _measured(store, "PostgreSQL")


def _measured(store: Store, database: str) -> Iterable[Row]:
    times = [timed(lambda: _add(store))[0] / AT_ONCE for _ in range(N_ROWS // AT_ONCE)]
    yield figure(
        f"one row more in a write, {database}",
        statistics.median(times),
        "s",
        at_most=ADD_S,
        rounds=len(times),
    )
    times = [timed(lambda: _verify(store))[0] for _ in range(ROUNDS)]
    seconds = statistics.median(times)
    yield figure(
        f"verifying {N_ROWS:,} rows, {database}",
        seconds,
        "s",
        at_most=VERIFY_S,
        checked=f"{N_ROWS / seconds:,.0f} rows a second; every row found as it was recorded",
        rounds=ROUNDS,
    )


def _add(store: Store) -> None:
    with store.writing(OPERATOR) as tx:
        for number in range(AT_ONCE):
            fields = ("note", "summary")
            tx.audit.record(AuditAction.ALTER, "nominal", f"n{number}", version=3, fields=fields)


def _verify(store: Store) -> None:
    ring = store.keys.ring(log_has_rows=True)
    anchors = read_anchors(store.anchors.path, ring.store_ids)
    with store.connection(OPERATOR, writes=False) as connection:
        verdict = verify_log(connection, ring, anchors)
    if not verdict.is_whole or verdict.n_rows != N_ROWS:
        raise NotMeasuredError(f"the log does not verify: {verdict.first}")


ITEMS: Final = (
    Item("audit log, SQLite", "", _on_sqlite),
    Item("audit log, PostgreSQL", "", _on_postgresql),
)
