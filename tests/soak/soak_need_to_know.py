"""Need to know at full length, on both databases: ``make soak``."""

from tests.services.access.machine import PeopleAtWork
from tests.services.driven import drive

N_EXAMPLES = 200
N_STEPS = 30


def test_two_hundred_partnerships_at_work(ws):
    drive(PeopleAtWork, ws, n_examples=N_EXAMPLES, n_steps=N_STEPS)
