"""Services of Open Referral UK as JSON: the official examples, and lists as they should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chb.domain.refusal import Refusal
from chb.sources.assets import read_assets, survey_assets
from tests.sources.makers import TODAY, geojson_file

SERVICE: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Boxing at the hall",
    "status": "active",
    "description": "For anybody",
    "minimum_age": 10,
    "maximum_age": 17,
    "fees": "free",
    "contacts": [{"name": "Ann Persona", "title": "Club leader"}],
    "schedules": [
        {"freq": "WEEKLY", "byday": "MO,TH", "opens_at": "18:00:00", "closes_at": "20:00:00Z"}
    ],
    "service_areas": [{"name": "Darnall"}],
    "attributes": [{"taxonomy_term": {"name": "Youth club"}}, {"taxonomy_term": {"name": "Sport"}}],
    "service_at_locations": [
        {
            "id": "sal",
            "location": {
                "id": "loc",
                "latitude": 53.38,
                "longitude": -1.47,
                "addresses": [
                    {"address_1": "1 Moor Lane", "city": "Sheffield", "postal_code": "S1 2HE"}
                ],
                "accessibility": [{"description": "Step-free"}],
            },
        }
    ],
}


def with_changes(**changes: Any) -> dict[str, Any]:
    return SERVICE | changes


@pytest.mark.parametrize(
    "document",
    [
        SERVICE,
        [SERVICE],
        {"contents": [SERVICE]},
        {"name": "An organisation", "services": [SERVICE]},
        {"contents": [{**SERVICE["service_at_locations"][0], "service": SERVICE}]},
    ],
    ids=["service", "list", "page", "organisation", "services at locations"],
)
def test_every_shape_of_a_list_gives_the_service(document: Any) -> None:
    reading = read_assets(geojson_file(document, "services.json"), today=TODAY)
    (row,) = reading.frame.to_dict("records")
    assert (row["name"], row["kind"]) == ("Boxing at the hall", "youth_club")
    assert (row["longitude"], row["latitude"]) == (-1.47, 53.38)
    assert (row["youngest"], row["oldest"], row["cost"]) == (10, 17, "free")
    assert (row["postcode"], row["access_needs"]) == ("S1 2HE", "Step-free")
    assert row["contact_role"] == "Club leader"
    assert "Ann" not in json.dumps(
        {name: str(value) for name, value in row.items() if name != "cells"}
    )
    assert "Serves: Darnall" in row["note"]
    assert row["services"] == "Sport"
    sessions = json.loads(row["sessions"])
    assert [(each["weekday"], each["start"], each["end"]) for each in sessions] == [
        ("Monday", "18:00", "20:00"),
        ("Thursday", "18:00", "20:00"),
    ]


@pytest.mark.parametrize("name", ["service_full.json", "csv"])
def test_the_official_example_stands_nowhere_and_is_refused_for_it(
    real_data: Callable[[str], Path], name: str
) -> None:
    path = real_data(f"common/open_referral_uk/examples/{name}")
    reading = survey_assets(path, today=TODAY, kind="advice_centre")
    (row,) = reading.refused_rows.to_dict("records")
    assert "out of range" in row["reason"]
    assert json.loads(row["cells"])["name"] == "Community Counselling"
    with pytest.raises(Refusal, match="No row of"):
        read_assets(path, today=TODAY, kind="advice_centre")


def test_a_page_of_several_says_so_and_a_service_without_a_place_is_listed(
    real_data: Callable[[str], Path],
) -> None:
    path = real_data("common/open_referral_uk/examples/service_list.json")
    reading = survey_assets(path, today=TODAY, kind="advice_centre")
    assert reading.report.notes == ("service_list.json is page 1 of 10: fetch the others too",)
    assert reading.unplaced["name"].tolist() == ["Community Counselling"]


def test_a_service_that_is_not_offered_any_more_is_closed() -> None:
    file = geojson_file([with_changes(status="defunct")], "services.json")
    report = survey_assets(file, today=TODAY).report
    assert [entry.reason for entry in report.refused] == ["The register says it has closed"]


def test_a_service_of_no_kind_is_refused_unless_the_kind_is_said() -> None:
    file = geojson_file([with_changes(attributes=[])], "services.json")
    assert "It has no kind" in survey_assets(file, today=TODAY).refused_rows["reason"].tolist()
    assert read_assets(file, today=TODAY, kind="library").frame["kind"].tolist() == ["library"]


@pytest.mark.parametrize(
    ("schedule", "words", "flag"),
    [
        ({"freq": "MONTHLY", "byday": "MO", "opens_at": "10:00"}, "MONTHLY MO 10:00", "as text"),
        ({"valid_to": "2005-01-01", "byday": "MO"}, "", "ended on 2005-01-01"),
        ({"byday": "MO", "opens_at": "20:00", "closes_at": "10:00"}, "MO 20:00 10:00", "as text"),
    ],
)
def test_what_is_no_weekly_session_in_force_is_words_and_flagged(
    schedule: dict[str, Any], words: str, flag: str
) -> None:
    file = geojson_file([with_changes(schedules=[schedule])], "services.json")
    (row,) = read_assets(file, today=TODAY).frame.to_dict("records")
    assert (row["opening_text"], row["sessions"]) == (words, "[]")
    assert flag in row["flags"]


@pytest.mark.parametrize(
    "document",
    [
        [with_changes(service_at_locations=[7, None], schedules="often", attributes={"a": 1})],
        [with_changes(minimum_age=True, contacts=[{"title": ["a"]}])],
    ],
)
def test_values_of_other_types_are_passed_over(document: Any) -> None:
    reading = survey_assets(geojson_file(document, "services.json"), today=TODAY, kind="library")
    assert reading.report.rows_read == 1


@pytest.mark.parametrize("document", [[], [1, 2], {"contents": []}, {"a": 1}, [{"name": "A"}]])
def test_json_of_something_else_is_refused(document: Any) -> None:
    with pytest.raises(Refusal, match="JSON"):
        read_assets(geojson_file(document, "other.json"), today=TODAY)
