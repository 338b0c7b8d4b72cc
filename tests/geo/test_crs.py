"""Degrees to metres and back, and what is refused."""

import numpy as np
import pytest
import shapely

from geo.crs import buffer_degrees, metric_crs_for, project, project_geometries, unproject
from geo.errors import GeoInputError


def test_a_known_point_on_the_british_grid():
    # Ordnance Survey's worked example: Caister water tower, OSGB36 E 651409.903 N 313177.270;
    # the seven-parameter transformation is good to about five metres.
    x_m, y_m = project([1 + 42 / 60 + 57.7872 / 3600], [52 + 39 / 60 + 28.8282 / 3600])
    assert x_m[0] == pytest.approx(651409.8, abs=6)
    assert y_m[0] == pytest.approx(313177.3, abs=6)


def test_there_and_back():
    longitude, latitude = np.array([-3.7, -1.5, 1.2]), np.array([53.75, 53.4, 52.6])
    back = unproject(*project(longitude, latitude))
    assert np.allclose(back, (longitude, latitude), atol=1e-8)


def test_eastings_are_refused_where_degrees_are_needed():
    with pytest.raises(GeoInputError, match="eastings and northings"):
        project([435000.0], [387000.0])


def test_missing_coordinates_are_refused():
    with pytest.raises(GeoInputError, match="not degrees: 1 of 2"):
        project([-1.5, np.nan], [53.4, np.nan])


def test_degrees_are_refused_as_a_place_to_measure_in():
    with pytest.raises(GeoInputError, match="projected CRS in metres"):
        project([-1.5], [53.4], to_crs="EPSG:4258")
    with pytest.raises(GeoInputError, match="projected CRS in metres"):
        project_geometries(np.array([shapely.Point(-1.5, 53.4)]), to_crs="EPSG:4326")


def test_outside_great_britain_the_utm_zone_is_used():
    assert metric_crs_for(-1.5, 53.4) == "EPSG:27700"
    assert metric_crs_for(-90.0, 35.1) == "EPSG:32616"
    assert metric_crs_for(151.2, -33.9) == "EPSG:32756"


def test_a_buffer_is_in_metres():
    grown = buffer_degrees(shapely.box(-1.5, 53.4, -1.49, 53.41), distance_m=400)
    west, south, east, north = grown.bounds
    corners = project([west, east], [(south + north) / 2] * 2)
    inner = project([-1.5, -1.49], [53.405] * 2)
    assert inner[0][0] - corners[0][0] == pytest.approx(400, abs=15)
    assert corners[0][1] - inner[0][1] == pytest.approx(400, abs=15)
