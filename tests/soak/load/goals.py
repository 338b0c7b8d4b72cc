"""What is promised of the running product, and what of it a measurement missed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tests.soak.load.crowd import Watched
from tests.soak.load.figures import quantile, spread
from tests.soak.load.neighbour import Noise

MOST_P95_S: Final = {25: 1.5, 40: 2.5}
"""On two processors, by people; other numbers of them are told without a target."""
MOST_BYTES: Final = 500_000
"""Sent for one rerun."""
MOST_RATIO: Final = 1.5
HALF_AN_HOUR_S: Final = 1_800.0
MOST_GROWTH: Final = 0.1
"""Of memory, over half an hour after the caches are warm; less time tells nothing of it."""


def growth(watched: Watched) -> float:
    """Share by which the screens' memory grew from the first quarter to the last tenth."""
    sizes = [sample.screens_bytes for sample in watched.samples]
    quarter, tenth = max(1, len(sizes) // 4), max(1, len(sizes) // 10)
    return _mean(sizes[-tenth:]) / _mean(sizes[:quarter]) - 1


def missed_at_work(watched: Watched) -> list[str]:
    """In words; empty when waits, weights, memory and answers are as promised."""
    missed = []
    limit_s, p95_s = MOST_P95_S.get(watched.n_people), spread(watched.counted).p95_s
    if limit_s is not None and not p95_s <= limit_s:
        missed.append(f"{watched.n_people} people: p95 {p95_s:.2f} s, over {limit_s:g} s")
    heaviest = quantile(sorted(turn.sent_bytes for turn in watched.turns), 1.0)
    if heaviest > MOST_BYTES:
        missed.append(f"{watched.n_people} people: {heaviest / 1000:.0f} kB for one rerun")
    if watched.counted_s >= HALF_AN_HOUR_S and growth(watched) > MOST_GROWTH:
        missed.append(f"{watched.n_people} people: memory grew by {growth(watched):.0%}")
    if watched.errors:
        missed.append(f"{watched.n_people} people: {len(watched.errors)} errors")
    return missed


def missed_beside_heavy_work(noise: Noise) -> list[str]:
    """In words; empty when the others notice little."""
    missed = []
    if not noise.ratio <= MOST_RATIO:
        missed.append(f"beside heavy profiles the others wait {noise.ratio:.2f} times as long")
    if noise.errors:
        missed.append(f"beside heavy profiles: {len(noise.errors)} errors")
    return missed


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)
