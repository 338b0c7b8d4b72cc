"""Cells of one resolution as cells of another."""

import numpy as np
import pytest
import shapely

from geo.cell_levels import children, parents
from geo.cells import cover
from geo.errors import GeoInputError

CELLS = cover(shapely.box(-1.5, 53.36, -1.48, 53.38), 8)


def test_every_cell_has_seven_children_and_each_of_them_has_it_as_parent():
    fine, parent = children(CELLS, 9)
    assert len(fine) == 7 * len(CELLS) == len(np.unique(fine))
    assert (np.diff(fine.astype(np.int64)) > 0).all()
    assert (parents(fine, 8) == parent).all()
    assert set(parent) == set(CELLS)


def test_a_cell_is_its_own_parent_and_child_at_its_own_resolution():
    assert (parents(CELLS, 8) == CELLS).all()
    assert (children(CELLS, 8)[0] == CELLS).all()


def test_a_finer_parent_is_refused():
    with pytest.raises(GeoInputError, match="coarser"):
        parents(CELLS, 9)
