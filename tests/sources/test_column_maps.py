"""Which column of a list is which: proposed, chosen, and known again."""

from __future__ import annotations

import pytest

from chb.domain.refusal import Refusal
from chb.sources.asset_columns import MAPPABLE
from chb.sources.asset_headings import read_headings
from chb.sources.column_maps import ColumnMap, chosen, fingerprint, propose
from chb.sources.files import InputFile

from .makers import text_file, workbook_bytes

HEADINGS = ("Venue name", "Longitude (WGS84)", "Latitude (WGS84)", "Post Code", "Telephone")


def test_the_most_alike_heading_is_proposed_once() -> None:
    assert propose(HEADINGS, MAPPABLE) == {
        "name": "Venue name",
        "longitude": "Longitude (WGS84)",
        "latitude": "Latitude (WGS84)",
        "postcode": "Post Code",
    }


def test_a_fingerprint_knows_the_headings_in_any_order_and_case() -> None:
    assert fingerprint(HEADINGS) == fingerprint([each.upper() for each in reversed(HEADINGS)])
    assert fingerprint(HEADINGS) != fingerprint(HEADINGS[1:])


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"name": "Venue name", "address": "Venue name"}, "chosen twice"),
        ({"nickname": "Venue name"}, "no column called 'nickname'"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(columns: dict[str, str], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        chosen(HEADINGS, columns, MAPPABLE)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"name": "Venue name"}, "too few"),
        ({"name": "Venue name", "postcode": "Outcode"}, "not all in it"),
    ],
)
def test_a_map_must_fit_its_list(columns: dict[str, str], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        ColumnMap(fingerprint(HEADINGS), columns).check_whole(HEADINGS, "list.csv")


def test_headings_come_with_the_first_rows_and_a_proposal() -> None:
    rows = "\n".join(f"Hall {n},-1.4,53.3,S1 2HE,0114" for n in range(9))
    found = read_headings(text_file(f"{','.join(HEADINGS)}\n{rows}\n"))
    assert found.headings == HEADINGS
    assert len(found.rows) == 5 and found.rows[0][0] == "Hall 0"
    assert found.proposed["name"] == "Venue name"


def test_a_title_above_unknown_headings_of_a_workbook_is_passed_over() -> None:
    data = workbook_bytes({"Sheet": [["Our venues"], list(HEADINGS), ["Hall", -1.4, 53.3, "", ""]]})
    assert read_headings(InputFile.of("venues.xlsx", data)).headings == HEADINGS
