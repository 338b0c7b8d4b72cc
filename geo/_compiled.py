"""One way to compile a numeric loop, so that every loop is compiled alike.

Loops are cached on disk beside their module: the first import after an install
compiles, later ones load. They release the interpreter lock and never start
threads of their own; `in_threads` shares the work among ordinary threads, which
stays safe when several sessions compute at once and gives the same digits
whatever the number of processors.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from numba import njit, types
from numba.core.typing.templates import Signature

_P = ParamSpec("_P")
_R = TypeVar("_R")


def _read_only(item: types.Type, ndim: int) -> types.Type:
    """Return the type of an input array; read-only, because pandas hands out such columns."""
    return types.Array(item, ndim, "C", readonly=True)


FLOATS = _read_only(types.float64, 1)
FLOAT_ROWS = _read_only(types.float64, 2)
INTS = _read_only(types.int64, 1)
SHORT_INTS = _read_only(types.int32, 1)
OUT_FLOATS = types.Array(types.float64, 1, "C")
OUT_FLOAT_ROWS = types.Array(types.float64, 2, "C")
OUT_INTS = types.Array(types.int64, 1, "C")
OUT_SHORT_INTS = types.Array(types.int32, 1, "C")
INT, FLOAT, NOTHING = types.int64, types.float64, types.void


# The type of a named tuple in a signature.
record: Callable[..., types.Type] = types.BaseTuple.from_types


def compiled(*signature: Signature) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Return a decorator that compiles a loop for its signature (a loop's helper needs none).

    Sums may be reordered for speed (about 1e-15 relative); NaN and infinity keep their meaning.
    """

    def decorate(loop: Callable[_P, _R]) -> Callable[_P, _R]:
        return njit(
            list(signature) or None,
            nogil=True,
            cache=True,
            error_model="numpy",
            fastmath={"reassoc", "contract", "nsz"},
        )(loop)

    return decorate


def in_threads(loop: Callable[[int, int], None], n: int, *, smallest: int = 4_096) -> None:
    """Call ``loop(start, stop)`` over disjoint parts of ``range(n)``, one thread per processor."""
    workers = os.cpu_count() or 1
    parts = max(1, min(8 * workers, n // smallest))
    edges = [n * part // parts for part in range(parts + 1)]
    if parts == 1 or workers == 1:
        loop(0, n)
        return
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(loop, edges[:-1], edges[1:]))
