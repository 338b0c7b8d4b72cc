"""Selection, transforms, stability, priority: the choices a person makes about hotspots."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.errors import GeoInputError
from geo.hotspots.priority import prioritise
from geo.hotspots.selection import hottest_area, top_cells
from geo.hotspots.stability import StabilityRule, stability
from geo.hotspots.transforms import square_root, winsorised

AMOUNTS = arrays(np.float64, 12, elements=st.integers(0, 20).map(float))


@given(values=AMOUNTS, k=st.integers(1, 15))
def test_top_cells_equal_a_sorted_list(values, k):
    ranked = sorted(range(12), key=lambda cell: (-values[cell], cell))
    expected = {cell for cell in ranked[:k] if values[cell] > 0}
    assert set(np.flatnonzero(top_cells(values, k=k))) == expected


def test_missing_cells_are_never_on_top():
    assert top_cells([np.nan, 1, 3], k=3).tolist() == [False, True, True]
    with pytest.raises(GeoInputError, match="At least one cell"):
        top_cells([1, 2], k=0)


@given(values=AMOUNTS, share=st.floats(0.01, 1), seed=st.integers(0, 99))
def test_hottest_area_takes_the_densest_that_fit(values, share, seed):
    areas = np.random.default_rng(seed).uniform(0.5, 2, 12)
    chosen = hottest_area(values, areas, share_of_area=share)
    assert areas[chosen].sum() <= share * areas.sum() * (1 + 1e-9) or chosen.sum() == 1
    if chosen.any() and not chosen.all():
        density = values / areas
        assert density[chosen].min() >= density[~chosen].max()


def test_hottest_area_refuses_percentages():
    with pytest.raises(GeoInputError, match=r"5 per cent is 0\.05"):
        hottest_area([1, 2], [1, 1], share_of_area=5)


def test_transforms_keep_order_and_cap_only_the_top():
    harm = np.array([0, 1, 4, 9, 10_000.0])
    assert square_root(harm).tolist() == [0, 1, 2, 3, 100]
    capped = winsorised(harm, largest_quantile=0.5)
    assert capped.tolist() == [0, 1, 4, 6.5, 6.5]
    assert winsorised([0, 0]).tolist() == [0, 0]
    with pytest.raises(GeoInputError, match="negative"):
        square_root([-1])


@given(runs=arrays(np.float64, (5, 9), elements=st.integers(0, 6).map(float)), k=st.integers(1, 9))
def test_stability_is_the_share_of_runs_on_top(runs, k):
    found = stability(runs, k=k)
    hits = [sum(top_cells(run, k=k)[cell] for run in runs) for cell in range(9)]
    np.testing.assert_allclose(found.share, np.array(hits) / 5)
    names = {5: "robust", 4: "robust", 3: "likely", 2: "fragile", 1: "fragile", 0: "never hottest"}
    assert found.steadiness.tolist() == [names[hit] for hit in hits]


def test_stability_counts_only_runs_that_cover_the_cell():
    runs = [[9, np.nan, 1, np.nan], [9, 5, 1, np.nan]]
    found = stability(runs, k=1, rule=StabilityRule(robust=0.9, likely=0.1))
    assert found.share[:3].tolist() == [1, 0, 0]
    assert np.isnan(found.share[3])
    with pytest.raises(GeoInputError, match="1 run was found"):
        stability([[1, 2]], k=1)


def naive_ranks(components, weights):
    """Score by counting, rank by counting."""
    n = len(components[0])
    score = [
        sum(
            weight
            * (sum(o < column[h] for o in column) + sum(o == column[h] for o in column) / 2)
            / n
            for column, weight in zip(components, weights, strict=True)
        )
        for h in range(n)
    ]
    return [1 + sum(other > mine + 1e-9 for other in score) for mine in score]


@settings(max_examples=40)
@given(columns=arrays(np.float64, (3, 6), elements=st.integers(0, 5).map(float)))
def test_priority_equals_counting(columns):
    names, weights = ["harm", "persistence", "gap"], [3.0, 2.0, 1.0]
    given_weights = dict(zip(names, weights, strict=True))
    found = prioritise(dict(zip(names, columns, strict=True)), given_weights)
    assert found.rank.tolist() == naive_ranks(columns, weights)
    np.testing.assert_allclose(found.contributions.sum(axis=1), found.score)
    varied = [
        naive_ranks(columns, [w * f for w, f in zip(weights, factors, strict=True)])
        for factors in product((0.8, 1, 1.2), repeat=3)
    ]
    assert found.best_rank.tolist() == np.min(varied, axis=0).tolist()
    assert found.worst_rank.tolist() == np.max(varied, axis=0).tolist()


@pytest.mark.parametrize(
    ("components", "weights", "words"),
    [
        ({"harm": [1, 2]}, {"gap": 1}, "unmatched: gap, harm"),
        ({"harm": [1, 2]}, {"harm": 0}, "nor all zero"),
        ({"harm": [1, 2], "gap": [1, 2]}, {"harm": 1, "gap": -1}, "must not be negative"),
        ({"harm": [1, np.nan]}, {"harm": 1}, "values of harm are missing"),
        ({}, {}, "From 1 to 8"),
        ({"harm": [1, 2], "gap": [1]}, {"harm": 1, "gap": 1}, "same number of rows"),
    ],
)
def test_priority_refuses_in_sentences(components, weights, words):
    with pytest.raises(GeoInputError, match=words):
        prioritise(components, weights)
