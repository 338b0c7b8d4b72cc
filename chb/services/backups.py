"""Keeping what was recorded: backup, restore, check."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chb import __version__
from chb.domain.access.permissions import Permission
from chb.services.access.rules import needs
from chb.services.workspace import Workspace
from chb.store.archive import Manifest
from chb.store.backup import back_up, restore
from chb.store.checking import StoreCheck, check_store


@dataclass(frozen=True)
class KeptBackup:
    """A backup in a few numbers."""

    path: str
    made_at: str
    software: str
    schema: str
    n_rows: int
    n_frames: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


@needs(Permission.ADMINISTER)
def back_up_store(ws: Workspace, path: Path) -> KeptBackup:
    """Write everything to one file while people work on."""
    software = f"Holdfast {__version__}"
    return _kept(path, back_up(ws.store, path, made_at=ws.now(), software=software))


@needs(Permission.ADMINISTER)
def restore_store(ws: Workspace, path: Path, *, replace: bool = False) -> KeptBackup:
    """Put a backup into an empty store, or in place of all it holds."""
    return _kept(path, restore(ws.store, path, replace=replace))


@needs(Permission.ADMINISTER)
def check(ws: Workspace) -> StoreCheck:
    """Read everything once and say what is wrong, if anything is."""
    return check_store(ws.store)


def _kept(path: Path, manifest: Manifest) -> KeptBackup:
    return KeptBackup(
        path=str(path),
        made_at=manifest.made_at,
        software=manifest.software,
        schema=manifest.schema,
        n_rows=sum(manifest.rows.values()),
        n_frames=len(manifest.frames),
    )
