"""The key that seals the audit log: a file outside the database, and never in a backup.

Who holds the database but not the key can spoil the log, and cannot do it unnoticed.
The folder holds ``audit.key``, which seals new rows, and may hold other ``*.key`` files,
which sealed older ones: of a store this one was restored from, or from before the key
was renewed. One folder serves one store.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chb.domain.refusal import Refusal

KEYS_VARIABLE: Final = "CHB_KEYS"
KEY_NAME: Final = "audit.key"
KEY_BYTES: Final = 32


@dataclass(frozen=True)
class KeyRing:
    """The key that seals, then those that only verify."""

    keys: tuple[bytes, ...]

    @property
    def current(self) -> bytes:
        return self.keys[0]

    @property
    def store_id(self) -> str:
        """Names the store in its anchors: a wiped database cannot take another name."""
        return store_id(self.current)

    @property
    def store_ids(self) -> frozenset[str]:
        """The names this store has had."""
        return frozenset(store_id(key) for key in self.keys)


def store_id(key: bytes) -> str:
    """What a key is called, from which nobody learns the key."""
    return hmac.digest(key, b"holdfast audit store", "sha256").hex()[:16]


class KeyFolder:
    """Where the keys are; nothing is made until something is to be sealed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ring: KeyRing | None = None

    def ring(self, *, log_has_rows: bool) -> KeyRing:
        """The keys, made at first use; Refusal when they are unsafe, or gone under a log.

        A key that was made under a log with rows would make all of them look forged.
        """
        if self._ring is None:
            path = self.folder / KEY_NAME
            if not path.exists():
                if log_has_rows:
                    raise _missing(path)
                _make(path)
            others = sorted(set(self.folder.glob("*.key")) - {path})
            self._ring = KeyRing(tuple(_read(each) for each in (path, *others)))
        return self._ring

    def renew(self) -> KeyRing:
        """Make a new key that seals from now on; the old one, if it is there, only verifies."""
        path = self.folder / KEY_NAME
        if path.exists():
            path.rename(self.folder / f"audit-{store_id(_read(path))}.key")
        _make(path)
        self._ring = None
        return self.ring(log_has_rows=True)


def _make(path: Path) -> None:
    """Write the key beside its name and link it there: of two who try at once, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refusal(
            "The key of the audit log is open to others than its owner",
            found=f"{path} has mode {mode:04o}",
            cause="Whoever reads it can rewrite the log unnoticed",
            remedy=f"Find out who could read it; then chmod 0400 {path}",
        )
    key = path.read_bytes()
    if len(key) < KEY_BYTES or len(set(key)) == 1:
        raise Refusal(
            "The key of the audit log is no key",
            found=f"{path} has {len(key)} bytes"
            + (", all of them the same" if len(set(key)) == 1 else f", not {KEY_BYTES}"),
            cause="It was cut short, or written by hand",
            remedy="Put the key back from where it is kept safe",
        )
    return key


def _missing(path: Path) -> Refusal:
    return Refusal(
        "The key of the audit log is missing, so nothing can be recorded",
        found=f"There is no {path}, and the log has rows that were sealed with it",
        cause=f"{KEYS_VARIABLE} names another folder than before, or the key was not moved "
        "with the store",
        remedy="Put the key back from where it is kept safe. If it is lost for good, run "
        "python -m chb audit renew-key: rows up to then can no longer be verified",
    )
