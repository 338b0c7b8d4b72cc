"""Panels: zero is not the same as unknown."""

import numpy as np
import pytest

from geo.change.panel import panel
from geo.errors import GeoInputError


def test_sums_zeros_and_missing_months():
    found = panel([0, 0, 1, 0], [0, 0, 2, 2], [1, 2, 4, 8], shape=(2, 4), covered=[1, 1, 1, 0])
    np.testing.assert_array_equal(found, [[3, 0, 8, np.nan], [0, 0, 4, np.nan]])
    assert panel([1, 1], [0, 0], None, shape=(2, 1)).tolist() == [[0], [2]]


@pytest.mark.parametrize(
    ("cell", "period", "weights", "covered", "words"),
    [
        ([0, 5], [0, 0], None, None, r"cell outside 0 to 1, the first in row 1 \(5\)"),
        ([0, 0], [-1, 0], None, None, r"period outside 0 to 2, the first in row 0 \(-1\)"),
        ([0], [0], [-2], None, "negative"),
        ([0], [0], [1, 2], None, "same number of rows"),
        ([0], [1], [7], [True, False, True], "total weight of 7 lie in cells and periods"),
    ],
)
def test_bad_events_are_refused(cell, period, weights, covered, words):
    with pytest.raises(GeoInputError, match=words):
        panel(cell, period, weights, shape=(2, 3), covered=covered)
