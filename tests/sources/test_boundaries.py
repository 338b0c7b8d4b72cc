"""Boundaries: the real layers, and every way a layer can be wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.refusal import Refusal
from chb.sources.boundaries import read_area, read_boundaries
from chb.sources.files import InputFile
from chb.sources.layer_kinds import LayerKind

from .makers import feature, geojson, geojson_file, lsoa, square

VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[-1.5, 53.4], [-1.4, 53.5], [-1.4, 53.4], [-1.5, 53.49], [-1.5, 53.4]]],
}


def in_national_grid(geometry: dict[str, Any]) -> dict[str, Any]:
    to_grid = pyproj.Transformer.from_crs(4326, 27700, always_xy=True).transform
    ring = [list(to_grid(*point)) for point in geometry["coordinates"][0]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.mark.parametrize(
    ("name", "kind", "count", "vintage"),
    [
        ("sheffield/boundaries/LSOA_2021_EW_BSC_V4_south-yorkshire.geojson", "lsoa", 860, "2021"),
        ("sheffield/boundaries/LAD_2024_south-yorkshire.geojson", "district", 4, "2024"),
        ("sheffield/boundaries/CSP_2024_DERIVED_south-yorkshire.geojson", "csp", 4, "2024"),
        ("sheffield/boundaries/WD_2022_south-yorkshire.geojson", "ward", 95, "2022"),
        ("lancashire/boundaries_lsoa2011", "lsoa", 941, "2011"),
    ],
)
def test_a_real_layer_is_read_whole(
    real_data: Callable[[str], Path], name: str, kind: LayerKind, count: int, vintage: str
) -> None:
    reading = read_boundaries(real_data(name), kind=kind)
    assert len(reading.frame) == reading.report.kept == count
    assert reading.details == {"layer": kind, "vintage": vintage}
    assert reading.frame.crs == "EPSG:4326"
    assert reading.frame["geometry"].is_valid.all()
    assert reading.frame["code"].is_unique
    assert set(reading.frame.geom_type) <= {"Polygon", "MultiPolygon"}


def test_the_three_invalid_polygons_of_lancashire_are_repaired_and_reported(
    real_data: Callable[[str], Path],
) -> None:
    notes = read_boundaries(real_data("lancashire/boundaries_lsoa2011"), kind="lsoa").report.notes
    assert [note[:9] for note in notes] == ["E01024909", "E01024981", "E01025158"]
    assert all("was repaired: its area changed by" in note for note in notes)


@pytest.mark.parametrize("crs", [None, "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"])
def test_degrees_are_read_as_they_are(crs: str | None) -> None:
    frame = read_boundaries(geojson_file(geojson(lsoa(1), crs=crs)), kind="lsoa").frame
    assert frame.geometry.iloc[0].bounds == pytest.approx((-1.48, 53.4, -1.47, 53.41))


@pytest.mark.parametrize("crs", ["EPSG:27700", "urn:ogc:def:crs:EPSG::27700"])
def test_a_declared_national_grid_is_converted(crs: str) -> None:
    area = lsoa(1, in_national_grid(square(-1.5, 53.4)))
    reading = read_boundaries(geojson_file(geojson(area, crs=crs)), kind="lsoa")
    assert reading.frame.geometry.iloc[0].bounds == pytest.approx(
        (-1.5, 53.4, -1.49, 53.41), abs=1e-6
    )
    assert "is in EPSG:27700 and was converted" in reading.report.notes[0]


@pytest.mark.parametrize(
    ("crs", "words"),
    [
        (None, "declares no coordinate system.*eastings and northings.*declare EPSG:27700"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "declares WGS84, but.*eastings and northings"),
        ("EPSG:999999", "coordinate system that is not known"),
        ("http://10.0.0.1/crs", "coordinate system that is not known"),
    ],
)
def test_a_wrong_or_missing_crs_is_refused(crs: str | None, words: str) -> None:
    area = lsoa(1, in_national_grid(square(-1.5, 53.4)))
    with pytest.raises(Refusal, match=words):
        read_boundaries(geojson_file(geojson(area, crs=crs)), kind="lsoa")


def test_web_mercator_without_its_name_and_swapped_axes_are_refused() -> None:
    mercator = square(-166_000, 7_060_000, 1_000)
    with pytest.raises(Refusal, match=r"out of range for degrees.*EPSG:3857"):
        read_boundaries(geojson_file(geojson(lsoa(1, mercator))), kind="lsoa")
    with pytest.raises(Refusal, match="look swapped"):
        read_boundaries(geojson_file(geojson(lsoa(1, square(53.4, -1.5)))), kind="lsoa")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (VRT, "GDAL descriptor"),
        (b"<!doctype html><p>sign in", "is a web page"),
        (b"code,name\n1,2\n", "is a text table"),
        (b"[" + b"1," * 10 + b"1]", "is a JSON list"),
        (b'{"type": "FeatureCollection", "features": [{"type"', "not whole JSON.*cut short"),
        (b'{"type": "FeatureCollection", x "features": []}   {}', "not whole JSON"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"type": "FeatureCollection"}', "JSON, but not GeoJSON"),
        (b'{"type": "Topology", "objects": {}}', "It is TopoJSON"),
        (b'{"spatialReference": {}, "features": []}', "It is Esri JSON"),
        (b'{"type": "FeatureCollection", "features": []}', "has no features"),
        (json.dumps(geojson(None, 5, "x")).encode(), "has no column of area codes"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "no number in JSON"),
    ],
)
def test_what_is_not_a_layer_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=f"(?s){words}"):
        read_boundaries(InputFile.of("areas.geojson", data), kind="lsoa")


def test_other_areas_than_asked_for_are_named(real_data: Callable[[str], Path]) -> None:
    districts = real_data("sheffield/boundaries/LAD_2024_south-yorkshire.geojson")
    with pytest.raises(Refusal, match=r"are districts \(LAD24CD\), and LSOAs were asked for"):
        read_boundaries(districts, kind="lsoa")
    force = real_data("sheffield/boundaries/PFA_2020_south-yorkshire.geojson")
    with pytest.raises(Refusal, match="are police force areas"):
        read_boundaries(force, kind="csp")
    ward_with_its_district = feature(square(-1.5, 53.4), WD22CD="E05000976", LAD22CD="E08000016")
    with pytest.raises(Refusal, match="are wards"):
        read_boundaries(geojson_file(geojson(ward_with_its_district)), kind="district")


@pytest.mark.parametrize(
    ("area", "reason"),
    [
        (feature(None, LSOA21CD="E01000009"), "has no geometry"),
        (lsoa(9, {"type": "Polygon", "coordinates": []}), "is empty"),
        (lsoa(9, {"type": "Point", "coordinates": [-1.5, 53.4]}), "not a polygon"),
        (lsoa(9, {"type": "GeometryCollection", "geometries": []}), "is empty"),
        (
            lsoa(9, {"type": "Polygon", "coordinates": [[["a", 1], [2, 3], [4, 5]]]}),
            "cannot be read",
        ),
        (lsoa(9, {"type": "Circle", "coordinates": [1, 2]}), "cannot be read"),
        (lsoa(9, {"type": "Polygon"}), "cannot be read"),
        (lsoa(9, {"type": "Polygon", "coordinates": [[[-1.5, 53.4]] * 4]}), "can be repaired"),
        (lsoa(9, square(2.3, 48.8)), "outside Great Britain"),
        (lsoa(9, square(-8.7, 49.9, 10)), "larger than Great Britain"),
        (lsoa(9, square(-180, -90, 180)), "larger than Great Britain"),
        (feature(square(-1.5, 53.4), LSOA21CD="Sheffield"), "missing or malformed"),
        (lsoa(1), "given before"),
    ],
)
def test_a_wrong_feature_is_refused_and_the_others_stay(area: Any, reason: str) -> None:
    report = read_boundaries(geojson_file(geojson(lsoa(1), area, lsoa(2))), kind="lsoa").report
    (refused,) = report.refused
    assert reason in refused.reason
    assert (refused.first_row, refused.rows, report.kept) == (2, 1, 2)
    assert "areas.geojson, row 2" in refused.example


def test_an_infinite_coordinate_is_refused() -> None:
    text = json.dumps(geojson(lsoa(1), lsoa(2))).replace("-1.46,", "1e999,", 1)
    report = read_boundaries(InputFile.of("a.geojson", text.encode()), kind="lsoa").report
    assert report.refused[0].reason == "A coordinate is not a finite number"


def test_a_bow_tie_is_repaired_an_open_ring_closed_and_a_third_dimension_dropped() -> None:
    open_ring = {"type": "Polygon", "coordinates": [square(-1.3, 53.4)["coordinates"][0][:-1]]}
    solid = {
        "type": "Polygon",
        "coordinates": [[[x, y, 9] for x, y in square(-1.2, 53.4)["coordinates"][0]]],
    }
    collection = {
        "type": "GeometryCollection",
        "geometries": [solid, {"type": "Point", "coordinates": [0, 1]}],
    }
    areas = [lsoa(1, BOW_TIE), lsoa(2, open_ring), lsoa(3, solid), lsoa(4, collection)]
    reading = read_boundaries(geojson_file(geojson(*areas)), kind="lsoa")
    assert reading.report.kept == 4
    assert reading.frame["geometry"].is_valid.all()
    assert not shapely.has_z(reading.frame["geometry"].to_numpy()).any()
    notes = " ".join(reading.report.notes)
    assert "1 polygon had an open ring, closed here: first E01000002" in notes
    assert "E01000001 was invalid (self-intersection) and was repaired" in notes


def test_several_files_are_one_layer_and_mixed_editions_are_refused() -> None:
    first, second = (geojson_file(geojson(lsoa(n)), f"{n}.json") for n in (1, 2))
    assert len(read_boundaries([first, second], kind="lsoa").frame) == 2
    older = geojson_file(geojson(feature(square(-1.5, 53.4), LSOA11CD="E01000005")), "old.json")
    with pytest.raises(Refusal, match="different editions"):
        read_boundaries([first, older], kind="lsoa")


def test_an_area_may_be_any_geojson_with_polygons() -> None:
    shapes = [square(-1.5, 53.4), feature(square(-1.5, 53.4)), geojson(feature(square(-1.5, 53.4)))]
    bounds = {read_area(geojson_file(shape)).bounds for shape in shapes}
    assert bounds == {(-1.5, 53.4, -1.49, 53.41)}
    with pytest.raises(Refusal, match="no polygon in it"):
        read_area(geojson_file({"type": "Point", "coordinates": [-1.5, 53.4]}))
    with pytest.raises(Refusal, match="outside Great Britain"):
        read_area(geojson_file(square(2.3, 48.8)))


broken = st.sampled_from(
    [
        feature(None, LSOA21CD="E01000999"),
        lsoa(999, square(2.3, 48.8)),
        feature(square(-1, 53)),
        None,
    ]
)


@given(st.lists(broken, max_size=6), st.integers(1, 5))
def test_counts_add_up_whatever_is_among_the_features(bad: list[Any], good: int) -> None:
    features = [lsoa(number) for number in range(good)] + bad
    report = read_boundaries(geojson_file(geojson(*features)), kind="lsoa").report
    assert (report.rows_read, report.kept, report.refused_rows) == (good + len(bad), good, len(bad))


def test_a_tangle_is_refused_before_its_repair_takes_minutes() -> None:
    turns = np.arange(3001) * 2.4  # each line spans the circle, so nearly all of them cross
    ring = np.column_stack([-1.4 + np.cos(turns) / 10, 53.4 + np.sin(turns) / 10]).tolist()
    tangle = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    report = read_boundaries(geojson_file(geojson(lsoa(1), lsoa(2, tangle))), kind="lsoa").report
    assert report.refused[0].reason == "The polygon is invalid and nothing of it can be repaired"
    assert (report.kept, report.notes) == (1, ())


def test_metres_beyond_their_system_are_refused(recwarn: pytest.WarningsRecorder) -> None:
    far = geojson_file(geojson(lsoa(1, square(1e12, 1e12, 1e11)), crs="EPSG:27700"))
    with pytest.raises(Refusal, match="outside its declared system"):
        read_boundaries(far, kind="lsoa")
    assert not recwarn.list


def test_a_name_with_a_nul_character_is_kept_without_it() -> None:
    area = feature(square(-1.5, 53.4), LSOA21CD="E01000001", LSOA21NM="Shef\0field")
    frame = read_boundaries(geojson_file(geojson(area)), kind="lsoa").frame
    assert frame["name"].tolist() == ["Sheffield"]
