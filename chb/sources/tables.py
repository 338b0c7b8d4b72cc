"""Text tables and workbooks to frames of text: nothing inferred, nothing dropped silently.

Every value stays text ("NA", "None", "007" and "1E5" are what they are), the
frame's index is the line of each row in its file, and a row with too many or
too few fields is refused with its line. The careful path: Python's own parser,
strict about quotes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from chb.domain.quality import RefusedRows
from chb.domain.refusal import Refusal
from chb.sources.account import Account
from chb.sources.columns import Columns, checked_headers
from chb.sources.files import InputFile
from chb.sources.sniff import FileKind, expect
from chb.sources.text import clean_text, first_line, read_text
from chb.sources.workbooks import read_workbook

LONGEST_CELL: Final = 10_000
_DELIMITERS: Final = (",", ";", "\t", "|")

_BATCH_ROWS: Final = 50_000
"""Turned into columns at a time, so that a long table is never held cell by cell."""

Row = tuple[int, list[str]]
"""The line a row stands on, and its cells."""
RaggedRow = tuple[int, tuple[str, ...], list[str]]
"""The line, the headings of the table, and more or fewer cells than there are headings."""
Fits = Callable[[Sequence[str]], int]
"""How many of the wanted columns a header row holds: chooses the sheet of a workbook."""


@dataclass(frozen=True)
class Table:
    """A table as it stood: text columns under the publisher's headers, lines as index."""

    name: str
    sha256: str
    frame: pd.DataFrame
    rows_read: int
    refused: tuple[RefusedRows, ...] = ()
    notes: tuple[str, ...] = ()
    ragged: tuple[RaggedRow, ...] = ()
    """The rows of too many or too few fields, as they stood: counted in ``refused``."""
    is_ours: bool = False
    """Made by a reader out of something that is no table, with columns of our own."""

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(self.frame.columns)

    def select(self, columns: Columns) -> Table:
        """The table with the wanted columns under our names; Refusal when one is missing."""
        names = columns.require(self.headers, self.name)
        frame = self.frame[list(names)].rename(columns=names)
        return replace(self, frame=frame)


def read_table(file: InputFile, *, fits: Fits = len) -> Table:
    """Read a CSV or a workbook, whichever the bytes are; Refusal for anything else."""
    if expect(file, FileKind.TEXT, FileKind.XLSX) == FileKind.XLSX:
        book, notes = read_workbook(file, fits)
        rows = iter(book)
    else:
        text, notes = read_text(file)
        rows = _csv_rows(text, file.name)
    return _table(file, rows, notes)


def read_columns(file: InputFile, columns: Columns) -> Table:
    """Read the wanted columns of a table, under our names."""
    return read_table(file, fits=columns.fits).select(columns)


def account_of(kind: str, table: Table) -> Account:
    """The account of a reading that begins with this table."""
    return Account(kind, table.name, table.rows_read, list(table.refused), list(table.notes))


def ragged_rows(
    ragged: Sequence[tuple[int, int]], *, width: int, name: str
) -> tuple[RefusedRows, ...]:
    """The refusal of rows whose line and number of fields are given; none when there are none."""
    if not ragged:
        return ()
    line, fields = ragged[0]
    return (
        RefusedRows(
            reason="The row has more or fewer fields than the header",
            rows=len(ragged),
            first_row=line,
            example=f"{name}, row {line:,}: {fields} fields, {width} expected",
            remedy="Put quotes round values that contain the separator",
        ),
    )


def _table(file: InputFile, rows: Iterator[Row], notes: tuple[str, ...]) -> Table:
    _, header = next(rows, (0, []))
    if not header:
        raise Refusal(
            f"{file.name} holds no table",
            found="No header row and no rows",
            remedy="Export the file again with its header",
        )
    headers = checked_headers([clean_text(cell) for cell in header], file.name)
    parts = [_frame(headers, [])]
    ragged: list[Row] = []
    while batch := list(islice(rows, _BATCH_ROWS)):
        _check_lengths(batch, file.name)
        parts.append(_frame(headers, [row for row in batch if len(row[1]) == len(headers)]))
        ragged += [row for row in batch if len(row[1]) != len(headers)]
    frame = pd.concat(parts)
    return Table(
        name=file.name,
        sha256=file.sha256,
        frame=frame,
        rows_read=len(frame) + len(ragged),
        refused=ragged_rows(
            [(line, len(cells)) for line, cells in ragged], width=len(headers), name=file.name
        ),
        notes=notes,
        ragged=tuple((line, headers, cells) for line, cells in ragged),
    )


def _check_lengths(rows: Sequence[Row], name: str) -> None:
    for line, cells in rows:
        if max(map(len, cells)) > LONGEST_CELL:
            raise _too_long(name, line)


def _frame(headers: tuple[str, ...], rows: Sequence[Row]) -> pd.DataFrame:
    columns = zip(*(cells for _, cells in rows), strict=True) if rows else ((),) * len(headers)
    arrays = [pc.utf8_trim_whitespace(pa.array(column, pa.large_string())) for column in columns]
    frame: pd.DataFrame = pa.table(arrays, names=list(headers)).to_pandas()
    frame.index = pd.Index(np.fromiter((line for line, _ in rows), dtype=np.int64, count=len(rows)))
    return frame


def _csv_rows(text: str, name: str) -> Iterator[Row]:
    """Lines and cells, the header first; comments above it and blank rows left out."""
    skipped, body = _after_comments(text)
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=_delimiter(first_line(body)), strict=True
    )
    line = skipped + 1
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise _too_long(name, line) from error
        raise _unclosed(name, line, text) from error


def _after_comments(text: str) -> tuple[int, str]:
    """How many leading lines are comments or blank, and the text after them."""
    skipped = start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip(' \t\r",;')
        if line and not line.startswith("#"):
            break
        skipped, start = skipped + 1, end + 1
    return skipped, text[start:]


def _delimiter(header: str) -> str:
    """The separator that cuts the header into most columns; a comma if none does."""
    return max(_DELIMITERS, key=lambda mark: _columns_cut(header, mark))


def _columns_cut(line: str, mark: str) -> int:
    return len(next(csv.reader([line[:LONGEST_CELL]], delimiter=mark), []))


def _too_long(name: str, line: int) -> Refusal:
    return Refusal(
        f"{name} has a cell that is too long",
        found=f"Row {line:,} has a cell of more than {LONGEST_CELL:,} characters",
        cause="A quotation mark may be missing, so that many rows run into one cell",
        remedy="Look at that row in a text editor",
    )


def _unclosed(name: str, line: int, text: str) -> Refusal:
    lines = re.split(r"\r\n|\r|\n", text)
    words = lines[line - 1][:60] if line <= len(lines) else ""
    return Refusal(
        f"{name} has a quotation mark that is never closed properly",
        found=f"It starts on row {line:,}: {words!r}",
        cause="A value contains a quotation mark that was not doubled on export",
        remedy="Close or double the quotation mark on that row",
    )
