"""What a store holds, table by table, so that a test can say that nothing was changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from chb.domain.audit import AuditAction

LOG: Final = frozenset({"audit", "audit_body"})
"""Every look and every refusal adds to these; what was added is read by ``recorded_since``."""
OF_SCREENS: Final = frozenset({"user_session", "home_visit", "draft"})
"""When somebody was last seen, and which words wait in a form: no record of the work."""
HARMLESS: Final = frozenset({AuditAction.CONSULT, AuditAction.REFUSE, AuditAction.SIGN_IN})
Row = tuple[str, str, str, str]


def contents(home: Path, *, but: frozenset[str] = LOG | OF_SCREENS) -> dict[str, str]:
    """By table: how many rows it has, and the digest of them."""
    with _opened(home) as store:
        listed = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {name for (name,) in listed if not name.startswith("sqlite_")}
        assert tables > but
        return {table: _digest(store, table) for table in sorted(tables - but)}


def last_recorded(home: Path) -> int:
    """Number of the last row of the audit log."""
    with _opened(home) as store:
        (number,) = store.execute("SELECT coalesce(max(seq), 0) FROM audit").fetchone()
        return int(number)


def recorded_since(home: Path, number: int) -> list[Row]:
    """Who did what to what, in rows of the audit log after that one."""
    with _opened(home) as store:
        asked = "SELECT person, action, object_kind, object_id FROM audit WHERE seq > ?"
        return list(store.execute(asked, (number,)))


def _digest(store: sqlite3.Connection, table: str) -> str:
    rows = sorted(map(repr, store.execute(f'SELECT * FROM "{table}"')))
    return f"{len(rows)} rows, {hashlib.sha256(repr(rows).encode()).hexdigest()}"


@contextmanager
def _opened(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(home / "holdfast.sqlite")) as store:
        yield store
