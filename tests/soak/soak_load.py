"""Half an hour of people at work: ``make soak``. How long they wait is measured by ``make load``,
which wants the machine for itself.
"""

import asyncio

from tests.soak.load.crowd import watch
from tests.soak.load.goals import MOST_GROWTH, growth, missed_at_work
from tests.soak.load.served import served
from tests.soak.load.stores import sample

N_PEOPLE = 24
"""One fewer than a number that waits are promised for: other soaks run beside this one."""
HALF_AN_HOUR_S = 1_800.0


def test_memory_is_flat_over_half_an_hour(tmp_path):
    store = sample(tmp_path)
    with served(store.home, sign_in=store.sign_in) as server:
        people = store.people(N_PEOPLE)
        watched = asyncio.run(watch(server, people, seconds=HALF_AN_HOUR_S, seed=1))
    assert missed_at_work(watched) == []
    assert growth(watched) <= MOST_GROWTH
