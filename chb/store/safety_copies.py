"""Copies of the embedded database, made before its schema changes."""

from __future__ import annotations

import logging
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, literal, select, table

from chb.domain.refusal import Refusal

FOLDER: Final = "backups"
"""Where copies lie in the home."""
KEPT: Final = 3
"""How many of the newest copies stay."""

_NAME: Final = re.compile(r"before-upgrade-(\d{4,})-schema-\w+\.sqlite")
_log: Final = logging.getLogger(__name__)


def keep_copy(connection: Connection, folder: Path, *, schema: str) -> Path | None:
    """Copy the embedded database to ``folder`` as it is; None when it holds nothing to lose.

    The connection holds the write lock, so that the copy is what the upgrade
    begins with. PostgreSQL is copied by its operator. Refusal when the copy
    cannot be made: then there is no upgrade either.
    """
    if connection.dialect.name != "sqlite" or not _holds_rows(connection):
        return None
    source = Path(str(connection.engine.url.database))
    target = folder / f"before-upgrade-{_last_number(folder) + 1:04d}-schema-{schema}.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(source, target)
    except (OSError, sqlite3.Error) as fault:
        raise Refusal(
            "The store was not brought up to date: no copy of it could be made first",
            found=f"{fault} ({target})",
            cause="The disk is probably full, or the folder cannot be written",
            remedy="Free some space and start again; nothing was changed",
        ) from fault
    _remove_old(folder)
    _log.warning(
        "The store is brought up to date. As it was (schema %s) it is kept in %s", schema, target
    )
    return target


def copies(folder: Path) -> tuple[Path, ...]:
    """Copies in the folder, the oldest first; files of other names are no copies."""
    numbered = {path: _NAME.fullmatch(path.name) for path in folder.glob("*.sqlite")}
    found = [(int(match[1]), path) for path, match in numbered.items() if match]
    return tuple(path for _, path in sorted(found))


def _copy(source: Path, target: Path) -> None:
    """The whole database, readable by its owner only; there when it is on the disk."""
    draft = target.with_suffix(".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as read,
            closing(sqlite3.connect(draft)) as written,
        ):
            read.backup(written)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _remove_old(folder: Path) -> None:
    for path in copies(folder)[:-KEPT]:
        path.unlink(missing_ok=True)


def _last_number(folder: Path) -> int:
    numbers = [int(match[1]) for path in copies(folder) if (match := _NAME.fullmatch(path.name))]
    return max(numbers, default=0)


def _holds_rows(connection: Connection) -> bool:
    names = set(inspect(connection).get_table_names()) - {"alembic_version"}
    first = (select(literal(1)).select_from(table(name)).limit(1) for name in sorted(names))
    return any(connection.execute(query).first() is not None for query in first)
