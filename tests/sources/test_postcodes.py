"""Where postcodes are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chb.sources.postcodes import postcode_key, read_postcodes
from chb.sources.reading import POSTCODE_COLUMNS

from .makers import text_file


def test_a_real_table_of_centroids_is_read_whole(real_data: Callable[[str], Path]) -> None:
    reading = read_postcodes(real_data("sheffield/postcode_centroids.csv"))
    assert (reading.kind, reading.report.kept) == ("postcodes", 12_004)
    assert tuple(reading.frame) == POSTCODE_COLUMNS
    row = reading.frame.set_index("postcode").loc["S101AE"]
    assert (row["longitude"], row["latitude"]) == (-1.4989, 53.3811)


@pytest.mark.parametrize("text", ["S1 2HE", "s12he", " S1-2HE "])
def test_a_postcode_is_one_however_it_is_written(text: str) -> None:
    assert postcode_key(text) == "S12HE"


def test_malformed_and_repeated_postcodes_are_refused_and_blank_places_counted() -> None:
    rows = "S1 2HE,-1.47,53.38\nS12HE,-1.46,53.38\nSheffield,-1.47,53.38\nS1 2HF,,\n"
    report = read_postcodes(text_file(f"pcds,long,lat\n{rows}")).report
    assert (report.kept, report.without_location) == (1, 1)
    assert {entry.reason: entry.first_row for entry in report.refused} == {
        "The postcode is missing or malformed": 4,
        "The postcode was given before": 3,
    }
