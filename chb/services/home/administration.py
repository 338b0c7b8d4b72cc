"""What an administrator looks at first: accounts, backups, and the audit log's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chb.domain.access.permissions import Permission
from chb.services.access.rules import needs
from chb.services.backups import BackupFile, list_backups
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True, kw_only=True)
class AdministrationState:
    """The store in a few figures; nothing of what is in it."""

    n_accounts: int
    """Accounts that were not ended."""
    n_locked: int
    n_without_role: int
    n_audit_rows: int
    audited_at: datetime | None
    """Moment of the audit log's last row."""
    anchored_at: datetime | None
    """When the end of the log was last written down outside the database."""
    backup: BackupFile | None
    """The newest in the folder of backups."""


@needs(Permission.ADMINISTER)
def administration_state(ws: Workspace) -> AdministrationState:
    """Counted afresh; the log is not verified here, which takes as long as it is."""
    with ws.reading() as tx:
        n_accounts, n_locked, n_without_role = _accounts(tx, ws.now())
        n_rows, last_at = tx.audit.last_seq(), tx.audit.last_at()
    return AdministrationState(
        n_accounts=n_accounts,
        n_locked=n_locked,
        n_without_role=n_without_role,
        n_audit_rows=n_rows,
        audited_at=last_at,
        anchored_at=_written_at(ws.store.anchors.path),
        backup=next(iter(list_backups(ws)), None),
    )


def _accounts(tx: Transaction, now: datetime) -> tuple[int, int, int]:
    """How many accounts there are, are locked, and have no role."""
    accounts = [each for each in tx.identity.accounts.all() if each.ended_at is None]
    in_force = [grant for grant in tx.identity.accounts.grants() if grant.ended_at is None]
    with_role = {grant.work_email for grant in in_force}
    locked = [each for each in accounts if each.locked_until and each.locked_until > now]
    n_without = sum(each.work_email not in with_role for each in accounts)
    return len(accounts), len(locked), n_without


def _written_at(file: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None
