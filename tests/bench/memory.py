"""The most memory a call holds above what was held before it, as the kernel counts it.

Compiled loops allocate outside Python, so its own accounting would miss them.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.bench.rows import NotMeasuredError

_PROCESS: Final = Path("/proc/self")
_RESET_PEAK: Final = "5"


def extra_bytes(run: Callable[[], object]) -> int:
    """Peak resident bytes during the call less resident bytes before it."""
    gc.collect()
    try:
        # Memory freed earlier but still held would be used again and not be seen.
        ctypes.CDLL(None).malloc_trim(0)
        (_PROCESS / "clear_refs").write_text(_RESET_PEAK)
    except (OSError, AttributeError) as fault:
        raise NotMeasuredError(f"peak memory needs Linux's own count: {fault}") from fault
    before = _resident("VmRSS")
    answer = run()
    peak = _resident("VmHWM")
    del answer
    return max(peak - before, 0)


def _resident(name: str) -> int:
    for line in (_PROCESS / "status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise NotMeasuredError(f"this system does not count {name}")
