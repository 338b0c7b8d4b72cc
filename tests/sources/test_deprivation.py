"""Indices of deprivation: the four real files, and rows and files that cannot be."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from chb.domain.refusal import Refusal
from chb.sources.deprivation import column_of, read_deprivation

from .makers import text_file

FOLDER = "common/deprivation/"
IOD_2025 = FOLDER + "IoD2025_File_7_style_RECONSTRUCTED_no_IDACI_IDAOPI_no_population.csv"
HEADER = (
    "LSOA code (2021),Index of Multiple Deprivation (IMD) Score,"
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)\n"
)


@pytest.mark.parametrize(
    ("name", "title", "vintage", "country", "count"),
    [
        (IOD_2025, "IoD 2025", "2021", "England", 33_755),
        (
            FOLDER + "File_1_-_IMD2019_Index_of_Multiple_Deprivation.xlsx",
            "IMD 2019",
            "2011",
            "England",
            32_844,
        ),
        (
            FOLDER + "IoD2019_Domains_ranks_deciles_RECONSTRUCTED.csv",
            "IoD 2019",
            "2011",
            "England",
            32_844,
        ),
        (FOLDER + "WIMD2019_lsoa11_from_humaniverse_IMD.csv", "WIMD 2019", "2011", "Wales", 1_909),
    ],
)
def test_a_real_index_is_read_whole(
    real_data: Callable[[str], Path], name: str, title: str, vintage: str, country: str, count: int
) -> None:
    reading = read_deprivation(real_data(name))
    assert (reading.name, reading.report.kept, reading.report.refused) == (title, count, ())
    assert reading.details == {"edition": title, "vintage": vintage, "country": country}
    ranks = reading.frame["imd_rank"]
    assert (ranks.min(), ranks.max()) == (1, count)
    assert reading.frame["imd_decile"].between(1, 10).all()


def test_the_values_are_those_of_the_file(real_data: Callable[[str], Path]) -> None:
    path = real_data(IOD_2025)
    frame = read_deprivation(path).frame.set_index("lsoa_code")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            ours = frame.loc[row["LSOA code (2021)"]]
            assert ours["imd_score"] == float(row["Index of Multiple Deprivation (IMD) Score"])
            assert ours["living_environment_score"] == float(row["Living Environment Score"])
            if ours.name == "E01000050":
                break


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Index of Multiple Deprivation (IMD) Score", "imd_score"),
        ("Income Deprivation Affecting Children Index (IDACI) Score (rate)", "idaci_score"),
        ("Income Score (rate)", "income_score"),
        ("Education, Skills and Training Rank (where 1 is most deprived)", "education_rank"),
        ("Barriers to Housing and Services Decile (where 1 is ...)", "housing_decile"),
        ("Environment_decile", "physical_environment_decile"),
        ("Children and Young People Sub-domain Score", ""),
        ("Local Authority District code (2024)", ""),
        ("Total population: mid 2022", ""),
    ],
)
def test_a_header_is_understood(header: str, name: str) -> None:
    assert column_of(header) == name


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("E01000001,9,1,1", "given before"),
        ("E01000002,9,33756,1", "imd rank is out of range (1 to 33,755)"),
        ("E01000002,9,0,1", "imd rank is out of range"),
        ("E01000002,9,1,11", "imd decile is out of range (1 to 10)"),
        ("E01000002,-20,1,1", "imd score is out of range (0 to 100)"),
        ("E01000002,1e9,1,1", "imd score is out of range"),
        ("E01000002,,1,1", "imd score is missing"),
        ("E01000002,high,1,1", "imd score is not a number"),
        ("E01000002,inf,1,1", "imd score is not a number"),
        ("E0100002,9,1,1", "LSOA code is missing or malformed"),
        ("E02000001,9,1,1", "LSOA code is missing or malformed"),
    ],
)
def test_a_wrong_row_is_refused(row: str, reason: str) -> None:
    report = read_deprivation(text_file(f"{HEADER}E01000001,9.5,2,1\n{row}\n")).report
    assert reason in report.refused[0].reason
    assert (report.kept, report.refused[0].first_row) == (1, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{HEADER}E01000001,9,1,1\nW01000001,9,1,1\n", "mixes countries: England and Wales"),
        (f"{HEADER}S01000001,9,1,1\n", "of Scotland"),
        ("lsoa21cd,population\nE01000001,5\n", "neither a score nor a rank"),
        ("ward,IMD score\nE05000001,5\n", "no column of LSOA codes"),
        (HEADER, "has a header and no rows"),
    ],
)
def test_a_wrong_file_is_refused(text: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        read_deprivation(text_file(text))
