"""The nursery: a process that has the libraries loaded and nothing else, and makes children.

It never opens a file from outside and has one thread, so that a child made of it begins
clean in some milliseconds. Each child does one task and ends. Run as a program, its
standard input is a socket: a message is the name of a room, with the child's line to the
parent beside it. It ends when that socket closes.
"""

from __future__ import annotations

import importlib
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from chb.services.isolation.child import work

LONGEST_MESSAGE: Final = 8192


def serve(orders: socket.socket) -> None:
    """Make a child for each order until there are no more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a child's line says when it has ended
    while True:
        room, descriptors, _, _ = socket.recv_fds(orders, LONGEST_MESSAGE, 1)
        if not room:
            return
        with socket.socket(fileno=descriptors[0]) as line:
            if os.fork() == 0:
                orders.close()
                _live(Path(os.fsdecode(room)), line)


def _live(room: Path, line: socket.socket) -> None:
    """The child's whole life; it never returns to the nursery's loop."""
    status = 1
    with suppress(BaseException):
        os.setsid()  # a group of its own, so that all of it can be ended at once
        line.sendall(b'{"pid": %d}\n' % os.getpid())
        work(room, line)
        status = 0
    os._exit(status)


def main() -> None:
    """Load what the children need, then serve."""
    for module in sys.argv[1:]:
        importlib.import_module(module)
    with socket.socket(fileno=sys.stdin.fileno()) as orders:
        serve(orders)


if __name__ == "__main__":
    main()
