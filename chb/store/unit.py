"""What every repository is given first: one transaction's connection, and for whom it works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from chb.domain.access.scope import Scope, in_full
from chb.store.audit.log import AuditLog
from chb.store.row_security import tell_scope


@dataclass(frozen=True)
class Unit:
    """One unit of work. Without a scope there is none, and so nothing is read."""

    connection: Connection
    scope: Scope
    audit: AuditLog
    _made: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._tell()

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
        with self._telling_again():
            yield replace(self, scope=in_full(self.scope))

    @contextmanager
    def views_aside(self) -> Iterator[None]:
        """Let the database take, and compare with, rows that the view hides; never to show.

        Whether somebody may save a thing was asked before, and need not be who may read it.
        """
        with self._telling_again():
            self._tell(views_aside=True)
            yield

    def admit(self, ocg_id: str) -> None:
        """Let the unit see the group that it is about to make."""
        self._made.add(ocg_id)
        self._tell()

    @contextmanager
    def _telling_again(self) -> Iterator[None]:
        """Afterwards the database knows what it knew, unless the transaction is lost anyway."""
        try:
            yield
        except DBAPIError:
            raise
        except BaseException:
            self._tell()
            raise
        self._tell()

    def _tell(self, *, views_aside: bool = False) -> None:
        told = replace(self.scope, ocg_ids=self.ocg_ids)
        tell_scope(self.connection, told, views_aside=views_aside)
