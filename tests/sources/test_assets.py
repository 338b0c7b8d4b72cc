"""Assets: our list, OpenStreetMap, and the damaged registers as they are published."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from chb.domain.assets.sessions import Weekday
from chb.domain.refusal import Refusal
from chb.sources.assets import kind_key, read_assets, survey_assets
from chb.sources.column_maps import ColumnMap, fingerprint
from chb.sources.reading import ASSET_COLUMNS, ASSET_DETAIL_COLUMNS, ROW_COLUMNS

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


def test_opening_hours_of_food_banks_are_read_and_the_rest_is_kept_as_text(
    real_data: Callable[[str], Path],
) -> None:
    reading = read_assets(real_data("sheffield/foodbanks_2024.csv"), today=TODAY)
    frame = reading.frame.set_index("name")
    assert set(frame["kind"]) == {"food_bank"}
    (note,) = reading.report.notes
    assert "34 of 36 read, 0 in part, 2 kept as text" in note
    text = frame.loc["FoodCycle Broomhall"]
    assert (text["opening_text"], text["sessions"]) == ("Wednesday 12.30", "[]")
    assert "kept as text" in text["flags"]
    days = [each["weekday"] for each in json.loads(frame.loc["Food Works Handsworth", "sessions"])]
    assert sorted(days) == sorted(Weekday)
    assert frame.loc["Food Works Handsworth", "opening_text"] == ""
    assert frame.loc["Hillsborough", "services"].startswith("Ambassador; Citizens Advice; IDAS")


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
    assert tuple(reading.frame) == (*ASSET_COLUMNS, *ASSET_DETAIL_COLUMNS, *ROW_COLUMNS)
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
            "capacity": None,
            "exceptions": [],
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


def test_details_are_read_and_what_cannot_be_is_blank_and_flagged() -> None:
    header = "name,kind,lat,lon,min age,max age,capacity,status,referrals,fees,services\n"
    good = 'A,park,53.38,-1.47,8,16,30,Engaged,yes,free,"Boxing; Study\nBoxing"\n'
    bad = "B,park,53.39,-1.47,16,8,minus,Thriving,perhaps,,\n"
    frame = read_assets(text_file(header + good + bad), today=TODAY).frame
    first, second = frame.to_dict("records")
    assert (first["youngest"], first["oldest"], first["capacity"]) == (8, 16, 30)
    assert (first["status"], first["accepts_referrals"], first["cost"]) == (
        "engaged",
        "yes",
        "free",
    )
    assert (first["services"], first["flags"]) == ("Boxing; Study", "")
    assert all(second[name] != second[name] for name in ("youngest", "oldest", "capacity"))
    assert (second["status"], second["accepts_referrals"]) == ("", "")
    for words in (
        "ages 16 to 8",
        "capacity was not understood: 'minus'",
        "'Thriving'",
        "'perhaps'",
    ):
        assert words in second["flags"]


def test_every_refused_row_is_kept_as_it_was_with_its_reason(
    real_data: Callable[[str], Path],
) -> None:
    reading = read_assets(real_data("common/assets_national/GPPractices.csv"), today=TODAY)
    refused = reading.refused_rows
    assert len(refused) == reading.report.refused_rows
    first = refused.iloc[0]
    assert (first["line"], first["file_name"]) == (48, "GPPractices.csv")
    assert "more or fewer fields" in first["reason"]
    cells = json.loads(first["cells"])
    assert (cells["OrganisationCode"], cells["column 16"]) == ("E85732", "-0.31004014611244202")
    assert len(reading.unplaced) == reading.report.without_location == 3227


def test_a_survey_shows_a_list_of_which_no_row_can_be_used() -> None:
    file = text_file(HEADER + "A,librry,-1.47,53.38,,\n")
    assert survey_assets(file, today=TODAY).refused_rows["line"].tolist() == [2]
    with pytest.raises(Refusal, match="No row of list can be used"):
        read_assets(file, today=TODAY)


def test_a_list_by_postcode_needs_no_coordinates() -> None:
    reading = survey_assets(text_file("name,kind,postcode\nA,park,S1 2HE\n"), today=TODAY)
    assert reading.unplaced["postcode"].tolist() == ["S1 2HE"]
    assert reading.report.without_location == 1


def test_a_column_map_reads_what_the_headings_do_not_say() -> None:
    file = text_file("Wo,Was,Ost,Nord\nMoor Lane,park,-1.47,53.38\n")
    with pytest.raises(Refusal, match="lacks columns"):
        read_assets(file, today=TODAY)
    headings = ("Wo", "Was", "Ost", "Nord")
    ours = ("name", "kind", "longitude", "latitude")
    chosen = ColumnMap(fingerprint(headings), dict(zip(ours, headings, strict=True)))
    reading = read_assets(file, today=TODAY, maps={chosen.fingerprint: chosen})
    assert reading.frame["name"].tolist() == ["Moor Lane"]
    assert reading.details == {chosen.fingerprint: "column map"}


def test_html_in_a_name_is_kept_literally_and_flagged() -> None:
    file = text_file(HEADER + "<b>Moor</b>,library,-1.47,53.38,,\n")
    (row,) = read_assets(file, today=TODAY).frame.to_dict("records")
    assert row["name"] == "<b>Moor</b>"
    assert "HTML" in row["flags"]


def test_a_cell_that_a_spreadsheet_marked_is_read_without_its_mark() -> None:
    file = text_file(HEADER + "'=Moor,library,'-1.47,53.38,,\n")
    (row,) = read_assets(file, today=TODAY).frame.to_dict("records")
    assert (row["name"], row["longitude"]) == ("=Moor", -1.47)


def test_a_large_area_has_its_outline_and_one_that_crosses_itself_a_point_only() -> None:
    park = feature(square(-1.5, 53.4), leisure="park", **{"@id": "way/1"})
    ring = [[-1.5, 53.4], [-1.49, 53.41], [-1.49, 53.4], [-1.5, 53.41], [-1.5, 53.4]]
    bow = feature({"type": "Polygon", "coordinates": [ring]}, leisure="park", **{"@id": "way/2"})
    hall = feature(square(-1.5, 53.4, 0.0005), amenity="library", **{"@id": "way/3"})
    reading = read_assets(geojson_file(geojson(park, bow, hall)), today=TODAY)
    whole, crossed, small = reading.frame.to_dict("records")
    assert len(json.loads(whole["outline"])) == 4
    assert (crossed["outline"], small["outline"]) == ("", "")
    assert "crosses itself" in crossed["flags"]
    assert whole["flags"] == small["flags"] == ""


def test_json_cut_in_half_is_refused_with_the_place_where_it_stops() -> None:
    whole = json.dumps(geojson(feature(square(-1.5, 53.4), leisure="park")))
    with pytest.raises(Refusal, match="not whole JSON"):
        read_assets(text_file(whole[: len(whole) // 2], "cut.geojson"), today=TODAY)
