"""The audit log within one transaction: its rows are kept or undone with what they record."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, delete, insert, select

from chb.domain.audit import AuditAction, AuditEntry, AuditQuery, AuditRow
from chb.store.audit.anchors import Anchor
from chb.store.audit.chain import GENESIS, canonical, commitment, seal
from chb.store.audit.keys import KeyFolder
from chb.store.tables.audit import audit, audit_body

LOG_KIND: Final = "audit"
"""What a row is about that is about rows of the log itself: their numbers are its object."""
SEPARATOR: Final = ","

_SALT_BYTES: Final = 16
_NUMBERS_PER_ROW: Final = 20
_LAST: Final = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
_SHOWN: Final = [column for column in audit.c if column.name not in ("commitment", "prev")]
_ADD: Final = insert(audit)
_ADD_BODY: Final = insert(audit_body)


class AuditLog:
    """Rows of the log. Writers come one after another, so the last row stays the last."""

    def __init__(
        self,
        connection: Connection,
        *,
        person: str,
        clock: Callable[[], datetime],
        keys: KeyFolder,
    ) -> None:
        self._connection = connection
        self._person = person
        self._clock = clock
        self._keys = keys
        self.head: Anchor | None = None
        """The last row, once this transaction has added one."""

    def add(self, entry: AuditEntry) -> int:
        """Record what was done; the row's number. Refusal when the key is missing or unsafe."""
        last_seq, prev = (self.head.seq, self.head.hash) if self.head else self._last()
        ring = self._keys.ring(log_has_rows=last_seq > 0)
        salt, body = secrets.token_hex(_SALT_BYTES), canonical(entry.body)
        seq, at = last_seq + 1, moment(self._clock())
        row: dict[str, int | str] = {
            "seq": seq,
            "at": at,
            "person": self._person,
            "action": entry.action.value,
            "object_kind": entry.object_kind,
            "object_id": entry.object_id,
            "recipient": entry.recipient,
            "purpose": entry.purpose,
            "commitment": commitment(salt, body),
            "prev": prev,
        }
        sealed = seal(ring.current, list(row.values()))
        self._connection.execute(_ADD, row | {"hash": sealed})
        self._connection.execute(_ADD_BODY, {"seq": seq, "salt": salt, "body": body})
        self.head = Anchor(seq, sealed, at, ring.store_id)
        return seq

    def record(
        self, action: AuditAction, object_kind: str, object_id: str = "", /, **body: Any
    ) -> int:
        """Record a write that needs neither recipient nor purpose."""
        return self.add(AuditEntry(action, object_kind, object_id, body=body))

    def record_many(
        self,
        action: AuditAction,
        object_kind: str,
        values: Sequence[Mapping[str, Any]],
        *,
        id_in: str = "id",
    ) -> int | None:
        """Record a write of many things as one row: their number, and a digest of all of them.

        One thing is recorded by its id, the value of ``id_in``; none is not recorded.
        """
        if not values:
            return None
        only = str(values[0].get(id_in, "")) if len(values) == 1 else ""
        return self.record(action, object_kind, only, n=len(values), sha256=_digest(values))

    def search(self, query: AuditQuery) -> tuple[AuditRow, ...]:
        """Rows that are wanted, newest first."""
        joined = audit.outerjoin(audit_body, audit_body.c.seq == audit.c.seq)
        wanted = select(*_SHOWN, audit_body.c.body).select_from(joined).limit(query.most)
        rows = self._connection.execute(_narrowed(wanted, query).order_by(audit.c.seq.desc()))
        return tuple(_row(row) for row in rows.mappings())

    def numbers_of(self, object_kind: str, object_id: str) -> tuple[int, ...]:
        """Numbers of the rows about one thing, the oldest first."""
        about = (audit.c.object_kind == object_kind) & (audit.c.object_id == object_id)
        query = select(audit.c.seq).where(about).order_by(audit.c.seq)
        return tuple(self._connection.execute(query).scalars())

    def erase_bodies(self, seqs: Iterable[int], *, purpose: str) -> int:
        """Erase the contents of rows; the chain still verifies. The number that were there.

        Rows that say so are recorded in the log by number, which makes it lawful. What
        erases contents is never itself without content to erase, and is left alone.
        """
        present = (
            select(audit_body.c.seq)
            .join(audit, audit.c.seq == audit_body.c.seq)
            .where(audit_body.c.seq.in_(sorted(set(seqs))), audit.c.object_kind != LOG_KIND)
            .order_by(audit_body.c.seq)
        )
        numbers = list(self._connection.execute(present).scalars())
        for start in range(0, len(numbers), _NUMBERS_PER_ROW):
            some = numbers[start : start + _NUMBERS_PER_ROW]
            named = SEPARATOR.join(map(str, some))
            self.add(AuditEntry(AuditAction.ERASE, LOG_KIND, named, purpose=purpose))
            self._connection.execute(delete(audit_body).where(audit_body.c.seq.in_(some)))
        return len(numbers)

    def last_seq(self) -> int:
        """The number of the last row, 0 when there is none."""
        return self._last()[0]

    def last_at(self) -> datetime | None:
        """When the last row was added, None when there is none."""
        query = select(audit.c.at).order_by(audit.c.seq.desc()).limit(1)
        at = self._connection.execute(query).scalar_one_or_none()
        return None if at is None else datetime.fromisoformat(at)

    def _last(self) -> tuple[int, str]:
        row = self._connection.execute(_LAST).first()
        return (0, GENESIS) if row is None else (row.seq, row.hash)


def moment(at: datetime) -> str:
    """A moment as the log keeps it, so that the order of texts is that of time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _narrowed(wanted: Select[Any], query: AuditQuery) -> Select[Any]:
    exact = {
        "person": query.person,
        "action": query.action and query.action.value,
        "object_kind": query.object_kind,
        "object_id": query.object_id,
    }
    for name, value in exact.items():
        if value:
            wanted = wanted.where(audit.c[name] == value)
    if query.since is not None:
        wanted = wanted.where(audit.c.at >= moment(query.since))
    if query.until is not None:
        wanted = wanted.where(audit.c.at < moment(query.until))
    return wanted


def _row(row: RowMapping) -> AuditRow:
    body = None if row["body"] is None else json.loads(row["body"])
    return AuditRow(**{**row, "body": body})


def _digest(values: Sequence[Mapping[str, Any]]) -> str:
    digest = hashlib.sha256()
    for each in values:
        digest.update(repr(sorted(each.items())).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()
