"""Street-level crime: the real sets reconciled, and every way a file can be wrong."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from chb.domain.periods import Month
from chb.domain.refusal import Refusal
from chb.sources.files import InputFile
from chb.sources.police_uk import IncidentSet, read_incidents
from chb.sources.reading import INCIDENT_COLUMNS
from chb.sources.street_files import read_street_file

from .makers import STREET_HEADER, TODAY, csv_text, street_csv, street_file, street_row, zip_bytes

SETS = {
    "sheffield/police-uk-south-yorkshire.zip": 172_209,
    "lancashire/police-uk-lancashire.zip": 217_319,
}


def read(*files: InputFile) -> IncidentSet:
    return read_incidents(list(files), today=TODAY)


def raw_rows(path: Path) -> list[dict[str, str]]:
    """Every row of an archive by the csv module alone: an account made independently."""
    rows: list[dict[str, str]] = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as stream:
                rows += csv.DictReader(io.TextIOWrapper(stream, "utf-8", newline=""))
    return rows


@pytest.mark.parametrize(("name", "total"), SETS.items())
def test_a_real_set_is_reconciled_with_the_raw_files(
    real_data: Callable[[str], Path], name: str, total: int
) -> None:
    rows = raw_rows(real_data(name))
    result = read_incidents(real_data(name), today=TODAY)
    frame, report = result.frame, result.report
    ids = Counter(row["Crime ID"] for row in rows if row["Crime ID"])
    assert len(rows) == total == report.rows_read == len(frame)
    assert report.without_location == sum(not row["Longitude"] for row in rows)
    assert report.repeated_ids == sum(count - 1 for count in ids.values())
    assert report.refused == ()
    assert dict(Counter(frame["category"])) == Counter(row["Crime type"] for row in rows)
    months = Counter(str(Month.from_ordinal(each)) for each in frame["month_ordinal"])
    assert months == Counter(row["Month"] for row in rows)
    sums = [float(frame[column].sum()) for column in ("longitude", "latitude")]
    raw = [sum(float(row[column] or 0) for row in rows) for column in ("Longitude", "Latitude")]
    assert sums == pytest.approx(raw, abs=1e-4)
    assert [file.rows for file in result.files] == list(np.bincount(frame["file"]))


def test_the_frame_keeps_what_the_publisher_wrote() -> None:
    frame = read(
        street_file(
            street_row(Location="On or near ", Crime_type="Anti-social behaviour"),
            street_row(Location="On or near Ffordd y Môr", Crime_ID="a1", LSOA_code="W01000001"),
            street_row(Location='On or near "The Moor", Sheffield'),
        )
    ).frame
    assert set(INCIDENT_COLUMNS) <= set(frame.columns)
    assert frame["street"].tolist() == [
        "On or near",
        "On or near Ffordd y Môr",
        'On or near "The Moor", Sheffield',
    ]
    assert frame["crime_id"].tolist() == ["", "a1", ""]
    assert frame["month_ordinal"].dtype == np.int32


def test_identical_rows_are_separate_incidents_and_repeated_ids_are_counted() -> None:
    asb = street_row(Crime_type="Anti-social behaviour")
    result = read(street_file(asb, asb, asb, street_row(Crime_ID="x"), street_row(Crime_ID="x")))
    assert result.report.kept == len(result.frame) == 5
    assert result.report.repeated_ids == 1


def test_rows_without_location_and_outside_stay_in_the_frame_and_are_counted() -> None:
    result = read(
        street_file(
            street_row(),
            street_row(Longitude="", Latitude="", Location="No Location", LSOA_code=""),
            street_row(Longitude="0.000000", Latitude="0.000000"),
            street_row(Longitude="nan", Latitude="nan"),
            street_row(Longitude="2.3522", Latitude="48.8566"),
        )
    )
    report = result.report
    assert (report.kept, report.without_location, report.outside_area) == (1, 3, 1)
    assert result.frame["outside_area"].tolist() == [False, False, False, False, True]


def test_an_area_tells_inside_from_outside() -> None:
    file = street_file(street_row(), street_row(Longitude="-1.30"))
    result = read_incidents(file, today=TODAY, area=box(-1.48, 53.37, -1.46, 53.39))
    assert (result.report.kept, result.report.outside_area) == (1, 1)


@pytest.mark.parametrize(
    ("change", "reason", "remedy"),
    [
        ({"Crime_type": "Burglry"}, "crime type 'Burglry'", "'Burglary'"),
        ({"Month": "2025-13"}, "not written as year-month", "2025-01"),
        ({"Month": "January 2025"}, "not written as year-month", "2025-01"),
        ({"Month": "2099-01"}, "in the future", ""),
        ({"Longitude": "181"}, "out of range", ""),
        ({"Latitude": "91"}, "out of range", ""),
        ({"Latitude": "inf"}, "infinite", ""),
        ({"Longitude": "53.38", "Latitude": "-1.47"}, "swapped", "Swap"),
        ({"Longitude": "435200", "Latitude": "387500"}, "eastings", "EPSG:27700"),
        ({"Longitude": "-1,47"}, "decimal comma", "point"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(
    change: dict[str, str], reason: str, remedy: str
) -> None:
    report = read(street_file(street_row(), street_row(), street_row(**change))).report
    (refused,) = report.refused
    assert reason in refused.reason
    assert remedy in refused.remedy
    assert (refused.rows, refused.first_row) == (1, 4)
    assert "2025-01-street.csv, row 4" in refused.example
    assert report.kept == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"<html>sign in</html>", "is a web page"),
        (street_csv(), "has a header and no rows"),
        (
            b"Month,Crime typ,lat\n2025-01,x,1\n",
            "lacks columns.*nearest to category is 'Crime typ'",
        ),
        (street_csv(street_row()).replace(b"On or", b'"On or'), "never closed properly.*row 2"),
        (street_csv(street_row()) + b'"2,3\n4,5\n', "never closed properly.*row 3"),
        (street_csv(street_row()).replace(b"Park", b"Pa\0rk"), "NUL characters"),
        (street_csv(street_row(Longitude="53.38", Latitude="-1.47")), "swapped"),
        (street_csv(street_row(Longitude="435200", Latitude="387500")), "eastings and northings"),
        (street_csv(street_row(Crime_type="Wizardry")), "No row of .* can be used"),
        (street_csv(street_row(Location="x" * 500_000)), "too long.*Row 2"),
        (street_csv(street_row()).replace(b"Context", b"longitude"), "two columns of the same"),
        (
            street_csv(street_row()).partition(b"\n")[2],
            "two columns of the same name.*no header row",
        ),
    ],
)
def test_a_wrong_file_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=f"(?s){words}"):
        read(InputFile.of("street.csv", data))


@pytest.mark.parametrize(
    "data",
    [
        csv_text([street_row(), street_row()], STREET_HEADER, end="\r\n").encode(),
        csv_text([street_row(), street_row()], STREET_HEADER, end="\r").encode(),
        "\ufeff".encode() + street_csv(street_row(), street_row()),
        street_csv(street_row(), street_row()).decode().encode("utf-16"),
        street_csv(street_row(), street_row()).rstrip(b"\n"),
        street_csv(street_row(), street_row()) + b"\n\n",
        street_csv(street_row(), street_row()).replace(b",", b";"),
        street_csv(street_row(), street_row(Location="Caff\u00e8")).decode().encode("cp1252"),
        street_csv(street_row(), street_row(Location="two\nlines")),
    ],
)
def test_other_line_ends_encodings_and_separators_make_no_difference(data: bytes) -> None:
    report = read(InputFile.of("street.csv", data)).report
    assert (report.rows_read, report.kept) == (2, 2)


def test_the_quick_and_the_careful_path_agree(real_data: Callable[[str], Path]) -> None:
    with zipfile.ZipFile(real_data("lancashire/police-uk-lancashire.zip")) as archive:
        data = archive.read(archive.namelist()[0])
    quick = read(InputFile.of("street.csv", data))
    careful = read(InputFile.of("street.csv", b"# a comment sends it the careful way\n" + data))
    assert quick.frame.equals(careful.frame)
    assert quick.report.kept == careful.report.kept


def test_a_file_without_crime_ids_is_read_with_a_note() -> None:
    header = [name for name in STREET_HEADER if name != "Crime ID"]
    result = read(InputFile.of("a.csv", street_csv(street_row(), header=header)))
    assert result.frame["crime_id"].tolist() == [""]
    assert "A file has no Crime ID column" in result.report.notes


def test_ragged_rows_are_refused_and_the_rest_is_read() -> None:
    data = street_csv(street_row(), street_row()) + b"only,three,fields\n"
    report = read(InputFile.of("a.csv", data)).report
    assert (report.rows_read, report.kept, report.refused_rows) == (3, 2, 1)


def test_other_files_of_the_publisher_are_left_out(real_data: Callable[[str], Path]) -> None:
    samples = real_data("common/police_format_samples")
    with pytest.raises(Refusal, match="no street-level crimes") as refused:
        read_incidents(samples, today=TODAY)
    assert "stop and search" in str(refused.value)
    assert "outcomes" in str(refused.value)
    notes = read_incidents([samples, street_file(street_row())], today=TODAY).report.notes
    assert sum("was left out: it holds" in note for note in notes) == 2


def test_the_same_file_twice_counts_once_and_a_month_in_two_files_is_noted() -> None:
    first, copy = street_file(street_row(), name="a.csv"), street_file(street_row(), name="b.csv")
    other = street_file(street_row(Crime_ID="1"), name="c.csv")
    result = read(first, copy, other)
    assert len(result.frame) == 2
    assert [file.name for file in result.files] == ["a.csv", "c.csv"]
    assert "b.csv was left out: it is the same file as a.csv" in result.report.notes
    assert "South Yorkshire Police 2025-01 is in 2 files: check for repeats" in result.report.notes


def test_a_missing_month_is_named_for_each_force() -> None:
    south = [street_row(Month=month) for month in ("2025-01", "2025-02", "2025-05")]
    north = [street_row(Month=month, Falls_within="North") for month in ("2025-03", "2025-04")]
    report = read(street_file(*south, *north)).report
    assert [str(month) for month in report.months_missing] == ["2025-03", "2025-04"]
    assert "South Yorkshire Police has no rows for 2025-03, 2025-04" in report.notes
    assert not any(note.startswith("North") for note in report.notes)


def test_a_month_may_be_the_current_one_but_not_the_next() -> None:
    file = street_file(street_row(Month="2025-06"), street_row(Month="2025-07"))
    report = read_incidents(file, today=date(2025, 6, 1)).report
    assert (report.kept, report.refused[0].first_row) == (1, 3)


def test_progress_names_each_file() -> None:
    seen: list[tuple[int, int, str]] = []
    data = zip_bytes({"1.csv": street_csv(street_row()), "read.txt": b"about"})
    source = InputFile.of("a.zip", data)
    read_incidents(source, today=TODAY, progress=lambda *told: seen.append(told))
    assert seen == [(0, 2, "1.csv"), (1, 2, "read.txt")]


def test_one_bad_member_refuses_the_whole_archive() -> None:
    data = zip_bytes({"1.csv": street_csv(street_row()), "2.csv": b"<html>error</html>"})
    with pytest.raises(Refusal, match=r"2\.csv is a web page"):
        read(InputFile.of("a.zip", data))


damage = st.sampled_from(
    [
        *({}, {}, {}, {"Longitude": "", "Latitude": ""}, {"Crime_type": "Nonsense"}),
        *({"Month": "bad"}, {"Longitude": "200"}, {"Longitude": "2.35", "Latitude": "48.9"}),
        *({"Crime_ID": "same"}, {"Location": "zero\u200bwidth"}, {"Latitude": "unknown"}),
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(damage, min_size=1, max_size=25), st.randoms(use_true_random=False))
def test_counts_add_up_and_do_not_depend_on_the_order(
    changes: list[dict[str, str]], random: Random
) -> None:
    rows = [street_row(), *(street_row(**change) for change in changes)]
    forwards = read(street_file(*rows)).report
    shuffled = list(rows)
    random.shuffle(shuffled)
    backwards = read(street_file(*shuffled)).report
    assert forwards.rows_read == len(rows)
    for name in ("kept", "without_location", "outside_area", "refused_rows", "repeated_ids"):
        assert getattr(forwards, name) == getattr(backwards, name)


def test_the_quick_path_is_taken_by_a_plain_file_and_only_by_it() -> None:
    plain = read_street_file(street_file(street_row()))
    quoted = read_street_file(street_file(street_row(Location="two\nlines"), street_row()))
    assert plain.lines.tolist() == [2]
    assert quoted.lines.tolist() == [2, 4]


def test_one_file_is_called_by_its_name_and_several_by_their_number(tmp_path: Path) -> None:
    path = tmp_path / "2025-01-street.csv"
    path.write_bytes(street_csv(street_row()))
    assert read_incidents([path], today=TODAY).report.source == "2025-01-street.csv"
    two = [path, street_file(street_row(Month="2025-02"))]
    assert read_incidents(two, today=TODAY).report.source == "2 files"
