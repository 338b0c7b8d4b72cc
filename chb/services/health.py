"""Whether the store can be worked with at this moment."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from typing import Final

from chb.domain.refusal import Refusal
from chb.services.access.rules import open_to_all
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
