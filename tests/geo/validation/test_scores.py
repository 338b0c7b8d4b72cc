"""Forward-test measures against counting by hand."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.errors import GeoInputError
from geo.validation.bootstrap import bootstrap_months
from geo.validation.concentration import concentration, generalised_gini
from geo.validation.forward import forward_test
from geo.validation.rank_overlap import rank_biased_overlap
from geo.validation.scores import score

AMOUNTS = arrays(np.float64, 7, elements=st.integers(0, 9).map(float))


def test_worked_example():
    hot = np.array([True, True, False, False, False])
    found = score(hot, [6, 2, 2, 0, 0], [3, 1, 4, 0, 2], [1, 1, 1, 1, 6])
    assert found.hit_rate == pytest.approx(0.4)
    assert found.pai == pytest.approx(0.4 / 0.2)
    assert found.pei == pytest.approx(4 / 7)
    assert found.recapture_rate_index == pytest.approx(0.4 / 0.8)


@given(hot=arrays(np.bool_, 7), later=AMOUNTS)
def test_best_is_the_best_of_all_choices_of_as_many_equal_cells(hot, later):
    assume(hot.any())
    found = score(hot, later, later, np.ones(7))
    best = max(sum(some) for some in combinations(later, int(hot.sum())))
    assert found.best_inside == pytest.approx(best)
    assert not found.pei > 1 + 1e-12


def test_nothing_later_is_not_a_score_of_zero():
    found = score(np.array([True, False]), [1, 1], [0, 0], [1, 1])
    assert np.isnan([found.hit_rate, found.pai, found.pei, found.recapture_rate_index]).all()


@pytest.mark.parametrize(
    ("hot", "later", "areas", "words"),
    [
        ([False, False], [1, 1], [1, 1], "No cell is hot"),
        ([True, False], [1, -1], [1, 1], "negative"),
        ([True, False], [1, np.nan], [1, 1], "missing"),
        ([True, False], [1, 1], [1, 0], "area above zero"),
        ([True, False], [1, 1, 1], [1, 1], "same number of rows"),
    ],
)
def test_bad_input_is_a_sentence(hot, later, areas, words):
    with pytest.raises(GeoInputError, match=words):
        score(np.array(hot), [1, 1], later, areas)


def test_forward_test_leaves_out_missing_months_and_brackets_the_estimate():
    random = np.random.default_rng(4)
    months = random.poisson(np.array([9, 8, 1, 1, 1, 1])[:, None], (6, 8)).astype(float)
    months[2, 3] = np.nan
    hot = np.array([True, True, False, False, False, False])
    found = forward_test(hot, [90, 80, 10, 10, 10, 10], months, np.ones(6), seed=1)
    used = np.delete(months, 3, axis=1)
    assert found.n_months == 7
    assert found.scores.hit_rate == pytest.approx(used[:2].sum() / used.sum())
    assert found.hit_rate.low < found.hit_rate.estimate < found.hit_rate.high
    assert found.pai.estimate == pytest.approx(found.scores.pai)
    again = forward_test(hot, [90, 80, 10, 10, 10, 10], months, np.ones(6), seed=1)
    assert again == found


def test_bootstrap_of_a_mean_is_near_the_textbook_interval():
    values = np.random.default_rng(0).normal(10, 2, 60)
    (found,) = bootstrap_months(lambda chosen: values[chosen].mean(keepdims=True), 60, seed=2)
    reach = 1.96 * values.std() / np.sqrt(60)
    assert found.estimate == pytest.approx(values.mean())
    assert [found.low, found.high] == pytest.approx(
        [values.mean() - reach, values.mean() + reach], abs=0.1
    )


def test_bootstrap_refuses_two_months():
    with pytest.raises(GeoInputError, match="at least 3 months"):
        bootstrap_months(lambda chosen: np.zeros(1), 2, seed=1)


def naive_gini(counts):
    """Twice the area between the most equal possible curve and the Lorenz curve, scaled.

    With fewer events than cells the most equal spread leaves cells empty, so the Gini is
    taken over as many of the busiest cells as there are events.
    """
    kept = sorted(counts, reverse=True)[: int(min(len(counts), sum(counts)))]
    n, mean = len(kept), sum(kept) / len(kept)
    return sum(abs(a - b) for a in kept for b in kept) / (2 * n * n * mean)


@given(counts=AMOUNTS)
def test_generalised_gini_equals_mean_differences(counts):
    assume(counts.sum() > 0)
    assert generalised_gini(counts) == pytest.approx(naive_gini(counts), abs=1e-9)


def test_concentration_of_random_and_of_piled_up_events():
    areas = np.ones(100)
    chance = np.random.default_rng(1).multinomial(300, areas / 100)
    piled = np.zeros(100)
    piled[:3] = 100
    by_chance, clear = (concentration(counts, areas, seed=5) for counts in (chance, piled))
    assert abs(by_chance.excess) < 0.1 < by_chance.p
    assert clear.excess > 0.9
    assert clear.p == pytest.approx(1 / 200)


@pytest.mark.parametrize(("counts", "words"), [([0, 0], "no events"), ([0.5, 1], "whole events")])
def test_concentration_refuses(counts, words):
    with pytest.raises(GeoInputError, match=words):
        concentration(counts, [1, 1], seed=1)


def naive_overlap(first, second, p):
    depth = min(len(first), len(second))
    agreement = [len(set(first[:d]) & set(second[:d])) / d for d in range(1, depth + 1)]
    return agreement[-1] * p**depth + (1 - p) * sum(a * p**d for d, a in enumerate(agreement))


@settings(max_examples=60)
@given(
    first=st.lists(st.integers(0, 12), min_size=1, unique=True),
    second=st.lists(st.integers(0, 12), min_size=1, unique=True),
    p=st.floats(0.05, 0.95),
)
def test_rank_biased_overlap_equals_its_definition(first, second, p):
    found = rank_biased_overlap(first, second, persistence=p)
    assert found == pytest.approx(naive_overlap(first, second, p))
    assert found == pytest.approx(rank_biased_overlap(second, first, persistence=p))


def test_rank_biased_overlap_at_its_ends_and_bad_rankings():
    assert rank_biased_overlap(["a", "b"], ["a", "b"]) == pytest.approx(1)
    assert rank_biased_overlap(["a", "b"], ["c", "d"]) == 0
    for first, p, words in ((["a", "a"], 0.9, "twice"), ([], 0.9, "empty"), (["a"], 1, "between")):
        with pytest.raises(GeoInputError, match=words):
            rank_biased_overlap(first, ["a"], persistence=p)
