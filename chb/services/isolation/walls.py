"""What a child may not reach: the network, other programs, and files it was not given.

Two walls against the network. A network namespace of its own holds whatever code runs
in it, where the system permits one. The audit hook holds Python's own calls everywhere,
and it is also the wall round the files.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

NAMESPACE: Final = "network namespace and audit hook"
HOOK: Final = "audit hook"

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_FORBIDDEN: Final = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")
_FORBIDDEN_EXACTLY: Final = frozenset({"sqlite3.connect", "ctypes.dlopen", "pty.spawn"})
_OF_THE_SYSTEM: Final = ("/usr/share/zoneinfo", "/dev/null", "/dev/urandom")
_CODE: Final = Path(__file__).resolve().parents[2]
_SPATIAL: Final = _CODE.parent / "geo"
_REFERENCE: Final = _CODE.parent / "data" / "reference"


def cut_network() -> str:
    """Leave the network for good; says which walls are in force. Before the first thread."""
    libc = ctypes.CDLL(None, use_errno=True)
    alone = libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    return NAMESPACE if alone else HOOK


def bind_to_parent(signal_number: int) -> None:
    """End with the process that made this one, and never gain rights by another program."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def keep_to_the_store() -> None:
    """From here on: no network and no other program. What a driver does in C goes on."""

    def check(event: str, arguments: tuple[Any, ...]) -> None:
        del arguments
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"{event} is not for a calculation")

    sys.addaudithook(check)


def shut_in(room: Path, readable: Iterable[Path]) -> None:
    """From here on: write in ``room`` only, read there, what was given, and the libraries."""
    inside = os.path.realpath(room)
    libraries = (Path(sys.base_prefix), Path(sys.prefix), _CODE, _SPATIAL, _REFERENCE)
    allowed = tuple(os.path.realpath(path) for path in (*readable, *libraries))
    roots = (inside, *allowed, *_OF_THE_SYSTEM)

    def check(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            _check_open(arguments, inside, roots)
        elif event.startswith(_FORBIDDEN) or event in _FORBIDDEN_EXACTLY:
            raise PermissionError(f"{event} is not for a reader of files")

    sys.addaudithook(check)


def _check_open(arguments: tuple[Any, ...], inside: str, roots: tuple[str, ...]) -> None:
    path, _, flags = arguments
    if isinstance(path, int):
        return  # open already, and checked when it was
    real = os.path.realpath(os.fsdecode(path))
    writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if not _is_beneath(real, (inside, "/dev/null") if writes else roots):
        raise PermissionError("A reader of files opens what it was given, and nothing else")


def _is_beneath(path: str, roots: tuple[str, ...]) -> bool:
    return any(path == root or path.startswith(f"{root}{os.sep}") for root in roots)
