"""Bombs of every size, and every bad input through a real child: ``make soak``."""

import time

import pytest

from tests.services.loading.bad_inputs import all_cases, bombs
from tests.services.loading.test_bad_inputs import check, store

__all__ = ["store"]


@pytest.mark.parametrize("bomb", list(bombs()), ids=lambda bomb: bomb.title)
def test_a_bomb_is_stopped_within_its_limits(bomb, store):
    started = time.monotonic()
    check(bomb, store)
    assert time.monotonic() - started < 60


def test_every_bad_input_through_a_child(store):
    for case in all_cases():
        check(case, store)
