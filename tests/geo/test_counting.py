"""Points to cells, with totals kept."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.cells import cell_of, cover
from geo.counting import locate, position_in, totals

AREA = shapely.box(-1.50, 53.36, -1.44, 53.40)
CELLS = cover(AREA, 9)

points = st.lists(
    st.tuples(st.floats(-1.60, -1.34), st.floats(53.30, 53.46), st.floats(0, 1_000)),
    min_size=1,
    max_size=60,
)


@given(points)
def test_every_point_in_the_cells_is_counted_once(sample):
    lon, lat, weight = (np.array(column) for column in zip(*sample, strict=True))
    position = locate(CELLS, lon, lat, 9)
    inside = np.isin(cell_of(lon, lat, 9), CELLS)
    assert ((position >= 0) == inside).all()
    assert totals(position, None, n_cells=len(CELLS)).sum() == inside.sum()
    assert np.isclose(totals(position, weight, n_cells=len(CELLS)).sum(), weight[inside].sum())


def test_points_of_the_area_are_all_inside():
    rng = np.random.default_rng(3)
    position = locate(CELLS, rng.uniform(-1.5, -1.44, 500), rng.uniform(53.36, 53.4, 500), 9)
    assert (position >= 0).all()


def test_positions_in_no_cells():
    nothing = np.array([], dtype=np.uint64)
    assert position_in(nothing, CELLS[:3]).tolist() == [-1, -1, -1]
