"""Uncertain locations spread their weight, and no more than their weight."""

import numpy as np
import pytest
import shapely

from geo.errors import GeoInputError
from geo.influence import disc_influence

CELLS = np.array(
    [shapely.box(x, y, x + 100, y + 100) for x in range(0, 1000, 100) for y in range(0, 1000, 100)]
)


def surface(x, y, radius, weight, group):
    return disc_influence(
        np.array(x, float),
        np.array(y, float),
        radius_m=np.array(radius, float),
        weight=np.array(weight, float),
        group=np.array(group),
        cells=CELLS,
    )


def test_the_weight_is_conserved_however_small_the_radius():
    influence, _ = surface([500, 321], [500, 654], [200, 5], [1.0, 0.6], [0, 1])
    assert influence.sum() == pytest.approx(1.6)


def test_weight_outside_the_cells_is_not_squeezed_in():
    influence, _ = surface([0], [500], [200], [1.0], [0])
    assert influence.sum() == pytest.approx(0.5, abs=1e-9)


def test_two_groups_in_one_cell_are_two_and_two_locations_of_one_group_are_one():
    _, groups = surface([450, 455, 450], [450, 455, 450], [10, 10, 10], [1, 1, 1], [0, 0, 1])
    assert groups.max() == 2
    assert (groups > 0).sum() == 1


def test_no_locations_is_no_influence():
    influence, groups = surface([], [], [], [], np.array([], dtype=np.int64))
    assert influence.sum() == 0 and groups.sum() == 0


def test_a_pin_is_refused():
    with pytest.raises(GeoInputError, match="radius must be above 0"):
        surface([500], [500], [0], [1], [0])
