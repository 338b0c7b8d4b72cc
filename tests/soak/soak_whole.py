"""What takes too long for every run: ``make soak``."""

import random

from tests.soak.driving import kill_in_the_middle, n_noted, start_writers, unaccounted

KILLS = 100


def test_twenty_writers_for_a_minute_lose_and_double_nothing(target):
    writers = start_writers(target, n_processes=4, n_threads=5, seconds=60, seed=1)
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert n_noted(target) > 1_000
    assert unaccounted(target) == []


def test_a_hundred_kills_lose_nothing_that_was_acknowledged(target):
    rng = random.Random(3)
    for seed in range(KILLS):
        before = n_noted(target)
        kill_in_the_middle(target, rng=rng, seed=seed)
        assert n_noted(target) > before
        assert unaccounted(target) == [], f"after kill {seed + 1}"
