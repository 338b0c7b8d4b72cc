"""Cells chosen for a boundary: one by one, ring by ring, half by half."""

import h3.api.numpy_int as h3
import pytest

from chb.ui.parts.draft_cells import (
    Side,
    bounds_of,
    by_position,
    half_of,
    switched,
    with_ring,
    without_ring,
)

CELL = 0x891951514A3FFFF
SEVEN = with_ring(frozenset({CELL}))


def test_a_ring_is_added_and_taken_off():
    assert len(SEVEN) == 7 and len(with_ring(SEVEN)) == 19
    assert without_ring(with_ring(SEVEN)) == SEVEN
    assert without_ring(SEVEN) == {CELL}


def test_the_last_ring_stays():
    assert without_ring(frozenset({CELL})) == {CELL}


def test_a_cell_is_switched_there_and_back():
    assert switched(SEVEN, CELL) == SEVEN - {CELL}
    assert switched(switched(SEVEN, CELL), CELL) == SEVEN


@pytest.mark.parametrize(
    ("one", "other", "axis"), [(Side.NORTH, Side.SOUTH, 0), (Side.EAST, Side.WEST, 1)]
)
def test_two_halves_are_the_whole_and_lie_on_their_sides(one, other, axis):
    upper, lower = half_of(SEVEN, one), half_of(SEVEN, other)
    assert upper and lower and upper | lower == SEVEN and not upper & lower
    assert min(h3.cell_to_latlng(cell)[axis] for cell in upper) > max(
        h3.cell_to_latlng(cell)[axis] for cell in lower
    )


def test_one_cell_has_an_empty_northern_half():
    assert half_of(frozenset({CELL}), Side.NORTH) == frozenset()


def test_cells_are_listed_from_north_to_south_within_their_bounds():
    latitudes = [h3.cell_to_latlng(cell)[0] for cell in by_position(SEVEN)]
    assert latitudes == sorted(latitudes, reverse=True)
    west, south, east, north = bounds_of(SEVEN)
    assert (south, north) == (latitudes[-1], latitudes[0]) and west < east
