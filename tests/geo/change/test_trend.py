"""Mann-Kendall against its definition."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from geo.change.trend import mann_kendall
from geo.errors import GeoInputError


def naive_trend(series):
    known = [(t, v) for t, v in enumerate(series) if not np.isnan(v)]
    n = len(known)
    score = sum(np.sign(b - a) for (_, a), (_, b) in combinations(known, 2))
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(v for _, v in known).values())
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    z = (score - np.sign(score)) / np.sqrt(variance) if variance else 0.0
    return z, np.median([(b - a) / (tb - ta) for (ta, a), (tb, b) in combinations(known, 2)])


@settings(max_examples=80, deadline=None)
@given(
    series=arrays(
        np.float64, (3, 14), elements=st.one_of(st.integers(0, 4).map(float), st.just(np.nan))
    )
)
def test_equals_the_definition(series):
    found = mann_kendall(series)
    for row, values in enumerate(series):
        if np.count_nonzero(~np.isnan(values)) < 10:
            assert np.isnan([found.z[row], found.p[row], found.slope[row]]).all()
        else:
            z, slope = naive_trend(values)
            np.testing.assert_allclose([found.z[row], found.slope[row]], [z, slope], atol=1e-12)
            np.testing.assert_allclose(found.p[row], 2 * stats.norm.sf(abs(z)))


def test_rising_falling_and_constant():
    months = np.arange(12.0)
    found = mann_kendall([months * 3, -months, months * 0])
    assert found.p[0] < 0.001 < found.z[0]
    assert found.z[1] == -found.z[0]
    assert found.slope.tolist() == [3, -1, 0]
    assert (found.z[2], found.p[2]) == (0, 1)


def test_too_few_periods_are_refused():
    with pytest.raises(GeoInputError, match="9 periods were found and at least 10"):
        mann_kendall(np.zeros((4, 9)))
    with pytest.raises(GeoInputError, match="infinite"):
        mann_kendall(np.full((1, 12), np.inf))
