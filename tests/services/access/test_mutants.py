"""The machine notices every planted mistake, and finds none in the code as it is."""

import pytest

from chb.services.workspace import open_workspace
from tests.conftest import fixed_clock
from tests.services.access.machine import PeopleAtWork
from tests.services.access.mutants import MUTANTS
from tests.services.driven import drive

N_EXAMPLES = 2
N_STEPS = 12


def is_caught(ws):
    """Whether the machine fails within a few fixed steps."""
    try:
        drive(PeopleAtWork, ws, n_examples=N_EXAMPLES, n_steps=N_STEPS, is_fixed=True)
    except Exception:
        return True
    return False


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One store for all of them, on SQLite; each example empties it."""
    opened = open_workspace(tmp_path_factory.mktemp("mutants"), clock=fixed_clock, database_url="")
    yield opened
    opened.store.close()


def test_the_code_as_it_is_passes(store):
    drive(PeopleAtWork, store, n_examples=N_EXAMPLES, n_steps=N_STEPS, is_fixed=True)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_planted_mistake_is_caught(store, mutant):
    with MUTANTS[mutant]():
        assert is_caught(store)


def test_there_are_enough_of_them():
    assert len(MUTANTS) >= 20
