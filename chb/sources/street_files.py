"""One monthly street-level file of data.police.uk, read quickly or carefully.

The quick path is Arrow's parser, on the bytes as they are or, where they have to be, as
they were cleaned. It is trusted only when its rows, with those of another length than the
header, equal the file's lines; any other file goes through the careful path of ``tables``.
"""

from __future__ import annotations

import codecs
import csv
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from chb.domain.quality import RefusedRows
from chb.sources.columns import MOST_COLUMNS, Columns, normal
from chb.sources.files import InputFile
from chb.sources.sniff import START_BYTES, FileKind, expect
from chb.sources.tables import LONGEST_CELL, ragged_rows, read_table
from chb.sources.text import INVISIBLE, first_line, read_text

STREET_COLUMNS: Final = Columns(
    what="a street-level crime file",
    required={
        "month": (),
        "force": ("Falls within", "Reported by"),
        "category": ("Crime type",),
        "longitude": ("lon", "long", "lng"),
        "latitude": ("lat",),
    },
    optional={
        "crime_id": (),
        "street": ("Location",),
        "lsoa_code": (),
        "outcome": ("Last outcome category",),
    },
    remedy="Use the street-level CSV files of data.police.uk with their own headers",
)
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_COORDINATES: Final = ("longitude", "latitude")

Ragged = list[tuple[int, int]]
"""The line of each row that is longer or shorter than the header, and its number of fields."""


class FileRole(Enum):
    """What a police file holds, told by its columns."""

    STREET = "street-level crimes"
    OUTCOMES = "outcomes"
    STOP_AND_SEARCH = "stop and search"


@dataclass(frozen=True)
class StreetTable:
    """One file's rows: text columns under our names, and the line of each row."""

    table: pa.Table
    lines: NDArray[np.int64]
    refused: tuple[RefusedRows, ...]
    rows_read: int
    notes: tuple[str, ...]


def role_of(file: InputFile) -> FileRole:
    """Which of the publisher's files this is; Refusal when it is not text."""
    expect(file, FileKind.TEXT)
    headers = {normal(header) for header in _header(file.data)}
    if "outcometype" in headers and "crimetype" not in headers:
        return FileRole.OUTCOMES
    if {"objectofsearch", "legislation"} & headers and "crimetype" not in headers:
        return FileRole.STOP_AND_SEARCH
    return FileRole.STREET


def read_street_file(file: InputFile) -> StreetTable:
    """All rows of a file; Refusal when it is damaged or lacks a column."""
    return _read_quickly(file) or _read_carefully(file)


def _header(data: bytes) -> list[str]:
    """The first line's cells, well enough to tell files apart."""
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    text = data[:START_BYTES].decode(encoding, errors="replace").lstrip("\r\n")
    return next(csv.reader([first_line(text)]), [])


def _read_quickly(file: InputFile) -> StreetTable | None:
    """The rows by Arrow's parser; None when only the careful path can tell what they are."""
    data, notes = _cleaned(file)
    headers = _header(data)
    names = STREET_COLUMNS.matched(headers)
    distinct = {header.strip().casefold() for header in headers}
    is_sound = len(distinct) == len(headers) <= MOST_COLUMNS
    if not is_sound or not set(STREET_COLUMNS.required) <= set(names.values()):
        return None  # the careful path words the refusal
    try:
        table = _parse(data, names)
        ragged: Ragged = []
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        table, ragged = _parse_leniently(data, names)
    return _street_table(file, table, ragged, notes=notes, n_lines=_n_lines(data))


def _cleaned(file: InputFile) -> tuple[bytes, tuple[str, ...]]:
    """The bytes as plain UTF-8, as they are where they are that; and notes on what was chosen."""
    if _is_plain(file.data):
        return file.data, ()
    text, notes = read_text(file)
    return text.encode(), notes


def _street_table(
    file: InputFile,
    table: pa.Table | None,
    ragged: Ragged,
    *,
    notes: tuple[str, ...],
    n_lines: int,
) -> StreetTable | None:
    """The rows that were parsed, if they and the ragged ones are the file's lines."""
    if table is None or table.num_rows + len(ragged) + 1 != n_lines:
        return None  # a quoted line end, a blank line or an unclosed quote
    if _longest_cell(table) > LONGEST_CELL:
        return None
    lines = np.setdiff1d(np.arange(2, n_lines + 1), [line for line, _ in ragged])
    width = len(_header(file.data))
    refused = ragged_rows(ragged, width=width, name=file.name)
    return StreetTable(table, lines, refused, table.num_rows + len(ragged), notes)


def _parse(data: bytes, names: dict[str, str]) -> pa.Table:
    types = {
        header: pa.float64() if name in _COORDINATES else pa.string()
        for header, name in names.items()
    }
    table = arrow_csv.read_csv(pa.BufferReader(data), convert_options=_conversion(types))
    return table.rename_columns([names[header] for header in table.column_names])


def _parse_leniently(data: bytes, names: dict[str, str]) -> tuple[pa.Table | None, Ragged]:
    """The same with coordinates as text, and rows of another length left out and listed."""
    ragged: Ragged = []

    def leave_out(row: arrow_csv.InvalidRow) -> str:
        if '"' in row.text:
            return "error"  # it may run on into the next lines
        ragged.append((row.number, row.actual_columns))
        return "skip"

    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(use_threads=False),  # so that rows have numbers
            parse_options=arrow_csv.ParseOptions(invalid_row_handler=leave_out),
            convert_options=_conversion(dict.fromkeys(names, pa.string())),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None, []
    return table.rename_columns([names[header] for header in table.column_names]), ragged


def _conversion(types: dict[str, pa.DataType]) -> arrow_csv.ConvertOptions:
    return arrow_csv.ConvertOptions(
        column_types=types,
        include_columns=list(types),
        null_values=[""],
        strings_can_be_null=False,
    )


def _is_plain(data: bytes) -> bool:
    """UTF-8 text that needs no cleaning."""
    if b"\0" in data or data.startswith((*_UTF_16, b"#")):
        return False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if INVISIBLE.search(text):
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def _n_lines(data: bytes) -> int:
    return data.count(b"\n") + (not data.endswith(b"\n"))


def _longest_cell(table: pa.Table) -> int:
    """In bytes, so never less than in characters."""
    texts = [column for column in table.columns if pa.types.is_string(column.type)]
    return max((pc.max(pc.binary_length(column)).as_py() or 0 for column in texts), default=0)


def _read_carefully(file: InputFile) -> StreetTable:
    table = read_table(file, fits=STREET_COLUMNS.fits).select(STREET_COLUMNS)
    return StreetTable(
        table=pa.table(
            [pa.array(table.frame[name], pa.string()) for name in table.frame],
            names=list(table.frame),
        ),
        lines=table.frame.index.to_numpy(dtype=np.int64),
        refused=table.refused,
        rows_read=table.rows_read,
        notes=table.notes,
    )


def text_column(table: pa.Table, name: str) -> pa.ChunkedArray:
    """A column as trimmed text, empty where the file lacks it."""
    if name not in table.column_names:
        return pa.chunked_array([pa.array([""] * table.num_rows, pa.string())])
    return pc.utf8_trim_whitespace(table[name])
