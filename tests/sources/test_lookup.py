"""Lookups between areas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chb.domain.refusal import Refusal
from chb.sources.lookup import column_of, read_lookup

from .makers import text_file


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("lookup_lsoa11_lsoa21_ltla22.csv", "lsoa11-lsoa21", 35_795),
        ("lookup_lsoa21_ward24_ltla24.csv", "lsoa21-ward24-ltla24", 35_672),
        ("lookup_ltla24_csp24_pfa24.csv", "ltla24-csp24-pfa24", 332),
    ],
)
def test_a_real_lookup_is_read_whole_and_its_kind_known(
    real_data: Callable[[str], Path], name: str, kind: str, count: int
) -> None:
    reading = read_lookup(real_data(f"common/lookups/{name}"))
    assert (reading.name, reading.details, len(reading.frame)) == (kind, {"lookup": kind}, count)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("LSOA21CD", "lsoa21_code"),
        ("lsoa21_name", "lsoa21_name"),
        ("LAD22NM", "ltla22_name"),
        ("WD24CD", "ward24_code"),
        ("CHGIND", "change_code"),
        ("ObjectId", ""),
    ],
)
def test_a_header_gets_our_name(header: str, name: str) -> None:
    assert column_of(header) == name


def test_malformed_and_repeated_rows_are_refused() -> None:
    text = "LSOA11CD,LSOA21CD\nE01000001,E01000001\nE01000001,E01000001\nE01000002,x\n"
    report = read_lookup(text_file(text)).report
    assert (report.kept, report.refused_rows) == (1, 2)
    assert report.refused[0].reason == "The lsoa21 code is missing or malformed"


def test_a_table_with_one_kind_of_area_is_refused() -> None:
    with pytest.raises(Refusal, match="does not lead from one kind of area to another"):
        read_lookup(text_file("LSOA21CD,population\nE01000001,5\n"))
