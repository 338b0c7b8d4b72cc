"""The machine notices every planted mistake, and finds none in the code as it is."""

import pytest
from sqlalchemy.exc import IntegrityError

from chb.domain.refusal import Refusal
from chb.services.workspace import open_workspace
from tests.conftest import fixed_clock
from tests.services.access.machine import PeopleAtWork
from tests.services.access.mutants import MUTANTS
from tests.services.driven import drive

N_EXAMPLES = 3
N_STEPS = 12
NOTICED = (AssertionError, pytest.fail.Exception, Refusal, IntegrityError)
"""How the machine says so; any other fault is the mutant's own."""


def is_caught(ws):
    """Whether the machine fails, mostly in what it begins with, else within a few fixed steps."""
    try:
        begin(ws)
        work(ws)
    except NOTICED:
        return True
    return False


def begin(ws):
    """The partnership that every example starts from, read by everybody."""
    machine = type("Beginning", (PeopleAtWork,), {"ws": ws})()
    try:
        machine.a_partnership_at_work()
        machine.the_log_has_one_row_for_each_change()
    finally:
        machine.ws.store.close()


def work(ws):
    drive(PeopleAtWork, ws, n_examples=N_EXAMPLES, n_steps=N_STEPS, is_fixed=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One store for all of them, on SQLite; each example empties it."""
    opened = open_workspace(tmp_path_factory.mktemp("mutants"), clock=fixed_clock, database_url="")
    yield opened
    opened.store.close()


def test_the_code_as_it_is_passes(store):
    begin(store)
    work(store)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_planted_mistake_is_caught(store, mutant):
    with MUTANTS[mutant]():
        assert is_caught(store)


def test_there_are_enough_of_them():
    assert len(MUTANTS) >= 20
