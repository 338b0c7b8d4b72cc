"""Helpers for tests of the audit log: rows to start from, and ways past the guards."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, insert, text

from chb.domain.access.scope import OPERATOR
from chb.domain.audit import AuditAction, Verdict
from chb.store.append_only import guards_lifted
from chb.store.audit.anchors import read_anchors
from chb.store.audit.verifying import verify_log
from chb.store.store import Store
from chb.store.tables.audit import audit, audit_body

N_ROWS = 7


def filled(store: Store, n: int = N_ROWS) -> Store:
    """Rows about nominals n1, n2 and so on, each in a transaction of its own."""
    for number in range(1, n + 1):
        with store.writing(OPERATOR) as tx:
            tx.audit.record(AuditAction.ALTER, "nominal", f"n{number}", fields=["note"])
    return store


def verdict_of(store: Store, *, anchored: bool = False) -> Verdict:
    ring = store.keys.ring(log_has_rows=True)
    anchors = tuple(read_anchors(store.anchors.path, ring.store_ids)) if anchored else ()
    with store.connection(OPERATOR, writes=False) as connection:
        return verify_log(connection, ring, anchors)


def run(store: Store, *statements: str) -> None:
    with store.connection(OPERATOR, writes=True) as connection:
        for statement in statements:
            connection.execute(text(statement))


@contextmanager
def past_the_guards(store: Store) -> Iterator[Connection]:
    """What whoever owns the database can do; the guards stand again afterwards."""
    with store.connection(OPERATOR, writes=True) as connection, guards_lifted(connection):
        yield connection


def cut(connection: Connection, condition: str) -> list[tuple[dict, dict]]:
    """Take rows and their contents out; what they were."""
    query = f"SELECT {{}} FROM {{}} WHERE {condition} ORDER BY seq"
    rows, bodies = (
        [dict(row) for row in connection.execute(text(query.format("*", table))).mappings()]
        for table in ("audit", "audit_body")
    )
    for table in ("audit_body", "audit"):
        connection.execute(text(f"DELETE FROM {table} WHERE {condition}"))
    return list(zip(rows, bodies, strict=True))


def put(connection: Connection, rows: list[tuple[dict, dict]]) -> None:
    """Put rows that were cut back, as they are given."""
    for row, body in rows:
        connection.execute(insert(audit).values(row))
        connection.execute(insert(audit_body).values(body))
