"""Points within reach agree with a slow, independent distance."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.nearest import within_reach

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
