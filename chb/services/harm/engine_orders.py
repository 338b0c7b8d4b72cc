"""What passes between the server and the processes of its engine, and what these may use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from chb.domain.access.scope import Scope
from chb.domain.refusal import Refusal
from chb.services.isolation.limits import MEGABYTE

MEMORY_BYTES: Final = 4 * 1024 * MEGABYTE
"""Of one process, beyond what its libraries hold."""
WALL_S: Final = 300.0
"""Until an answer must be there; the longest that is measured takes a tenth of it."""
CPU_S: Final = 1_200
"""Of one question, for a process that nobody waits for any more."""
HERE: Final = "here"
"""Told to a process whose store is a file of this machine: it needs no network at all."""

SMALLER: Final = "Ask for fewer months, a smaller area or a coarser resolution"


@dataclass(frozen=True)
class Order:
    """An analysis by its name in ``engine_worker.RUNS``, on a store, for somebody."""

    home: Path
    database_url: str
    scope: Scope
    name: str
    request: Any


@dataclass(frozen=True)
class Reply:
    """What came of an order: a result, the parts of a refusal, or an account of a defect."""

    result: Any = None
    refused: dict[str, str] | None = None
    defect: str = ""


def too_large() -> Refusal:
    """What is said of an analysis that takes more memory than there is for it."""
    return Refusal(
        "The calculation was stopped before it was done",
        cause="It needed more memory than it may take, or than the machine has",
        remedy=SMALLER,
    )


def too_long(wall_s: float) -> Refusal:
    """What is said of one that takes more time."""
    return Refusal(
        "The calculation took longer than it may",
        found=f"It was stopped after {wall_s:.0f} seconds",
        remedy=SMALLER,
    )
