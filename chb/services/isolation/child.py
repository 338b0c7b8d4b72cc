"""In the child: shut in, do the one task, hand the answer back, end."""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from chb.domain.refusal import Refusal
from chb.services.isolation.answers import Answer, write_answer
from chb.services.isolation.limits import Limits, impose
from chb.services.isolation.walls import bind_to_parent, cut_network, shut_in

REQUEST: Final = "request.json"
GIVEN: Final = "given"
DONE: Final = b'{"done": true}\n'

Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Given:
    """One thing to read, as the parent named it: a path, or a file put into the room."""

    path: Path
    name: str
    """Empty for a path, which has its own."""


@dataclass(frozen=True)
class Job:
    """What a task is given: things to read, plain options, and a way to tell how far it is."""

    given: tuple[Given, ...]
    options: Mapping[str, Any]
    tell: Tell


Task = Callable[[Job], Answer]


def work(room: Path, line: socket.socket) -> None:
    """Do the task that the room's request names; what goes wrong is part of the answer."""
    bind_to_parent(signal.SIGKILL)
    request = json.loads((room / REQUEST).read_text(encoding="utf-8"))
    given = tuple(Given(Path(each["path"]), each["name"]) for each in request["given"])
    task = _task(request["task"])
    os.chdir(room)
    tempfile.tempdir = str(room)
    network = cut_network()
    impose(Limits(**request["limits"]))
    shut_in(room, [each.path for each in given])
    plain, frames = _outcome(task, Job(given, request["options"], _teller(line)))
    write_answer(room, {"network": network, **plain}, frames)
    line.sendall(DONE)


def _task(name: str) -> Task:
    module, _, function = name.partition(":")
    task: Task = getattr(importlib.import_module(module), function)
    return task


def _outcome(task: Task, job: Job) -> tuple[dict[str, Any], Mapping[str, Any]]:
    try:
        answer = task(job)
    except Refusal as refusal:
        return {"refused": refusal.as_dict()}, {}
    except Exception as error:
        return {"failed": type(error).__name__, "memory": isinstance(error, MemoryError)}, {}
    return {"found": answer.plain}, answer.frames


def _teller(line: socket.socket) -> Tell:
    def tell(done: int, total: int, name: str) -> None:
        line.sendall(json.dumps({"told": [done, total, name]}).encode() + b"\n")

    return tell
