"""Rings that people draw: simple ones are kept, crossing ones refused, a point is found inside."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.assets.outlines import checked_outline, contains, point_inside
from chb.domain.refusal import Refusal

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
corner = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(
    lambda point: (point[0] / 8, point[1] / 8)
)


def test_a_ring_that_is_closed_or_has_a_double_click_is_kept_without():
    assert checked_outline((*SQUARE[:2], SQUARE[1], *SQUARE[2:], SQUARE[0])) == SQUARE
    assert checked_outline(()) == ()


@given(st.lists(corner, min_size=3, max_size=8))
def test_a_ring_is_kept_exactly_where_it_is_simple(corners):
    """The same answer as the geometry library's, on corners that often meet sides."""
    distinct = [each for at, each in enumerate(corners) if each != corners[at - 1]]
    if len(distinct) < 3:
        return
    is_simple = shapely.LinearRing(distinct).is_simple
    if is_simple:
        ring = checked_outline(tuple(distinct))
        polygon = shapely.Polygon(ring)
        assert polygon.contains(shapely.Point(point_inside(ring)))
        assert contains(ring, point_inside(ring))
        return
    with pytest.raises(Refusal, match=r"crosses itself|corners"):
        checked_outline(tuple(distinct))


def test_a_position_outside_the_ring_is_known():
    assert contains(SQUARE, (0.5, 0.5))
    assert not contains(SQUARE, (1.5, 0.5))
    assert not contains(SQUARE, (0.5, -0.5))


@pytest.mark.parametrize(
    ("ring", "says"),
    [
        (((0.0, 0.0), (1.0, 1.0)), "3 to 500 corners"),
        (((0.0, 0.0), (math.nan, 1.0), (1.0, 0.0)), "finite"),
        (((435_000.0, 0.0), (1.0, 1.0), (1.0, 0.0)), "eastings"),
        (tuple((at / 1_000, at * at / 1_000_000) for at in range(501)), "3 to 500 corners"),
    ],
)
def test_what_bounds_no_area_is_refused(ring, says):
    with pytest.raises(Refusal, match=says):
        checked_outline(ring)
