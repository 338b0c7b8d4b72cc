"""The CSV package of Open Referral UK, joined."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from chb.sources.assets import read_assets, survey_assets
from chb.sources.files import InputFile
from tests.sources.makers import TODAY, zip_bytes

TABLES = {
    "services.csv": (
        "id,name,status,organization_id\ns1,Homework club,active,o1\ns2,Cafe,active,o1\n"
    ),
    "organizations.csv": "id,name\no1,The Trust\n",
    "locations.csv": "id,latitude,longitude\nl1,53.38,-1.47\nl2,53.39,-1.48\n",
    "service_at_locations.csv": "id,service_id,location_id\na1,s1,l1\na2,s1,l2\na3,s2,l2\n",
    "schedules.csv": (
        "id,service_id,service_at_location_id,freq,byday,opens_at,closes_at\n"
        "h1,s1,a1,WEEKLY,TU,16:00,18:00\nh2,s1,a2,WEEKLY,WE,16:00,18:00\n"
    ),
    "addresses.csv": "id,location_id,address_1,postal_code\nd1,l1,1 Moor Lane,S1 2HE\n",
    "attributes.csv": "id,link_id,taxonomy_term_id\nt1,s1,k1\nt2,s2,k2\n",
    "taxonomy_terms.csv": "id,name\nk1,Library\nk2,Cafe\n",
    "funding.csv": "id,service_id\n",
}


def test_a_zip_of_tables_is_one_list_with_a_row_for_each_place() -> None:
    data = zip_bytes({f"package/{name}": text.encode() for name, text in TABLES.items()})
    reading = read_assets(InputFile.of("directory.zip", data), today=TODAY)
    rows = {row["source_id"]: row for row in reading.frame.to_dict("records")}
    assert set(rows) == {"s1@l1", "s1@l2", "s2@l2"}
    assert {row["kind"] for row in rows.values()} == {"library", "cafe"}
    first = rows["s1@l1"]
    assert (first["address"], first["postcode"]) == ("1 Moor Lane", "S1 2HE")
    assert [each["weekday"] for each in json.loads(first["sessions"])] == ["Tuesday"]
    assert [each["weekday"] for each in json.loads(rows["s1@l2"]["sessions"])] == ["Wednesday"]
    assert "Run by The Trust" in first["note"]
    assert "Not needed and left out: funding.csv" in reading.report.notes


def test_the_official_package_is_joined_from_its_folder(
    real_data: Callable[[str], Path],
) -> None:
    reading = survey_assets(real_data("common/open_referral_uk/examples/csv"), today=TODAY)
    assert reading.report.rows_read == 1
    cells = json.loads(reading.refused_rows["cells"].iloc[0])
    assert cells["contact_role"] == "Reception Manager"
    assert cells["postcode"] == "ABC 1234"
    assert "Under 18s and Over 60s 35" in cells["cost"]
    assert "induction loops" in cells["access_needs"]


def test_a_damaged_service_is_refused_and_the_others_are_read() -> None:
    services = TABLES["services.csv"] + "s3,Bad, row,active,o1,more\n"
    texts = TABLES | {"services.csv": services}
    data = zip_bytes({name: text.encode() for name, text in texts.items()})
    reading = read_assets(InputFile.of("directory.zip", data), today=TODAY)
    assert (reading.report.kept, reading.report.refused_rows) == (3, 1)
    assert json.loads(reading.refused_rows["cells"].iloc[0])["id"] == "s3"
