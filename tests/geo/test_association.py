"""Rank association and two-variable classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from geo.association import bivariate_classes, rank_association
from geo.errors import GeoInputError

COLUMN = arrays(np.float64, 15, elements=st.integers(0, 8).map(float)).filter(
    lambda values: np.ptp(values) > 0
)


@given(first=COLUMN, second=COLUMN)
def test_rho_is_spearmans_and_inside_its_interval(first, second):
    found = rank_association(first, second)
    assert found.rho == pytest.approx(stats.spearmanr(first, second).statistic, abs=1e-12)
    assert -1 <= found.low <= found.rho + 1e-9
    assert found.rho - 1e-9 <= found.high <= 1


def test_intervals_agree_missing_cells_are_counted_and_order_is_free():
    random = np.random.default_rng(6)
    first = random.normal(size=200)
    second = first + random.normal(size=200)
    second[:5] = np.nan
    fisher = rank_association(first, second)
    boot = rank_association(first[::-1], second[::-1], resamples=999, seed=3)
    assert (fisher.n, fisher.n_missing) == (195, 5)
    assert boot.rho == pytest.approx(fisher.rho)
    assert [boot.low, boot.high] == pytest.approx([fisher.low, fisher.high], abs=0.05)
    assert boot == rank_association(first[::-1], second[::-1], resamples=999, seed=3)


@pytest.mark.parametrize(
    ("first", "options", "words"),
    [
        (np.arange(9), {}, "in 9 cells"),
        (np.ones(12), {}, "first measure is 1 in every cell"),
        (np.arange(12), {"resamples": 99}, "needs a seed"),
    ],
)
def test_bad_input_is_a_sentence(first, options, words):
    with pytest.raises(GeoInputError, match=words):
        rank_association(first, np.arange(len(first)), **options)


def test_three_by_three_classes():
    found = bivariate_classes(np.arange(9), [5, 5, 5, 5, 6, 7, 8, 9, np.nan])
    assert found.first.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert found.second.tolist() == [0, 0, 0, 0, 1, 2, 2, 2, -1]
    assert len(found.first_breaks) == len(found.second_breaks) == 2
    with pytest.raises(GeoInputError, match="missing in every cell"):
        bivariate_classes([np.nan], [1])


@given(values=COLUMN)
def test_equal_values_share_a_class_and_larger_ones_never_a_lower(values):
    classes = bivariate_classes(values, values).first
    order = np.argsort(values)
    assert (np.diff(classes[order]) >= 0).all()
    assert len(set(zip(values, classes, strict=True))) == len(set(values))
