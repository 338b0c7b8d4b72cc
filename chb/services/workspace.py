"""A workspace: one store and the clock that the work goes by."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from chb.domain.access.scope import OPERATOR, Scope
from chb.store.audit.anchors import ANCHORS_VARIABLE
from chb.store.audit.keys import KEYS_VARIABLE
from chb.store.failures import DATABASE_VARIABLE
from chb.store.store import Store, Transaction, utc_now

PROJECT_ROOT: Final = Path(__file__).resolve().parents[2]
HOME_VARIABLE: Final = "CHB_HOME"


def default_home() -> Path:
    """The runtime folder: CHB_HOME, or data/runtime in the project."""
    return _named_path(HOME_VARIABLE) or PROJECT_ROOT / "data" / "runtime"


def default_database_url() -> str:
    """The PostgreSQL database that CHB_DATABASE_URL names; empty for the embedded one."""
    return os.environ.get(DATABASE_VARIABLE, "").strip()


def _named_path(variable: str) -> Path | None:
    named = os.environ.get(variable, "").strip()
    return Path(named).expanduser() if named else None


@dataclass(frozen=True)
class Workspace:
    """What every service is given first: the store, the clock, and for whom it works."""

    store: Store
    scope: Scope
    clock: Callable[[], datetime] = utc_now

    @property
    def home(self) -> Path:
        return self.store.home

    def seen_by(self, scope: Scope) -> Workspace:
        """The same store, for somebody else."""
        return replace(self, scope=scope)

    def reading(self) -> AbstractContextManager[Transaction]:
        """One consistent view of what the scope may see."""
        return self.store.reading(self.scope)

    def writing(self) -> AbstractContextManager[Transaction]:
        """One transaction that writes, wholly or not at all."""
        return self.store.writing(self.scope)

    def now(self) -> datetime:
        return self.clock()

    def today(self) -> date:
        return self.clock().date()


def open_workspace(
    home: Path | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
    database_url: str | None = None,
    scope: Scope = OPERATOR,
) -> Workspace:
    """Open the store in ``home`` (default: CHB_HOME), making it if it is not there.

    The scope is that of the machine's owner at the terminal, unless another is given.

    ``database_url`` names a PostgreSQL database for the records; empty means the
    embedded one, None whatever CHB_DATABASE_URL says. CHB_KEYS and CHB_ANCHORS name
    the folder of the audit log's key and the file of its anchors.
    """
    store = Store(
        default_home() if home is None else home,
        default_database_url() if database_url is None else database_url,
        clock=clock,
        keys=_named_path(KEYS_VARIABLE),
        anchors=_named_path(ANCHORS_VARIABLE),
    )
    return Workspace(store, scope, clock)
