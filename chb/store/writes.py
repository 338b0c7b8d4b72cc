"""How a connection says that it is going to write, so that it takes the lock first."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

WRITES: Final = {"chb_writes": True}
"""Execution options of a connection that is going to write."""


def is_writing(connection: Connection) -> bool:
    """Whether the connection was opened to write."""
    options: dict[str, Any] = dict(connection.get_execution_options())
    return bool(options.get("chb_writes"))
