"""Layers of the basemap."""

from __future__ import annotations

import pytest

from chb.domain.refusal import Refusal
from chb.sources.context import read_context

from .makers import feature, geojson, geojson_file, square

LINE = {"type": "LineString", "coordinates": [[-1.5, 53.4], [-1.4, 53.4]]}
POINT = {"type": "Point", "coordinates": [-1.5, 53.4]}


@pytest.mark.parametrize(
    ("properties", "rank"),
    [
        ({"rank": 3}, 3),
        ({"rank": 99, "highway": "motorway"}, 1),
        ({"class": "A Road"}, 2),
        ({"highway": "secondary"}, 3),
        ({"highway": "residential"}, 5),
        ({}, 5),
    ],
)
def test_a_road_is_ranked(properties: dict[str, object], rank: int) -> None:
    frame = read_context(geojson_file(geojson(feature(LINE, **properties))), layer="roads").frame
    assert frame["rank"].tolist() == [rank]


def test_shapes_that_cannot_be_drawn_in_the_layer_are_refused() -> None:
    layer = geojson(feature(LINE), feature(POINT), feature(square(-1.5, 53.4)), feature(None))
    assert read_context(geojson_file(layer), layer="water").report.kept == 2
    assert read_context(geojson_file(layer), layer="green").report.kept == 1
    with pytest.raises(Refusal, match="A LineString cannot be drawn as place-names"):
        read_context(geojson_file(geojson(feature(LINE, name="x"))), layer="place-names")


def test_a_place_name_is_a_point_with_a_name() -> None:
    layer = geojson(feature(square(-1.5, 53.4), name="Moorfield", place="suburb"), feature(POINT))
    reading = read_context(geojson_file(layer), layer="place-names")
    assert reading.frame.geom_type.tolist() == ["Point"]
    assert reading.frame["rank"].tolist() == [3]
    assert reading.report.refused[0].reason == "The place has no name"


def test_a_line_in_another_country_is_refused() -> None:
    abroad = {"type": "LineString", "coordinates": [[100, 2], [101, 3]]}
    layer = geojson(feature(LINE), feature(abroad, name="x"))
    report = read_context(geojson_file(layer), layer="roads").report
    assert (report.kept, report.refused[0].reason) == (1, "It lies outside Great Britain")
