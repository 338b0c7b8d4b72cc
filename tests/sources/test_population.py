"""Residents by LSOA."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from chb.domain.refusal import Refusal
from chb.sources.population import read_population

from .makers import text_file


@pytest.mark.parametrize(
    ("name", "column", "vintage", "columns"),
    [
        (
            "Census2021_usual_residents_households_LSOA21.csv",
            "total_residents",
            "2021",
            ["lsoa_code", "population", "households"],
        ),
        (
            "ONS_mid2020_population_LSOA11.csv",
            "total_population",
            "2011",
            ["lsoa_code", "population", "aged_0_17", "aged_10_24"],
        ),
    ],
)
def test_a_real_table_is_read_and_its_total_kept(
    real_data: Callable[[str], Path], name: str, column: str, vintage: str, columns: list[str]
) -> None:
    path = real_data(f"common/population/{name}")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        total = sum(int(row[column]) for row in csv.DictReader(stream))
    reading = read_population(path)
    assert reading.frame["population"].sum() == total
    assert list(reading.frame) == columns
    assert reading.details["vintage"] == vintage


def test_thousands_are_read_and_impossible_counts_refused() -> None:
    text = (
        'LSOA21CD,Total population\nE01000001,"1,474"\nE01000002,-5\nE01000003,many\nE01000004,\n'
        "E01000005,1e18\n"
    )
    reading = read_population(text_file(text))
    assert reading.frame["population"].tolist() == [1474]
    reasons = [entry.reason for entry in reading.report.refused]
    assert reasons == [
        "The population is missing",
        "The population is not a number",
        "The population is out of range (0 to 100,000)",
    ]


def test_a_table_without_residents_or_areas_is_refused() -> None:
    with pytest.raises(Refusal, match=r"lacks columns.*population"):
        read_population(text_file("lsoa21_code,dogs\nE01000001,5\n"))
    with pytest.raises(Refusal, match="no column of LSOA codes"):
        read_population(text_file("ward,total_population\nE05000001,5\n"))


def test_of_two_columns_for_the_same_ages_the_first_is_read() -> None:
    text = "LSOA21CD,Total population,aged_0_17,aged 0 to 17\nE01000001,9,2,3\n"
    assert read_population(text_file(text)).frame["aged_0_17"].tolist() == [2]
