"""How time and memory of the density grow from 30,000 to 10 million events.

Two ways to grow: a longer history of the same county (the same points and cells, more rows),
and a larger country (rows, points and cells all in proportion). Memory is the most that was
held above what was held before the call, its answer included, over the bytes handed in.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from geo.density import kernel_density
from tests.bench import workload
from tests.bench.chart import Curve, draw
from tests.bench.memory import extra_bytes
from tests.bench.rows import Item, Row, figure
from tests.bench.timing import median_s
from tests.bench.workload import Events, Floats

SIZES: Final = (30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
N_CELLS: Final = 152_551
BANDWIDTH_M: Final = 500.0
STEEPEST: Final = 1.05
MOST_MEMORY: Final = 3.0
ROUNDS: Final = 7
MEMORY_ROUNDS: Final = 3
PICTURE: Final = Path("build/bench-growth.svg")

SAME_COUNTY, LARGER_COUNTRY = "the same county for longer", "a larger country"


@dataclass(frozen=True)
class _Step:
    n_events: int
    seconds: float
    memory_over_input: float


def _same_county(n_events: int) -> tuple[Events, tuple[Floats, Floats]]:
    n_points = min(workload.N_POINTS, n_events // 2)
    return workload.events(n_events, n_points), workload.places(N_CELLS)


def _larger_country(n_events: int) -> tuple[Events, tuple[Floats, Floats]]:
    scale = n_events / workload.N_EVENTS
    n_points = round(workload.N_POINTS * scale)
    return (
        workload.events(n_events, n_points, scale=scale),
        workload.places(round(N_CELLS * scale), scale=scale),
    )


def _step(rows: Events, at: tuple[Floats, Floats]) -> _Step:
    def run() -> Floats:
        return kernel_density(rows.x_m, rows.y_m, rows.harm_days, *at, bandwidth_m=BANDWIDTH_M)

    seconds = median_s(run, rounds=ROUNDS)
    input_bytes = rows.n_bytes + sum(axis.nbytes for axis in at)
    extra = statistics.median(extra_bytes(run) for _ in range(MEMORY_ROUNDS))
    return _Step(len(rows), seconds, extra / input_bytes)


def exponent(n_events: Iterable[int], seconds: Iterable[float]) -> float:
    """Slope of the line through the logarithms: 1 is in proportion, 2 is the square."""
    slope, _ = np.polyfit(np.log(list(n_events)), np.log(list(seconds)), 1)
    return float(slope)


def _measure() -> Iterable[Row]:
    grown = {
        name: [_step(*make(n_events)) for n_events in SIZES]
        for name, make in ((SAME_COUNTY, _same_county), (LARGER_COUNTRY, _larger_country))
    }
    draw(
        [_curve(name, steps, "seconds") for name, steps in grown.items()],
        [_curve(name, steps, "memory_over_input") for name, steps in grown.items()],
        most_memory=MOST_MEMORY,
        to=PICTURE,
    )
    for name, steps in grown.items():
        yield from _rows(name, steps)


def _rows(name: str, steps: list[_Step]) -> Iterable[Row]:
    n_events = [step.n_events for step in steps]
    seconds = [step.seconds for step in steps]
    last = exponent(n_events[-2:], seconds[-2:])
    yield figure(
        f"time, 30,000 to 10 million events, {name}",
        exponent(n_events, seconds),
        "exponent",
        at_most=STEEPEST,
        checked=f"{seconds[0] * 1000:.0f} ms to {seconds[-1]:.2f} s; last step {last:.2f}",
        threads="2",
        rounds=ROUNDS,
    )
    shares = [step.memory_over_input for step in steps]
    yield figure(
        f"memory beyond the input, the most at any size, {name}",
        max(shares),
        "times the input",
        at_most=MOST_MEMORY,
        checked=f"each size: {', '.join(f'{share:.1f}' for share in shares)}",
        threads="2",
        rounds=MEMORY_ROUNDS,
    )


def _curve(name: str, steps: list[_Step], value: str) -> Curve:
    return Curve(name, [step.n_events for step in steps], [getattr(step, value) for step in steps])


ITEMS: Final = (Item("growth from 30,000 to 10 million events", "", _measure),)
