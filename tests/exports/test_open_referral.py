"""The register as Open Referral UK: valid by the standard's schema, and read again."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from chb.domain.assets.register import Asset, AssetStatus
from chb.domain.assets.sessions import Session, Weekday
from chb.exports.open_referral import service, service_page
from chb.sources.assets import read_assets
from chb.sources.files import InputFile
from chb.sources.reference import asset_kinds

KINDS = {kind.key: kind for kind in asset_kinds()}
BARE = Asset(name="Moor", kind="park", longitude=-1.47, latitude=53.38, source="", id="sample-1")
FULL = Asset(
    id="ac148810-d857-441c-9679-408f346de14b",
    name='Lads & "Lasses" <b>Club</b>',
    kind="boxing_club",
    longitude=-1.4701,
    latitude=53.3811,
    source="marked by Kit",
    address="1 Moor Lane, Sheffield",
    postcode="S1 2HE",
    contact_role="club leader",
    note="Keys at the caf\u00e9",
    services=("Boxing", "Homework help"),
    youngest=10,
    oldest=17,
    cost="\u00a32 a session",
    access_needs="step-free",
    sessions=(
        Session(Weekday.THURSDAY, time(18), time(20), "Boxing", 10, 17, term_time_only=True),
        Session(Weekday.SATURDAY, time(9, 30), time(11), capacity=20, youngest=8),
    ),
    opening_text="and some Sundays",
    status=AssetStatus.ENGAGED,
    engaged_by="Kit of the council",
    verified_on=date(2026, 3, 1),
)


@pytest.fixture(scope="module")
def schema(shared_data: Path) -> dict[str, Any]:
    path = shared_data / "common/open_referral_uk/schema_compiled_service.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("asset", [BARE, FULL], ids=["bare", "full"])
def test_a_service_is_valid_by_the_schema_of_the_standard(
    schema: dict[str, Any], asset: Asset
) -> None:
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(service(asset, KINDS))] == []
    broken = {name: value for name, value in service(asset, KINDS).items() if name != "status"}
    assert not validator.is_valid(broken)


def test_what_went_out_is_read_again_as_it_was() -> None:
    page = service_page([FULL, BARE], KINDS)
    file = InputFile.of("out.json", page.encode())
    frame = read_assets(file, today=date(2026, 3, 4)).frame.set_index("name")
    row = frame.loc[FULL.name]
    assert (row["kind"], row["longitude"], row["latitude"]) == ("boxing_club", -1.4701, 53.3811)
    for name in ("address", "postcode", "contact_role", "note", "cost", "access_needs"):
        assert row[name] == getattr(FULL, name)
    assert (row["services"], row["youngest"], row["oldest"]) == ("Boxing; Homework help", 10, 17)
    assert row["verified_on"] == "2026-03-01"
    times = [(each["weekday"], each["start"]) for each in json.loads(row["sessions"])]
    assert times == [("Thursday", "18:00"), ("Saturday", "09:30")]
    assert row["opening_text"] == "and some Sundays"
    assert frame.loc["Moor", "kind"] == "park"


def test_how_far_the_talks_have_come_stays_here() -> None:
    page = service_page([FULL], KINDS)
    assert "Kit" not in page and "engaged" not in page


def test_the_same_asset_has_the_same_ids_in_every_file() -> None:
    assert service(BARE, KINDS) == service(BARE, KINDS)
    assert service(BARE, KINDS)["id"] != service(FULL, KINDS)["id"]
    assert service(FULL, KINDS)["id"] == FULL.id
