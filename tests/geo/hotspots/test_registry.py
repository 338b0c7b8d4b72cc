"""What every hotspot statistic in the registry promises."""

import re

import numpy as np
import pytest

from geo.errors import GeoInputError
from geo.hotspots.neighbours import as_neighbours
from geo.hotspots.registry import STATISTICS

SIDE = 20
NEAR = as_neighbours(
    [
        [
            (row + up) * SIDE + column + across
            for up in (-1, 0, 1)
            for across in (-1, 0, 1)
            if 0 <= row + up < SIDE and 0 <= column + across < SIDE
        ]
        for row in range(SIDE)
        for column in range(SIDE)
    ],
    SIDE**2,
)
PLANTED = [7 * SIDE + 12 + step for step in (0, 1, SIDE, SIDE + 1)]

pytestmark = pytest.mark.parametrize("statistic", STATISTICS.values(), ids=STATISTICS)


@pytest.fixture
def values():
    amounts = np.random.default_rng(3).poisson(2, SIDE**2).astype(float)
    amounts[PLANTED] += 25
    return amounts


def test_names_its_source(statistic):
    assert re.search(r"doi:10\.\d{4,}/\S+", statistic.__doc__)


def test_finds_what_was_planted(statistic, values):
    assert set(np.argsort(-statistic(values, NEAR))[:4]) == set(PLANTED)


def test_does_not_depend_on_units(statistic, values):
    np.testing.assert_allclose(statistic(values * 365, NEAR), statistic(values, NEAR))


def test_leaves_its_input_alone(statistic, values):
    before = values.copy()
    assert statistic(values, NEAR).shape == values.shape
    np.testing.assert_array_equal(values, before)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_refuses_what_is_not_a_number(statistic, values, bad):
    values[5] = bad
    with pytest.raises(GeoInputError, match="row 5"):
        statistic(values, NEAR)


def test_refuses_an_empty_map(statistic, values):
    with pytest.raises(GeoInputError, match="every cell has the same value, 0"):
        statistic(values * 0, NEAR)


def test_refuses_neighbours_of_other_cells(statistic, values):
    with pytest.raises(GeoInputError, match="399 cells but neighbours for 400"):
        statistic(values[1:], NEAR)
