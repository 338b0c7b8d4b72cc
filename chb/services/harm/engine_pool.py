"""The engine in processes of its own, so that a long calculation stops nobody's screen.

The workers live as long as the server. There is one fewer than there are processors, and
one calculation a person at a time: a second one waits for the first.
"""

from __future__ import annotations

import atexit
import os
import pickle
import queue
import socket
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from chb.domain.access.permissions import Permission
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.engine_orders import HERE, WALL_S, Order, Reply, too_large, too_long
from chb.services.workspace import Workspace, default_database_url

_PROJECT: Final = Path(__file__).resolve().parents[3]
_PROGRAM: Final = "chb.services.harm.engine_worker"
_KEPT: Final = ("HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "MALLOC_ARENA_MAX")
_ALSO_KEPT: Final = ("NUMBA_", "OMP_", "OPENBLAS_")
"""Beginnings of names that say how to calculate."""
_FOR_POSTGRESQL: Final = "PG"
"""Of those that say how its server is reached; only a worker that has to is told."""


class EngineError(Exception):
    """A defect of the engine, found in a worker: its own account is in the notes."""


def _command(*, reaches_server: bool) -> list[str]:
    return [sys.executable, "-P", "-m", _PROGRAM, *([] if reaches_server else [HERE])]


def _surroundings(*, reaches_server: bool) -> dict[str, str]:
    """What a worker is told of the server's environment."""
    beginnings = (*_ALSO_KEPT, _FOR_POSTGRESQL) if reaches_server else _ALSO_KEPT
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or name.startswith(beginnings)
    }
    return kept | {"PYTHONPATH": str(_PROJECT)}


def n_workers() -> int:
    """One processor is left for the screens."""
    return max(1, len(os.sched_getaffinity(0)) - 1)


class _Worker:
    """One process and the line to it. It knows no secret but an order's database."""

    def __init__(self) -> None:
        address = default_database_url()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own words only
                _command(reaches_server=bool(address)),
                stdin=theirs.fileno(),
                env=_surroundings(reaches_server=bool(address)),
            )
        self._line = Connection(ours.detach())

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, order: Order, wall_s: float) -> Reply:
        """Send an order and wait; TimeoutError, or EOFError or OSError when the worker has died."""
        self._line.send_bytes(pickle.dumps(order, pickle.HIGHEST_PROTOCOL))
        if not self._line.poll(wall_s):
            raise TimeoutError(f"No answer in {wall_s} seconds")
        reply = pickle.loads(self._line.recv_bytes())  # noqa: S301 - from our own worker
        if not isinstance(reply, Reply):
            raise EOFError("A worker answered something else")
        return reply

    def close(self) -> None:
        """End the process, at once if it is in the middle of something."""
        self._line.close()
        self._process.kill()
        self._process.wait()


class EnginePool:
    """Workers that wait, and the people whose turn it is."""

    def __init__(self, size: int, *, wall_s: float = WALL_S) -> None:
        self._wall_s = wall_s
        self._workers = [_Worker() for _ in range(size)]
        self._idle: queue.Queue[_Worker] = queue.Queue()
        for worker in self._workers:
            self._idle.put(worker)
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes, for whoever measures them."""
        return tuple(worker.pid for worker in self._workers)

    def run(self, order: Order, person: str) -> Any:
        """The result; raises Refusal as the service would, or when the worker died."""
        with self._turn(person):
            reply = self._reply(order)
        if reply.refused is not None:
            wrong = reply.refused.pop("wrong")
            raise Refusal(wrong, **reply.refused)
        if reply.defect:
            error = EngineError(f"The engine failed at {order.name}")
            error.add_note(reply.defect)
            raise error
        return reply.result

    def close(self) -> None:
        """End every worker."""
        for worker in self._workers:
            worker.close()

    def _reply(self, order: Order) -> Reply:
        worker = self._idle.get()
        try:
            return worker.ask(order, self._wall_s)
        except TimeoutError as error:
            worker = self._replaced(worker)
            raise too_long(self._wall_s) from error
        except (EOFError, OSError) as error:
            worker = self._replaced(worker)
            raise too_large() from error
        finally:
            self._idle.put(worker)

    def _replaced(self, dead: _Worker) -> _Worker:
        with suppress(OSError):
            dead.close()
        fresh = _Worker()
        self._workers[self._workers.index(dead)] = fresh
        return fresh

    @contextmanager
    def _turn(self, person: str) -> Iterator[None]:
        if not person:
            yield
            return
        with self._turns[person]:
            yield


_lock: Final = threading.Lock()
_pools: Final[list[EnginePool]] = []


def get_ready() -> EnginePool:
    """The pool of this process; the first call starts its workers, and does not wait for them."""
    with _lock:
        if not _pools:
            _pools.append(EnginePool(n_workers()))
            atexit.register(_pools[0].close)
        return _pools[0]


@needs(Permission.SEE_HARM_FIGURES)
def run(ws: Workspace, name: str, request: Any, *, person: str = "") -> Any:
    """Run an analysis of ``engine_worker.RUNS`` on the workspace, in a worker.

    Same result and refusals as the service itself. ``person`` names who waits for it;
    one person's requests go one after the other.
    """
    order = Order(ws.home.absolute(), default_database_url(), ws.scope, name, request)
    return get_ready().run(order, person)
