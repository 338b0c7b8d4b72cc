"""A workspace: one store and the clock that the work goes by."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from chb.store.failures import DATABASE_VARIABLE
from chb.store.store import Store

PROJECT_ROOT: Final = Path(__file__).resolve().parents[2]
HOME_VARIABLE: Final = "CHB_HOME"


def default_home() -> Path:
    """The runtime folder: CHB_HOME, or data/runtime in the project."""
    named = os.environ.get(HOME_VARIABLE, "").strip()
    return Path(named).expanduser() if named else PROJECT_ROOT / "data" / "runtime"


def default_database_url() -> str:
    """The PostgreSQL database that CHB_DATABASE_URL names; empty for the embedded one."""
    return os.environ.get(DATABASE_VARIABLE, "").strip()


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workspace:
    """What every service is given first."""

    store: Store
    clock: Callable[[], datetime] = utc_now

    @property
    def home(self) -> Path:
        return self.store.home

    def now(self) -> datetime:
        return self.clock()

    def today(self) -> date:
        return self.clock().date()


def open_workspace(
    home: Path | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
    database_url: str | None = None,
) -> Workspace:
    """Open the store in ``home`` (default: CHB_HOME), making it if it is not there.

    ``database_url`` names a PostgreSQL database for the records; empty means the
    embedded one, None whatever CHB_DATABASE_URL says.
    """
    url = default_database_url() if database_url is None else database_url
    return Workspace(Store(default_home() if home is None else home, url), clock)
