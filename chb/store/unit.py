"""What every repository is given first: one transaction's connection, and for whom it works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from chb.domain.access.scope import Scope, in_full
from chb.store.audit.log import AuditLog
from chb.store.row_security import tell_agency, tell_scope


@dataclass(frozen=True)
class Unit:
    """One unit of work. Without a scope there is none, and so nothing is read."""

    connection: Connection
    scope: Scope
    audit: AuditLog
    _made: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        tell_scope(self.connection, self.ocg_ids)
        tell_agency(self.connection, self.scope)

    @property
    def ocg_ids(self) -> frozenset[str]:
        """Groups that may be seen: those of the scope, and those made in this unit."""
        return self.scope.ocg_ids | self._made

    @property
    def sees_every_ocg(self) -> bool:
        return self.scope.sees_every_ocg

    @contextmanager
    def in_full(self) -> Iterator[Unit]:
        """The same work with nothing hidden from it: to check or move, never to show."""
        try:
            yield replace(self, scope=in_full(self.scope))
        finally:
            tell_scope(self.connection, self.ocg_ids)
            tell_agency(self.connection, self.scope)

    def admit(self, ocg_id: str) -> None:
        """Let the unit see the group that it is about to make."""
        self._made.add(ocg_id)
        tell_scope(self.connection, self.ocg_ids)
