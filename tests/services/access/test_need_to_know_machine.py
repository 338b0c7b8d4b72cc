"""Nobody reads more than they need to know, whatever happens, on both databases.

The same steps in every run; ``make soak`` takes new ones, and many more.
"""

from tests.services.access.machine import PeopleAtWork
from tests.services.driven import drive


def test_everybody_reads_what_they_need_to_know_and_nothing_else(ws):
    drive(PeopleAtWork, ws, n_examples=3, n_steps=20, is_fixed=True)
