"""Covering, areas, neighbours, text."""

import h3
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.cells import areas_km2, cell_of, centres, cover, from_text, neighbours, polygons, to_text
from geo.errors import GeoInputError

ESTATE = shapely.box(-1.50, 53.36, -1.44, 53.40)


def test_cover_is_every_cell_that_touches_the_area_and_no_other():
    cells = cover(ESTATE, 9)
    shapes = polygons(cells)
    assert shapely.intersects(shapes, ESTATE).all()
    assert shapely.union_all(shapes).buffer(1e-9).covers(ESTATE)
    ring = {
        cell
        for own in to_text(cells)
        for cell in h3.grid_disk(own, 1)
        if cell not in set(to_text(cells))
    }
    outside = polygons(from_text(sorted(ring)))
    assert not shapely.intersects(outside, ESTATE).any()


def test_a_lane_thinner_than_a_cell_is_not_lost():
    lane = shapely.box(-1.50, 53.3700, -1.40, 53.3701)
    assert len(cover(lane, 8)) > 5
    assert shapely.union_all(polygons(cover(lane, 8))).buffer(1e-9).covers(lane)


def test_cells_are_sorted_and_unique():
    cells = cover(ESTATE, 9)
    assert (np.diff(cells.astype(np.int64)) > 0).all()


def test_a_county_at_resolution_15_is_refused_with_the_number_it_would_take():
    county = shapely.box(-1.85, 53.30, -0.85, 53.66)
    with pytest.raises(GeoInputError, match=r"about [\d,]{10,} cells"):
        cover(county, 15)


@pytest.mark.parametrize("resolution", [4, 13, 15, 16, -1])
def test_resolutions_that_make_no_sense_for_a_place_are_refused(resolution):
    with pytest.raises(GeoInputError, match="esolution"):
        cover(shapely.box(-1.5, 53.36, -1.4999, 53.3601), resolution)


def test_an_empty_area_is_refused():
    with pytest.raises(GeoInputError, match="empty"):
        cover(shapely.Polygon(), 9)


@given(st.floats(-5.5, 1.5), st.floats(50.2, 55.5), st.integers(6, 11))
def test_a_point_is_in_the_cell_h3_itself_names(longitude, latitude, resolution):
    (cell,) = cell_of([longitude], [latitude], resolution)
    assert h3.int_to_str(int(cell)) == h3.latlng_to_cell(latitude, longitude, resolution)


@pytest.mark.parametrize("point", [(0.0, 91.0), (181.0, 0.0), (np.nan, 53.0), (400000.0, 390000.0)])
def test_points_h3_would_wrap_around_the_world_are_refused(point):
    with pytest.raises(GeoInputError, match="no cell"):
        cell_of([point[0]], [point[1]], 9)


def test_areas_are_those_of_each_cell_not_an_average():
    north = cover(shapely.box(-1.80, 55.70, -1.78, 55.71), 9)
    south = cover(shapely.box(-5.10, 50.20, -5.08, 50.21), 9)
    assert areas_km2(north)[0] == pytest.approx(h3.cell_area(to_text(north)[0], "km^2"))
    assert areas_km2(south).mean() / areas_km2(north).mean() > 1.03


def test_neighbours_include_the_cell_and_stop_at_the_edge():
    cells = cover(ESTATE, 9)
    indptr, indices = neighbours(cells)
    known = set(to_text(cells))
    for position in (0, len(cells) // 2, len(cells) - 1):
        found = {to_text(cells)[i] for i in indices[indptr[position] : indptr[position + 1]]}
        assert found == set(h3.grid_disk(to_text(cells)[position], 1)) & known


def test_text_and_back():
    cells = cover(ESTATE, 9)
    assert (from_text(to_text(cells)) == cells).all()
    with pytest.raises(GeoInputError, match="Not an H3 cell"):
        from_text(["nonsense"])


def test_centres_are_h3s():
    cells = cover(ESTATE, 9)[:5]
    longitude, latitude = centres(cells)
    for text, lon, lat in zip(to_text(cells), longitude, latitude, strict=True):
        assert h3.cell_to_latlng(text) == pytest.approx((lat, lon))
