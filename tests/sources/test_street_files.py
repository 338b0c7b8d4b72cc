"""The quick path gives what the careful one gives, or leaves the file to it."""

import pytest

from chb.sources import street_files
from chb.sources.files import InputFile
from chb.sources.street_files import read_street_file

from .makers import street_csv, street_row

GOOD = street_csv(street_row(), street_row(Month="2025-02"), street_row())
ROW = GOOD.split(b"\n")[1] + b"\n"


@pytest.mark.parametrize(
    ("data", "is_quick"),
    [
        (GOOD, True),
        (GOOD + b"a,b\n" + ROW, True),
        (GOOD.replace(b"-1.470100", b"unknown", 1), True),
        (GOOD.replace(b"Park Square", b"Park\xa0Square", 1), True),
        (GOOD.replace(b"Park", b"Park\xe2\x80\x8b", 1), True),
        (GOOD.decode().encode("utf-16"), True),
        (GOOD + b"\n" + ROW, False),
        (GOOD.replace(b"Park Square", b'"Park\nSquare"', 1), False),
    ],
)
def test_both_paths_agree(monkeypatch, data, is_quick):
    file = InputFile.of("street.csv", data)
    found = street_files._read_quickly(file)
    assert (found is not None) == is_quick
    read = read_street_file(file)
    monkeypatch.setattr(street_files, "_read_quickly", lambda _file: None)
    careful = read_street_file(file)
    assert read.lines.tolist() == careful.lines.tolist()
    assert (read.refused, read.rows_read, read.notes) == (
        careful.refused,
        careful.rows_read,
        careful.notes,
    )
    assert read.table["street"].to_pylist() == careful.table["street"].to_pylist()
