"""What a process and its descendants take of the machine, as the kernel counts it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_AFTER_NAME: Final = 2
"""Fields of ``stat`` are counted from 1, and those before the third may hold spaces."""


@dataclass(frozen=True)
class Taken:
    """Processor time since the processes began, and memory now."""

    processor_s: float
    resident_bytes: int


def taken_by(pids: tuple[int, ...]) -> Taken:
    """Sum over processes; one that has ended counts for nothing."""
    stats = [stat for pid in pids if (stat := _stat(pid))]
    ticks = sum(int(_field(stat, 14)) + int(_field(stat, 15)) for stat in stats)
    pages = sum(int(_field(stat, 24)) for stat in stats)
    return Taken(ticks / _TICKS_PER_S, pages * _PAGE_BYTES)


def with_descendants(pid: int) -> tuple[int, ...]:
    """A process and all that it started."""
    return pid, *(each for child in _children(pid) for each in with_descendants(child))


def command_of(pid: int) -> str:
    """The command line, with spaces; empty when the process has ended."""
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def load_average() -> float:
    """Of the last minute, all processes of the machine."""
    return os.getloadavg()[0]


def _children(pid: int) -> Iterator[int]:
    for task in (_PROC / str(pid) / "task").glob("*"):
        try:
            yield from map(int, (task / "children").read_text().split())
        except OSError:
            continue


def _stat(pid: int) -> list[str]:
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _field(stat: list[str], number: int) -> str:
    return stat[number - _AFTER_NAME - 1]
