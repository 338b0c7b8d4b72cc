"""The soak in a few seconds, so that every run of the tests has it. ``make soak`` runs it whole."""

import random

from tests.soak.driving import kill_in_the_middle, n_noted, start_writers, unaccounted


def test_twenty_writers_at_once_lose_and_double_nothing(target):
    writers = start_writers(target, n_processes=2, n_threads=10, seconds=2, seed=1)
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert n_noted(target) > 20
    assert unaccounted(target) == []


def test_what_was_acknowledged_survives_a_kill_in_the_middle(target):
    rng = random.Random(2)
    for seed in range(3):
        before = n_noted(target)
        kill_in_the_middle(target, rng=rng, seed=seed)
        assert n_noted(target) > before
        assert unaccounted(target) == []
