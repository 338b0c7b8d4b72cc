"""The ring of cells round a place."""

import h3
import numpy as np
import pytest

from geo.errors import GeoInputError
from geo.surroundings import MOST_RINGS, ring_around

CENTRE = 0x89195150A07FFFF


def test_one_ring_round_one_cell_is_its_six_neighbours():
    ring = ring_around(np.array([CENTRE], dtype=np.uint64), 1)
    near = {int(h3.str_to_int(cell)) for cell in h3.grid_ring(h3.int_to_str(CENTRE), 1)}
    assert set(ring.tolist()) == near
    assert (np.diff(ring.astype(np.int64)) > 0).all()


def test_a_hole_belongs_to_the_ring_and_no_cell_of_the_place_does():
    place = np.sort(
        np.array(
            [h3.str_to_int(cell) for cell in h3.grid_ring(h3.int_to_str(CENTRE), 1)],
            dtype=np.uint64,
        )
    )
    ring = ring_around(place, 2)
    assert CENTRE in ring.tolist()
    assert not np.isin(place, ring).any()
    assert len(ring) == 1 + 12 + 18


@pytest.mark.parametrize("rings", [0, -1, MOST_RINGS + 1])
def test_a_width_that_cannot_be_meant_is_refused(rings):
    with pytest.raises(GeoInputError, match="1 to 10 cells wide"):
        ring_around(np.array([CENTRE], dtype=np.uint64), rings)
