"""Keeping what was recorded: backup, restore, check.

Backups that a screen asked for lie on the server, beside the store, and never leave by a
screen: one holds everything.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from chb import __version__
from chb.domain.access.permissions import Permission
from chb.domain.audit import AuditAction, AuditEntry
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.workspace import Workspace
from chb.store.archive import Manifest
from chb.store.backup import back_up, read_manifest, restore
from chb.store.checking import StoreCheck, check_store
from chb.store.safety_copies import FOLDER

BACKUP_KIND: Final = "backup"
"""What the audit log calls one."""
LONGEST_KEPT: Final = timedelta(days=35)
"""Older ones hold what was disposed of since: they should go."""


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


@dataclass(frozen=True)
class BackupFile:
    """A backup that lies on the server."""

    name: str
    made_at: datetime
    n_bytes: int
    is_too_old: bool
    """Kept for longer than LONGEST_KEPT."""


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


@needs(Permission.ADMINISTER)
def list_backups(ws: Workspace) -> tuple[BackupFile, ...]:
    """Backups in the home's folder for them, the newest first."""
    listed = [
        BackupFile(path.name, at, facts.st_size, ws.now() - at > LONGEST_KEPT)
        for path, facts in _files(backup_folder(ws.home))
        for at in (datetime.fromtimestamp(facts.st_mtime, UTC),)
    ]
    return tuple(sorted(listed, key=lambda each: each.made_at, reverse=True))


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Archives that lie there themselves: no folder, no link elsewhere, none that just went."""
    for path in folder.glob("*.zip"):
        with suppress(FileNotFoundError):
            facts = path.lstat()
            if stat.S_ISREG(facts.st_mode):
                yield path, facts


@needs(Permission.ADMINISTER)
def check_backup(ws: Workspace, name: str) -> KeptBackup:
    """Read the whole of one and compare it with its hashes; Refusal when it is not whole."""
    path = _listed(ws, name)
    return _kept(path, read_manifest(path))


@needs(Permission.ADMINISTER)
def remove_backup(ws: Workspace, name: str) -> None:
    """Delete one for good; that it was is on record."""
    path = _listed(ws, name)
    with ws.writing() as tx:
        tx.audit.add(AuditEntry(AuditAction.ERASE, BACKUP_KIND, path.name))
        path.unlink()


def backup_folder(home: Path) -> Path:
    """Where those that a screen asked for lie."""
    return home / FOLDER


def _listed(ws: Workspace, name: str) -> Path:
    """The path of one of the list, so that a name is never a way elsewhere."""
    if name not in {each.name for each in list_backups(ws)}:
        raise Refusal(
            "That backup is not there",
            cause="Somebody deleted it meanwhile",
            remedy="Choose another from the list",
        )
    return backup_folder(ws.home) / name


def _kept(path: Path, manifest: Manifest) -> KeptBackup:
    return KeptBackup(
        path=str(path),
        made_at=manifest.made_at,
        software=manifest.software,
        schema=manifest.schema,
        n_rows=sum(manifest.rows.values()),
        n_frames=len(manifest.frames),
    )
