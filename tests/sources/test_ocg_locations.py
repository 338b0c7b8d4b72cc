"""Locations of groups from our own list."""

from __future__ import annotations

import pandas as pd
import pytest

from chb.domain.refusal import Refusal
from chb.sources.ocg_locations import read_ocg_locations
from chb.sources.reading import OCG_LOCATION_COLUMNS, Reading

from .makers import csv_text, text_file

ROW = {
    "code": "OCG-07",
    "kind": "Dealing Location",
    "longitude": "-1.4701",
    "latitude": "53.3811",
    "radius in metres": "250",
    "confidence": "MEDIUM",
    "from": "01/03/2025",
    "to": "",
    "source": "log 41",
    "handling": "police only",
}


def read(*changes: dict[str, str]) -> Reading[pd.DataFrame]:
    return read_ocg_locations(text_file(csv_text([ROW | change for change in changes], list(ROW))))


def test_a_good_row_is_read_in_the_words_of_the_domain() -> None:
    reading = read({})
    (row,) = reading.frame.to_dict("records")
    assert tuple(reading.frame) == OCG_LOCATION_COLUMNS
    assert (row["kind"], row["confidence"]) == ("dealing location", "medium")
    assert (row["radius_m"], row["valid_from"], row["valid_to"]) == (250.0, "2025-03-01", "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": ""}, "code is missing"),
        ({"code": "x" * 41}, "longer than 40"),
        ({"kind": "hom address"}, "kind is not one of"),
        ({"confidence": "certain"}, "confidence is not one of"),
        ({"radius in metres": "0"}, "radius is not above zero"),
        ({"radius in metres": "-5"}, "radius is not above zero"),
        ({"radius in metres": "20001"}, "radius m is out of range (at most 20,000)"),
        ({"radius in metres": "far"}, "radius m is not a number"),
        ({"radius in metres": ""}, "radius m is missing"),
        ({"handling": " "}, "handling is missing"),
        ({"source": ""}, "source is missing"),
        ({"to": "28/02/2025"}, "ends before it begins"),
        ({"to": "31/02/2025"}, "no day of the calendar"),
        ({"longitude": "1e9"}, "out of range"),
    ],
)
def test_a_wrong_row_is_refused(change: dict[str, str], reason: str) -> None:
    report = read({}, change).report
    (refused,) = report.refused
    assert reason in refused.reason
    assert (report.kept, refused.first_row) == (1, 3)


def test_a_mistyped_kind_is_answered_with_the_nearest() -> None:
    (refused,) = read({}, {"kind": "hom address"}).report.refused
    assert refused.remedy == "The nearest is 'home address'"


def test_a_location_without_a_point_or_abroad_is_counted() -> None:
    report = read({}, {"longitude": ""}, {"longitude": "2.35", "latitude": "48.9"}).report
    assert (report.kept, report.without_location, report.outside_area) == (1, 1, 1)


def test_a_list_without_any_place_is_refused() -> None:
    with pytest.raises(Refusal, match=r"No row .* place.*1 row without a location, 1 outside"):
        read({"longitude": ""}, {"longitude": "2.35", "latitude": "48.9"})
