"""Running a task in a child process that is limited, and hearing of it in plain values."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from chb.domain.refusal import Refusal
from chb.services.isolation.answers import Answer, GarbledError, read_frame, read_plain
from chb.services.isolation.child import GIVEN, REQUEST, Given
from chb.services.isolation.hatchery import nursery
from chb.services.isolation.limits import LIMITS, MEGABYTE, Limits
from chb.services.isolation.rooms import room
from chb.services.progress import ProgressReport, silent

_LOG: Final = logging.getLogger(__name__)
_GRACE_S: Final = 2.0
_LONGEST_LINE: Final = 65_536


@dataclass(frozen=True)
class Task:
    """What to run: a function by ``module:name``, what it reads, and plain options for it.

    ``title`` names what is read in the sentence of a refusal. Files that are no files of a
    disk yet are ``contents``, by name; they are put into the child's own folder.
    """

    function: str
    title: str
    paths: Sequence[Path] = ()
    contents: Sequence[tuple[str, bytes]] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def run_limited(
    task: Task, *, limits: Limits = LIMITS, progress: ProgressReport = silent
) -> Answer:
    """Run the task in a child of its own; Refusal when it refuses, or passes a limit.

    The child has no network, no secrets, and sees the files it is given only.
    """
    with room() as folder:
        _furnish(folder, task, limits)
        started = time.monotonic()
        if not _attend(folder, limits, progress):
            raise _stopped(task.title, time.monotonic() - started, limits)
        try:
            return _answer(folder, task.title, limits)
        except (GarbledError, OSError) as error:
            _LOG.warning("A child's answer was not usable: %s", error)
            raise _unusable(task.title) from error


def _furnish(folder: Path, task: Task, limits: Limits) -> None:
    given = [Given(path, "") for path in task.paths]
    for number, (name, data) in enumerate(task.contents):
        path = folder / f"{GIVEN}-{number}"
        path.write_bytes(data)
        given.append(Given(path, name))
    request = {
        "task": task.function,
        "given": [{"path": str(each.path), "name": each.name} for each in given],
        "options": dict(task.options),
        "limits": asdict(limits),
    }
    text = json.dumps(request)
    (folder / REQUEST).write_text(text, encoding="utf-8", errors="surrogateescape")


def _attend(folder: Path, limits: Limits, progress: ProgressReport) -> bool:
    """Have the child made and listen to it; whether it said that it was done."""
    ours, theirs = socket.socketpair()
    pid, is_done = 0, False
    with ours:
        with theirs:
            nursery().order(folder, theirs)
        try:
            for said in _lines(ours, time.monotonic() + limits.wall_s + _GRACE_S):
                if not pid and isinstance(said.get("pid"), int):
                    pid = said["pid"]
                elif (told := said.get("told")) is not None:
                    progress(*_as_told(told))
                is_done = is_done or said.get("done") is True
        except (TimeoutError, GarbledError, ConnectionError):
            is_done = False
            _end(pid)
    if not pid:
        raise _not_started()
    return is_done


def _end(pid: int) -> None:
    """Kill a child that speaks still, and all it made."""
    with suppress(ProcessLookupError):
        if pid:
            os.killpg(pid, signal.SIGKILL)


def _lines(line: socket.socket, deadline: float) -> Iterator[dict[str, Any]]:
    """What the child says, until it closes its line; TimeoutError at the deadline."""
    waiting = b""
    while True:
        line.settimeout(max(0.001, deadline - time.monotonic()))
        heard = line.recv(_LONGEST_LINE)
        if not heard:
            return
        *whole, waiting = (waiting + heard).split(b"\n")
        yield from map(_as_plain, whole)
        if len(waiting) > _LONGEST_LINE:
            raise GarbledError("A line is too long")


def _as_plain(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise GarbledError("A line is not JSON") from error
    if not isinstance(said, dict):
        raise GarbledError("A line is not an object")
    return said


def _as_told(told: Any) -> tuple[int, int, str]:
    match told:
        case [int(done), int(total), str(name)]:
            return done, total, name[:200]
    raise GarbledError("Progress is two numbers and a name")


def _answer(folder: Path, title: str, limits: Limits) -> Answer:
    plain = read_plain(folder)
    refused = plain.get("refused")
    if isinstance(refused, dict):
        parts = {key: str(refused.get(key, "")) for key in ("found", "cause", "remedy")}
        raise Refusal(str(refused.get("wrong", "")), **parts)
    if "failed" in plain:
        _LOG.warning("Reading a file failed with %.60s", plain["failed"])
        raise _too_large(title, limits) if plain.get("memory") is True else _unusable(title)
    found = plain.get("found")
    if not isinstance(found, dict):
        raise GarbledError("The answer holds nothing")
    names = [name for name in plain["frames"] if isinstance(name, str) and name.isidentifier()]
    return Answer(
        found | {"network": str(plain.get("network", ""))},
        {name: read_frame(folder, name) for name in names},
    )


def _not_started() -> Refusal:
    return Refusal(
        "Files cannot be read just now",
        found="The process that reads them did not start",
        cause="The machine is out of memory or processes, or the program was changed meanwhile",
        remedy="Try again; if it stays so, restart the program; nothing was imported",
    )


def _stopped(title: str, took_s: float, limits: Limits) -> Refusal:
    if took_s < 0.9 * min(limits.cpu_s, limits.wall_s):
        return _unusable(title)
    return Refusal(
        f"Reading {title} took longer than it may",
        found=f"It was stopped after {took_s:.0f} seconds",
        cause="The file is far larger inside than it looks, or was made to keep the reader busy",
        remedy="Split it by month or by area, or export it again; nothing was imported",
    )


def _too_large(title: str, limits: Limits) -> Refusal:
    return Refusal(
        f"{title} needs more memory than reading it may take",
        found=f"The limit is {limits.memory_bytes // MEGABYTE:,} MB",
        cause="The file is far larger inside than it looks",
        remedy="Split it by month or by area, or export it again; nothing was imported",
    )


def _unusable(title: str) -> Refusal:
    return Refusal(
        f"{title} could not be read",
        found="The reader stopped before it had an answer",
        cause="The file is damaged, or larger inside than it looks",
        remedy="Export it again, or split it; nothing was imported",
    )
