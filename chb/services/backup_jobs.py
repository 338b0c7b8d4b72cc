"""Making a backup beside the screens: the terminal's own command, in a process of its own."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from chb.domain.access.permissions import Permission
from chb.domain.audit import AuditAction, AuditEntry
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.backups import BACKUP_KIND, backup_folder
from chb.services.workspace import HOME_VARIABLE, PROJECT_ROOT, Workspace
from chb.store.failures import DATABASE_VARIABLE

_LOG: Final = logging.getLogger(__name__)
_DRAFTS: Final = ".*.zip.part"
_QUIET: Final = timedelta(minutes=10)
"""A draft that nobody wrote to for so long is of a process that was ended."""


class BackupStage(StrEnum):
    """How far the making of a backup is."""

    IDLE = "none is being made"
    RUNNING = "one is being made"
    FAILED = "the last one was not finished"


@dataclass(frozen=True)
class BackupState:
    """The stage, and how much is written so far."""

    stage: BackupStage
    n_bytes: int = 0


_lock: Final = threading.Lock()
_jobs: Final[dict[Path, subprocess.Popen[bytes]]] = {}
"""The last process that this server started, by home."""


@needs(Permission.ADMINISTER)
def start_backup(ws: Workspace) -> str:
    """Begin one and come back at once; its name. Refusal while another is being made."""
    with _lock:
        if backup_state(ws).stage is BackupStage.RUNNING:
            raise Refusal("A backup is being made already", remedy="Wait until it is in the list")
        folder = backup_folder(ws.home)
        folder.mkdir(mode=0o700, exist_ok=True)
        for draft in folder.glob(_DRAFTS):
            draft.unlink(missing_ok=True)
        name = f"holdfast-{ws.now():%Y%m%d-%H%M%S}.zip"
        with ws.writing() as tx:
            tx.audit.add(AuditEntry(AuditAction.CONSULT, BACKUP_KIND, name))
        _jobs[ws.home] = _process(ws, folder / name)
    return name


@needs(Permission.ADMINISTER)
def backup_state(ws: Workspace) -> BackupState:
    """Whether one is being made now, by this server or by the one before it."""
    drafts = _drafts(backup_folder(ws.home))
    n_bytes = sum(draft.st_size for draft in drafts)
    job = _jobs.get(ws.home)
    if job is not None:
        ended = job.poll()
        if ended is None:
            return BackupState(BackupStage.RUNNING, n_bytes)
        if ended != 0:
            _LOG.warning("A backup ended with the code %s", ended)
            return BackupState(BackupStage.FAILED)
    if not drafts:
        return BackupState(BackupStage.IDLE)
    newest = datetime.fromtimestamp(max(draft.st_mtime for draft in drafts), UTC)
    is_quiet = ws.now() - newest > _QUIET
    return BackupState(BackupStage.FAILED if is_quiet else BackupStage.RUNNING, n_bytes)


def _process(ws: Workspace, path: Path) -> subprocess.Popen[bytes]:
    """The command on the same store; its account of a failure goes to the server's log."""
    environment = os.environ | {HOME_VARIABLE: str(ws.home)}
    if ws.store.engine.dialect.name == "sqlite":
        environment.pop(DATABASE_VARIABLE, None)
    try:
        return subprocess.Popen(  # noqa: S603 - our own words only
            [sys.executable, "-m", "chb", "backup", str(path)],
            cwd=PROJECT_ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise Refusal(
            "The backup could not be begun",
            cause="The machine is out of memory or of processes",
            remedy="Try again later, or make it at the terminal",
        ) from error


def _drafts(folder: Path) -> list[os.stat_result]:
    """Facts of those that are there: one becomes the backup between two looks."""
    found = []
    for draft in folder.glob(_DRAFTS):
        with suppress(FileNotFoundError):
            found.append(draft.stat())
    return found
