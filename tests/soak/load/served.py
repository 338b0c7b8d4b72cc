"""``python -m chb serve`` on a store, and what its processes take."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.browser.app_server import PROJECT, environment, free_port
from tests.soak.load.resources import Taken, command_of, taken_by, with_descendants

PATIENCE_S: Final = 180.0
_SCREENS: Final = "streamlit run"
_WORKER: Final = "engine_worker"


class Served:
    """A server that runs: its address, its processes, its log."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self._process = process
        self.port = port
        self.log = log

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def screens(self) -> Taken:
        """What the process that draws everybody's screens takes."""
        return self._taken(_SCREENS)

    def engine(self) -> Taken:
        """What the workers of the engine take."""
        return self._taken(_WORKER)

    def wait_until_ready(self) -> None:
        """Return when it answers; AssertionError with its log when it does not."""
        deadline = time.monotonic() + PATIENCE_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The server did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """End the command and what it started, and nothing else."""
        for way in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self._process.pid, way)
                self._process.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue

    def _taken(self, command: str) -> Taken:
        pids = with_descendants(self._process.pid)
        return taken_by(tuple(pid for pid in pids if command in command_of(pid)))

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def served(home: Path, *, sign_in: str) -> Iterator[Served]:
    """Start the command in a group of processes of its own, and end the group.

    Args:
        home: the store's folder.
        sign_in: ``CHB_SIGN_IN``.
    """
    port, log = free_port(), home.parent / f"{home.name}.serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "chb", "serve", "--port", str(port)],
            cwd=PROJECT,
            env=environment(home) | {"CHB_SIGN_IN": sign_in},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Served(process, port, log)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()
