"""What was measured, run by run, and what is told of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """One thing a person did, from sending it until the script had finished."""

    page: str
    doing: str
    seconds: float
    sent_bytes: int
    """By the server: frames of the websocket, and layers of the map that it named."""
    at_s: float
    """When it was asked, on the clock of the event loop."""
    error: str = ""


@dataclass(frozen=True)
class Spread:
    """Seconds at which half, 95 in 100 and all of the turns were done."""

    n_turns: int
    median_s: float
    p95_s: float
    longest_s: float


def spread(turns: Iterable[Turn]) -> Spread:
    """Over turns without an error; not a number when there is none."""
    times = sorted(turn.seconds for turn in turns if not turn.error)
    return Spread(len(times), quantile(times, 0.5), quantile(times, 0.95), quantile(times, 1.0))


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the ordered values does not exceed."""
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
