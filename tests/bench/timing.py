"""Wall-clock medians of two contestants who take turns, so that a busy machine slows both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

BUDGET_S: Final = 30.0
"""No contest starts another round after this long, so that the whole stays bearable."""


@dataclass(frozen=True)
class Contestant:
    """Somebody who does the task: ``warm_up`` is a smaller task of the same kind."""

    name: str
    run: Callable[[], Any]
    threads: int
    warm_up: Callable[[], object] | None = None


@dataclass(frozen=True)
class Race:
    """Median seconds of both, over the same number of rounds, and what they answered."""

    ours_s: float
    theirs_s: float
    rounds: int
    our_answer: Any
    their_answer: Any


def race(ours: Contestant, theirs: Contestant, *, rounds: int = 5) -> Race:
    """Warm both up, then let them take turns."""
    for contestant in (ours, theirs):
        (contestant.warm_up or contestant.run)()
    our_times: list[float] = []
    their_times: list[float] = []
    while len(our_times) < rounds and sum(our_times) + sum(their_times) < BUDGET_S:
        seconds, our_answer = timed(ours.run)
        our_times.append(seconds)
        seconds, their_answer = timed(theirs.run)
        their_times.append(seconds)
    return Race(
        ours_s=statistics.median(our_times),
        theirs_s=statistics.median(their_times),
        rounds=len(our_times),
        our_answer=our_answer,
        their_answer=their_answer,
    )


def median_s(run: Callable[[], object], *, rounds: int = 5, warm_up: bool = True) -> float:
    """Median seconds of one contestant alone."""
    if warm_up:
        run()
    return statistics.median(timed(run)[0] for _ in range(rounds))


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and answer of one call."""
    start = time.perf_counter()
    answer = run()
    return time.perf_counter() - start, answer
