"""One process of the engine: answers requests for analyses, one after the other, for hours.

Run as a program, its standard input is a socket to the server that started it. Both ends
are this program's own, so what passes between them are its own objects. It is shut in
before the first of them: no more memory than named, no program, and no network but to
the database server, if there is one.
"""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from chb.domain.access.scope import PUBLIC_DATA
from chb.domain.refusal import Refusal
from chb.services.harm.association import find_associations
from chb.services.harm.engine_orders import (
    CPU_S,
    HERE,
    MEMORY_BYTES,
    Order,
    Reply,
    too_large,
)
from chb.services.harm.forward_test import run_forward_test
from chb.services.harm.hotspots import find_hotspots
from chb.services.harm.monthly import monthly_harm
from chb.services.harm.profiling import build_profile
from chb.services.harm.stability import map_stability
from chb.services.harm.trends import find_trends
from chb.services.isolation.limits import allow_cpu, limit_memory
from chb.services.isolation.walls import cut_network, keep_to_the_store
from chb.services.workspace import Workspace, open_workspace
from geo.warm import warm

RUNS: Final[dict[str, Callable[[Workspace, Any], Any]]] = {
    "profile": build_profile,
    "monthly": monthly_harm,
    "hotspots": find_hotspots,
    "trends": find_trends,
    "forward_test": run_forward_test,
    "stability": map_stability,
    "associations": find_associations,
}
_NICENESS: Final = 10
"""A screen that waits for a click goes before a calculation."""


class Bench:
    """The store that is open: the last one asked for."""

    def __init__(self) -> None:
        self._where: tuple[Path, str] | None = None
        self._ws: Workspace | None = None

    def workspace(self, order: Order) -> Workspace:
        """The order's store, for the order's scope."""
        if self._ws is None or self._where != (order.home, order.database_url):
            if self._ws is not None:
                self._ws.store.close()
            self._ws = open_workspace(
                order.home, database_url=order.database_url, scope=PUBLIC_DATA
            )
            self._where = (order.home, order.database_url)
        return self._ws.seen_by(order.scope)


def answer(order: Order, bench: Bench) -> Reply:
    """Do what was ordered; nothing that goes wrong with it ends the process."""
    try:
        return Reply(result=RUNS[order.name](bench.workspace(order), order.request))
    except Refusal as refusal:
        return Reply(refused=refusal.as_dict())
    except MemoryError:
        return Reply(refused=too_large().as_dict())
    except Exception:
        return Reply(defect=traceback.format_exc())


def serve(orders: Connection, bench: Bench) -> None:
    """Answer orders until the server lets go, be it while an answer is on its way."""
    with suppress(EOFError, ConnectionError):
        while True:
            order = pickle.loads(orders.recv_bytes())  # noqa: S301 - from our own server
            allow_cpu(CPU_S)
            orders.send_bytes(pickle.dumps(answer(order, bench), pickle.HIGHEST_PROTOCOL))


def main() -> None:
    """Get ready, then serve whoever started this process: ``HERE`` says the store is a file."""
    os.nice(_NICENESS)
    if HERE in sys.argv[1:]:
        cut_network()
    warm()
    limit_memory(MEMORY_BYTES)
    keep_to_the_store()
    with Connection(os.dup(sys.stdin.fileno())) as orders:
        serve(orders, Bench())


if __name__ == "__main__":
    main()
