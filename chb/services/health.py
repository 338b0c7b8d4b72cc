"""Whether the store can be worked with at this moment, and how it is set up."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from typing import Final

from chb import __version__
from chb.domain.access.permissions import Permission
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs, open_to_all
from chb.services.workspace import Workspace
from chb.store.migrate import current_revision
from chb.store.tables import HEAD

LEAST_FREE_BYTES: Final = 200 * 1024**2


@dataclass(frozen=True)
class Health:
    """What was looked at, each True when it is well."""

    database_takes_writes: bool
    schema_is_newest: bool
    disk_has_room: bool

    @property
    def is_well(self) -> bool:
        return all(asdict(self).values())

    def as_dict(self) -> dict[str, bool]:
        """Plain values for JSON."""
        return {"well": self.is_well, **asdict(self)}


@dataclass(frozen=True)
class Setup:
    """How the store is set up: nothing of it is a secret, or says where on the machine it lies."""

    software: str
    database: str
    schema: str
    keys_are_apart: bool
    """The audit log's keys lie elsewhere than the store that they seal."""
    anchors_are_apart: bool
    free_bytes: int


@needs(Permission.ADMINISTER)
def setup(ws: Workspace) -> Setup:
    """The facts that an administrator is asked for."""
    store = ws.store
    with store.connection(ws.scope, writes=False) as connection:
        schema = current_revision(connection) or "none"
        database = connection.dialect.name
    return Setup(
        software=f"Holdfast {__version__}",
        database={"sqlite": "SQLite, in the home", "postgresql": "PostgreSQL"}[database],
        schema=schema,
        keys_are_apart=not store.keys.folder.is_relative_to(ws.home),
        anchors_are_apart=not store.anchors.path.is_relative_to(ws.home),
        free_bytes=shutil.disk_usage(ws.home).free,
    )


@open_to_all
def health(ws: Workspace) -> Health:
    """Write to the database and take it back, compare its schema, look at the disk."""
    return Health(
        database_takes_writes=_takes_writes(ws),
        schema_is_newest=_schema_is_newest(ws),
        disk_has_room=shutil.disk_usage(ws.home).free >= LEAST_FREE_BYTES,
    )


def _takes_writes(ws: Workspace) -> bool:
    try:
        with ws.writing() as tx:
            tx.identity.sessions.probe(ws.now())
    except Refusal:
        return False
    return True


def _schema_is_newest(ws: Workspace) -> bool:
    try:
        with ws.store.connection(ws.scope, writes=False) as connection:
            return current_revision(connection) == HEAD
    except Refusal:
        return False
