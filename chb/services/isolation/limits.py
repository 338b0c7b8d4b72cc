"""How much a child process may use, and the imposing of it upon itself."""

from __future__ import annotations

import math
import resource
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MEGABYTE: Final = 1024 * 1024
UPLOAD_BYTES: Final = 25 * MEGABYTE
"""The largest file a browser may send. Only the terminal can name a larger one."""
_LARGEST_SHARE: Final = 16
_ADDRESSES_BYTES: Final = 4 * 1024 * MEGABYTE
"""Room for reserved and shared addresses, which cost nothing until they are written to."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one child may use; ``memory_bytes`` is beyond what its libraries hold already."""

    memory_bytes: int = 1024 * MEGABYTE
    cpu_s: int = 60
    wall_s: float = 60.0
    written_bytes: int = 1024 * MEGABYTE
    """Of any one file."""
    open_files: int = 64


LIMITS: Final = Limits()


def limits_for(size_bytes: int) -> Limits:
    """The limits of an upload, and their multiple for what is larger on the disk.

    It is the packed size that counts: what an archive says it will unpack to may be a lie.
    """
    share = min(max(1, -(-size_bytes // UPLOAD_BYTES)), _LARGEST_SHARE)
    return Limits(
        memory_bytes=LIMITS.memory_bytes * share,
        cpu_s=LIMITS.cpu_s * share,
        wall_s=LIMITS.wall_s * share,
        written_bytes=LIMITS.written_bytes * share,
    )


def impose(limits: Limits) -> None:
    """Limit this process. What passes a limit gets an error, or ends it."""
    limit_memory(limits.memory_bytes)
    _set(resource.RLIMIT_CPU, limits.cpu_s)
    _set(resource.RLIMIT_FSIZE, limits.written_bytes)
    _set(resource.RLIMIT_NOFILE, limits.open_files)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_s)


def limit_memory(more_bytes: int) -> None:
    """Let this process take no more than that beyond what it holds, and leave no image of it."""
    addresses, data = _held_bytes()
    _set(resource.RLIMIT_DATA, data + more_bytes)
    _set(resource.RLIMIT_AS, addresses + more_bytes + _ADDRESSES_BYTES)
    _set(resource.RLIMIT_CORE, 0)


def allow_cpu(more_s: int) -> None:
    """End this process once it has worked that much longer; each call allows it anew."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = math.ceil(time.process_time()) + more_s
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _set(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (most, most))


def _held_bytes() -> tuple[int, int]:
    """Addresses in use, and those of them that are private and writable."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    held = dict(line.split(":", 1) for line in lines)
    addresses, data = (int(held[name].split()[0]) * 1024 for name in ("VmSize", "VmData"))
    return addresses, data
