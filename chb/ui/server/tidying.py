"""Giving memory back while people work.

A run of a page leaves much behind that refers to itself. Streamlit would collect it after
every run, while everybody waits; Python by itself waits until a quarter of all there is has
gathered. Once in a while is in between, and what was freed goes back to the system.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from typing import Final

EVERY_S: Final = 20.0


def start_tidying(*, every_s: float = EVERY_S) -> threading.Event:
    """Collect garbage from now on, until what is returned is set or the process ends."""
    ended = threading.Event()

    def tidy() -> None:
        while not ended.wait(every_s):
            gc.collect()
            _give_back()

    threading.Thread(target=tidy, name="tidying", daemon=True).start()
    return ended


def _give_back() -> None:
    """The C library keeps freed memory for itself; on Linux it can be asked for it."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
