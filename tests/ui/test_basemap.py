"""The packed base, read back."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, MultiPolygon, Point, Polygon, box

from chb.ui.maps.basemap import STEP_DEGREES, basemap_bounds, pack_basemap


def frame(*rows: tuple[str, int, object]) -> gpd.GeoDataFrame:
    names, ranks, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"name": names, "rank": ranks}, geometry=list(shapes), crs="EPSG:4326")


@pytest.fixture
def layers() -> dict[str, gpd.GeoDataFrame]:
    holed = Polygon(box(-1.6, 53.3, -1.4, 53.5).exterior, [box(-1.55, 53.4, -1.5, 53.45).exterior])
    return {
        "boundary": frame(("Sheffield", 1, MultiPolygon([holed]))),
        "roads": frame(
            ("A57", 1, LineString([(-1.6, 53.35), (-1.5, 53.36), (-1.4, 53.4)])),
            ("Back Lane", 7, LineString([(-1.5, 53.35), (-1.49, 53.36)])),
        ),
        "place_names": frame(("Small", 3, Point(-1.45, 53.4)), ("Large", 1, Point(-1.5, 53.38))),
    }


def read_path(packed: dict, path: list[int]) -> np.ndarray:
    moves = np.array(path).reshape(-1, 2)
    return np.array(packed["origin"]) + moves.cumsum(axis=0) * packed["step"]


def test_paths_come_back_to_within_a_step(layers: dict[str, gpd.GeoDataFrame]) -> None:
    packed = json.loads(pack_basemap(layers))
    road = next(layer for layer in packed["layers"] if layer["style"]["line"] == "#fbe3ab")
    expected = np.array(layers["roads"].geometry[0].coords)
    assert np.abs(read_path(packed, road["paths"][0]) - expected).max() <= STEP_DEGREES


def test_land_is_first_with_its_holes_and_the_edge_is_last(
    layers: dict[str, gpd.GeoDataFrame],
) -> None:
    packed = json.loads(pack_basemap(layers))
    names = [layer["name"] for layer in packed["layers"]]
    assert names == ["boundary", "roads", "roads", "boundary"]
    land, edge = packed["layers"][0], packed["layers"][-1]
    assert (land["closed"], len(land["paths"])) == (True, 2)
    assert edge["style"]["dash"]


def test_a_road_below_the_last_rank_is_drawn_like_it(layers: dict[str, gpd.GeoDataFrame]) -> None:
    packed = json.loads(pack_basemap(layers))
    minor, major = packed["layers"][1], packed["layers"][2]
    assert minor["style"]["fromZoom"] > major["style"]["fromZoom"]
    assert len(minor["paths"]) == 1


def test_labels_come_most_important_first(layers: dict[str, gpd.GeoDataFrame]) -> None:
    labels = json.loads(pack_basemap(layers))["labels"]
    assert [label[2] for label in labels] == ["Large", "Small", "A57"]


def test_points_that_fall_together_are_merged_and_specks_dropped() -> None:
    speck = LineString([(-1.5, 53.4), (-1.5 + 1e-7, 53.4)])
    packed = json.loads(pack_basemap({"roads": frame(("", 1, speck))}))
    assert packed["layers"] == []


def test_without_any_layer_the_map_shows_great_britain() -> None:
    west, south, east, north = basemap_bounds({})
    assert west < -5 < 1 < east
    assert south < 51
    assert north > 59
    assert json.loads(pack_basemap({}))["layers"] == []
