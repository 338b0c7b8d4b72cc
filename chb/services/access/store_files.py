"""Where the store's files are and who else can read them, before the server answers anybody."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from chb.domain.refusal import Refusal
from chb.services.workspace import Workspace
from chb.store.audit.anchors import ANCHORS_VARIABLE
from chb.store.audit.keys import KEYS_VARIABLE
from chb.store.failures import DATABASE_VARIABLE


def open_to_others(ws: Workspace) -> Refusal | None:
    """Why the store is no secret on this machine: the first file or folder that is open; or None.

    Only what others can reach counts: a file within a closed folder is closed.
    """
    for path in _paths(ws):
        if path.exists() and _is_open_to_others(path):
            inside = path.is_relative_to(ws.home)
            return Refusal(
                "Every user of this machine can read the store",
                found=f"{path} has mode {stat.S_IMODE(path.stat().st_mode):04o}",
                remedy=f"chmod -R go= {ws.home}" if inside else f"chmod go= {path}",
            )
    return None


def all_in_one_place(ws: Workspace) -> Refusal | None:
    """Why one who takes the home could rewrite the audit log; None where it takes more than that.

    Records in a PostgreSQL database are in another place already.
    """
    store, home = ws.store, ws.home.resolve()
    kept = (store.keys.folder, store.anchors.path)
    if not store.is_embedded or not all(path.resolve().is_relative_to(home) for path in kept):
        return None
    return Refusal(
        "Whoever takes the home has the records, the key of the audit log and its anchors",
        found=f"The key is in {kept[0]}, the anchors in {kept[1]}, both within {ws.home}",
        cause="With all three the log can be rewritten unnoticed, and others reach this server",
        remedy=f"Name places outside the home in {KEYS_VARIABLE} and {ANCHORS_VARIABLE} and move "
        f"both there, or keep the records elsewhere with {DATABASE_VARIABLE}",
    )


def _paths(ws: Workspace) -> Iterator[Path]:
    """The home, all that is in it (database and its side files, frames), keys and anchors."""
    keys, anchors = ws.store.keys.folder, ws.store.anchors.path
    yield from (ws.home, *sorted(ws.home.iterdir()))
    yield from (keys, *sorted(keys.glob("*")), anchors.parent, anchors)


def _is_open_to_others(path: Path) -> bool:
    """Whether others may read or change it, and may enter every folder on the way to it."""
    is_open = path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH)
    ways = [folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents]
    return bool(is_open) and all(ways)
