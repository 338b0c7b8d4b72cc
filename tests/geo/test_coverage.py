"""Greedy maximal coverage: a case by hand, and every small case against all choices."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geo.coverage import greedy_coverage, proven_share
from geo.errors import GeoInputError
from geo.reach import provision, unmet


@st.composite
def small_cases(draw):
    n_cells, n_candidates = draw(st.integers(1, 6)), draw(st.integers(1, 5))

    def numbers(n, highest):
        return np.array(draw(st.lists(st.integers(0, highest), min_size=n, max_size=n)), float)

    reach = csr_array(numbers(n_cells * n_candidates, 1).reshape(n_cells, n_candidates))
    case = {
        "need": numbers(n_cells, 20),
        "provided": numbers(n_cells, 8) / 5,
        "amount": numbers(n_candidates, 10) / 5,
    }
    return reach, case


def closed_by(reach, case, chosen):
    """What a set of candidates closes together."""
    added = np.zeros(reach.shape[1])
    added[list(chosen)] = case["amount"][list(chosen)]
    after = unmet(case["need"], case["provided"] + provision(reach, added))
    return unmet(case["need"], case["provided"]).sum() - after.sum()


def best_of_all(reach, case, steps):
    most = min(steps, reach.shape[1])
    return max(closed_by(reach, case, each) for each in combinations(range(reach.shape[1]), most))


def test_the_greedy_choice_of_a_case_by_hand():
    # Needs 6, 5, 4; the first candidate reaches the first two cells, the others one each.
    reach = csr_array(np.array([[1.0, 0, 0], [1, 1, 0], [0, 0, 1]]))
    steps = greedy_coverage(
        reach, need=[6, 5, 4], provided=[0.5, 0, 0], amount=[1, 1, 0.5], steps=3
    )
    # The first closes 3 + 5 of 12; then half of 4; then nothing is left for the second.
    assert [(step.candidate, step.closed, step.gap) for step in steps] == [(0, 8, 4), (2, 2, 2)]
    assert [step.cells.tolist() for step in steps] == [[0, 1], [2]]


def test_of_equals_the_first_is_taken_and_each_once():
    reach = csr_array(np.ones((1, 3)))
    steps = greedy_coverage(reach, need=[9], provided=[0], amount=[1 / 3] * 3, steps=5)
    assert [step.candidate for step in steps] == [0, 1, 2]


def test_nothing_to_close_is_no_step():
    reach = csr_array(np.ones((2, 1)))
    assert greedy_coverage(reach, need=[1, 1], provided=[1, 2], amount=[1], steps=2) == ()
    nobody = csr_array((2, 0))
    assert greedy_coverage(nobody, need=[1, 1], provided=[0, 0], amount=[], steps=2) == ()


def test_the_proven_share_falls_towards_1_less_1_over_e():
    assert proven_share(1) == 1
    assert proven_share(2) == pytest.approx(0.75)
    assert 1 - 1 / np.e < proven_share(1000) < 0.633


@given(small_cases(), st.integers(1, 4))
def test_greedy_closes_the_proven_share_of_the_best(made, steps):
    reach, case = made
    taken = greedy_coverage(reach, **case, steps=steps)
    closed = sum(step.closed for step in taken)
    best = best_of_all(reach, case, steps)
    assert proven_share(steps) * best - 1e-9 <= closed <= best + 1e-9
    assert closed == pytest.approx(closed_by(reach, case, [step.candidate for step in taken]))


@given(small_cases())
def test_the_first_step_is_the_best_one_and_later_ones_close_less(made):
    reach, case = made
    taken = greedy_coverage(reach, **case, steps=5)
    assert sum(step.closed for step in taken[:1]) == pytest.approx(best_of_all(reach, case, 1))
    closed = [step.closed for step in taken]
    assert all(later <= sooner + 1e-9 for sooner, later in pairwise(closed))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"steps": 0}, "At least one step"),
        ({"amount": [1.0, 2.0]}, "same number"),
        ({"need": [1.0]}, "same number"),
        ({"amount": [-1.0]}, "negative"),
    ],
)
def test_what_does_not_fit_is_a_sentence(changes, says):
    asked = {"need": [1.0, 1.0], "provided": [0.0, 0.0], "amount": [1.0], "steps": 1} | changes
    with pytest.raises(GeoInputError, match=says):
        greedy_coverage(csr_array(np.ones((2, 1))), **asked)
