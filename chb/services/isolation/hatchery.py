"""The server's hold on its nursery: started once, asked for children, started again if lost."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from chb.services.isolation.rooms import sweep_rooms

_PROJECT: Final = Path(__file__).resolve().parents[3]
_PRELOAD: Final = "chb.services.loading.tasks"
_ENVIRONMENT: Final = {
    "LANG": "C.UTF-8",
    "PYTHONPATH": str(_PROJECT),
    "PYTHONDONTWRITEBYTECODE": "1",
    # One thread, and memory that is counted where the limits look.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    # No reader asks GDAL for anything. Should one ever, it finds no way out.
    "OGR_SKIP": "OGR_VRT,VRT,WFS,OAPIF,CARTO,Elasticsearch,CSW,PLSCENES,NGW,AmigoCloud,MVT,HTTP",
    "GDAL_SKIP": "VRT,WMS,WCS,WMTS,HTTP,PLMOSAIC,DAAS,EEDA",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_VRT_ENABLE_PYTHON": "NO",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "PROJ_NETWORK": "OFF",
}
"""All a nursery knows of the server's surroundings: no secret, no address of a database."""


class Nursery:
    """The nursery's process and the socket its orders go through."""

    def __init__(self) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own words only
                [sys.executable, "-P", "-m", "chb.services.isolation.nursery", _PRELOAD],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        self._of = os.getpid()
        atexit.register(self.close)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_ours(self) -> bool:
        """Whether it lives, and was started by this very process."""
        return self._of == os.getpid() and self._process.poll() is None

    def order(self, room: Path, line: socket.socket) -> None:
        """Have a child made that works in the room and speaks through the line."""
        socket.send_fds(self._orders, [os.fsencode(room)], [line.fileno()])

    def close(self) -> None:
        """Let it end; of a process made by forking, only this process's hold is let go."""
        self._orders.close()
        if self._of == os.getpid():
            self._process.wait()


_lock: Final = threading.Lock()
_held: list[Nursery] = []


def nursery() -> Nursery:
    """The nursery of this process; the first call starts it, and does not wait for it."""
    with _lock:
        if not _held or not _held[0].is_ours:
            sweep_rooms()
            _held[:] = [Nursery()]
        return _held[0]
