"""Assets: our list, OpenStreetMap, and the damaged registers as they are published."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from chb.domain.refusal import Refusal
from chb.sources.assets import kind_key, read_assets
from chb.sources.reading import ASSET_COLUMNS

from .makers import TODAY, feature, geojson, geojson_file, square, text_file

HEADER = "name,kind,longitude,latitude,sessions,verified_on\n"
GOOD = "Foxhill Library,library,-1.47,53.38,,\n"


@pytest.mark.parametrize(
    ("name", "kind", "width"),
    [("GPPractices.csv", "gp_practice", 15), ("Hospital.csv", "hospital", 22)],
)
def test_a_damaged_national_register_is_read_as_far_as_it_is_whole(
    real_data: Callable[[str], Path], name: str, kind: str, width: int
) -> None:
    path = real_data(f"common/assets_national/{name}")
    with path.open(encoding="cp1252", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    reading = read_assets(path, today=TODAY)
    report = reading.report
    whole = [row for row in rows if len(row) == width]
    ragged = next(entry for entry in report.refused if "fields" in entry.reason)
    assert (report.rows_read, ragged.rows) == (len(rows), len(rows) - len(whole))
    assert set(reading.frame["kind"]) == {kind}
    assert "read as Windows-1252" in report.notes[0]


def test_closed_libraries_are_not_listed(real_data: Callable[[str], Path]) -> None:
    path = real_data("common/assets_national/basic-dataset-for-libraries-2023-enhanced.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    closed = sum(bool(row["Year closed"]) for row in rows if kind_key(row["Type"]))
    report = read_assets(path, today=TODAY).report
    counted = {entry.reason: entry.rows for entry in report.refused}
    assert counted["The register says it has closed"] == closed
    assert counted["There is no asset kind for 'Prison Library'"] == 51


def test_food_banks_keep_their_opening_hours_in_the_note(
    real_data: Callable[[str], Path],
) -> None:
    frame = read_assets(real_data("sheffield/foodbanks_2024.csv"), today=TODAY).frame
    assert set(frame["kind"]) == {"food_bank"}
    assert len(frame) == 36
    assert "Tuesday" in frame["note"].iloc[0]


def test_openstreetmap_is_read_by_its_tags(real_data: Callable[[str], Path]) -> None:
    folder = real_data("sheffield/assets_osm_2016")
    features = [
        each["properties"]
        for file in folder.glob("*.geojson")
        for each in json.loads(file.read_text(encoding="utf-8"))["features"]
    ]
    reading = read_assets(folder, today=TODAY)
    counts = Counter(reading.frame["kind"])
    assert counts["pharmacy"] == sum(each.get("amenity") == "pharmacy" for each in features)
    assert counts["supermarket"] == 48  # one more is a place of worship in another file
    refused = {entry.reason: entry.rows for entry in reading.report.refused}
    assert refused["There is no asset kind for 'railway=tram'"] == 109
    assert reading.attribution == "OpenStreetMap contributors, ODbL"


def test_a_polygon_gives_a_point_inside_it_and_no_name_its_kind() -> None:
    park = feature(square(-1.5, 53.4), leisure="park", **{"@id": "way/1"})
    empty = feature(None, amenity="library", **{"@id": "node/2"})
    reading = read_assets(geojson_file(geojson(park, empty)), today=TODAY)
    (row,) = reading.frame.to_dict("records")
    assert row["name"] == "Park or garden (unnamed)"
    assert -1.5 < row["longitude"] < -1.49
    assert 53.4 < row["latitude"] < 53.41
    assert reading.report.without_location == 1


def test_our_list_is_read_with_its_timetable_and_dates() -> None:
    text = (
        HEADER + 'Lads Club,Boxing Club,-1.47,53.38,"Mon 18:00-20:00 Boxing (10-17)",31/03/2025\n'
    )
    reading = read_assets(text_file(text), today=TODAY)
    (row,) = reading.frame.to_dict("records")
    assert tuple(reading.frame) == ASSET_COLUMNS
    assert (row["kind"], row["verified_on"]) == ("boxing_club", "2025-03-31")
    assert json.loads(row["sessions"]) == [
        {
            "weekday": "Monday",
            "start": "18:00",
            "end": "20:00",
            "activity": "Boxing",
            "youngest": 10,
            "oldest": 17,
            "term_time_only": False,
        }
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",library,-1.47,53.38,,", "has no name"),
        ("\u200b,library,-1.47,53.38,,", "has no name"),
        (f"{'x' * 201},library,-1.47,53.38,,", "longer than 200"),
        ("A,librry,-1.47,53.38,,", "no asset kind for 'librry'"),
        ("A,,-1.47,53.38,,", "It has no kind"),
        ("A,park,-1.47,53.38,whenever,", "sessions cannot be read"),
        ("A,park,-1.47,53.38,Monday 20:00-18:00,", "sessions cannot be read"),
        ("A,park,-1.47,53.38,,31/02/2026", "no day of the calendar"),
        ("A,park,-1.47,53.38,,46023", "Excel's day number"),
        ("A,park,-1.47,53.38,,01/01/2099", "in the future"),
        ("A,park,-1.47,95,,", "out of range"),
        (GOOD.strip(), "given before"),
        ("Fox\u200bhill Library,Library,-1.47,53.38,,", "given before"),
    ],
)
def test_a_wrong_row_is_refused(row: str, reason: str) -> None:
    report = read_assets(text_file(f"{HEADER}{GOOD}{row}\n"), today=TODAY).report
    (refused,) = report.refused
    assert reason in refused.reason
    assert (report.kept, refused.first_row) == (1, 3)


def test_places_without_location_and_elsewhere_are_counted_and_left_out() -> None:
    text = HEADER + GOOD + "B,park,,,,\nC,park,2.35,48.86,,\n"
    report = read_assets(text_file(text), today=TODAY).report
    assert (report.kept, report.without_location, report.outside_area) == (1, 1, 1)


def test_the_kind_may_be_said_for_a_list_that_does_not_say_it() -> None:
    file = text_file("name,lat,lon\nA,53.38,-1.47\n")
    assert read_assets(file, today=TODAY, kind="park").frame["kind"].tolist() == ["park"]
    with pytest.raises(Refusal, match="does not say what kind"):
        read_assets(file, today=TODAY)


def test_a_layer_without_features_is_refused() -> None:
    with pytest.raises(Refusal, match="has no features"):
        read_assets(geojson_file(geojson()), today=TODAY)


def test_a_kind_that_was_said_is_used_where_the_tags_mean_none(
    real_data: Callable[[str], Path],
) -> None:
    stops = real_data("sheffield/assets_osm_2016/tram.geojson")
    with pytest.raises(Refusal, match="railway=tram"):
        read_assets(stops, today=TODAY)
    reading = read_assets(stops, today=TODAY, kind="library")
    assert set(reading.frame["kind"]) == {"library"}
