"""Points within reach agree with a slow, independent distance."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.nearest import near_pairs, nearest, within_reach

positions = st.lists(
    st.tuples(st.floats(-1.52, -1.48), st.floats(53.38, 53.42)), min_size=0, max_size=30
)


@given(positions, st.floats(1, 3_000))
def test_reach_agrees_with_the_ellipsoid(points, reach_m):
    here = (-1.5, 53.4)
    lon, lat = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    found, distance_m = within_reach(lon, lat, at=here, reach_m=reach_m)
    slow = np.array([Geod(ellps="WGS84").inv(*here, *point)[2] for point in points])
    sure = {i for i, d in enumerate(slow) if d < reach_m * 0.99}
    possible = {i for i, d in enumerate(slow) if d < reach_m * 1.01}
    assert sure <= set(found.tolist()) <= possible
    assert np.allclose(distance_m, slow[found] if len(found) else [], rtol=0.005, atol=0.01)
    assert (np.diff(distance_m) >= 0).all()


@given(positions, positions.filter(bool))
def test_the_nearest_of_others_agrees_with_the_ellipsoid(points, others):
    geod = Geod(ellps="WGS84")
    lon, lat = ([point[axis] for point in points] for axis in (0, 1))
    at, distance_m = nearest((lon, lat), among=tuple(zip(*others, strict=True)))
    for point, found, away_m in zip(points, at, distance_m, strict=True):
        slow = [geod.inv(*point, *other)[2] for other in others]
        assert np.isclose(away_m, slow[found], rtol=0.005, atol=0.01)
        assert slow[found] <= min(slow) * 1.01 + 0.01


@given(positions, positions, st.floats(1, 3_000))
def test_near_pairs_are_those_within_reach_of_each_point(points, others, reach_m):
    lon, lat = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    among = (np.array([p[0] for p in others]), np.array([p[1] for p in others]))
    one, other = near_pairs((lon, lat), among=among, reach_m=reach_m, most=len(others) or 1)
    slow = {
        (at, int(each))
        for at, here in enumerate(points)
        for each in within_reach(*among, at=here, reach_m=reach_m)[0]
    }
    assert set(zip(one.tolist(), other.tolist(), strict=True)) == slow


def test_near_pairs_are_no_more_than_were_asked_for_and_the_nearest():
    among = (np.linspace(-1.5, -1.499, 50), np.full(50, 53.4))
    one, other = near_pairs(([-1.5], [53.4]), among=among, reach_m=1_000, most=3)
    assert (one.tolist(), other.tolist()) == ([0, 0, 0], [0, 1, 2])
