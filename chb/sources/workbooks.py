"""Excel workbooks to rows of text, within limits, the sheet chosen by its header."""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import openpyxl

from chb.domain.refusal import Refusal
from chb.sources.archives import MEGABYTE, ArchiveLimits, checked_members, size_words
from chb.sources.files import InputFile
from chb.sources.text import clean_text

WORKBOOK_LIMITS: Final = ArchiveLimits(members=1_000, unpacked_bytes=300 * MEGABYTE)
LARGEST_BYTES: Final = 50 * MEGABYTE
"""As it is packed: the indices of deprivation, which are large for a workbook, are a tenth."""
MOST_CELLS: Final = 5_000_000
_HEADER_WITHIN_ROWS: Final = 20
_DAMAGED: Final = (
    *(LookupError, ValueError, TypeError, ArithmeticError),
    *(OSError, SyntaxError, zipfile.BadZipFile, zlib.error),
)
"""What the library raises for a workbook that does not hold together."""

Rows = list[tuple[int, list[str]]]


def read_workbook(
    file: InputFile, fits: Callable[[Sequence[str]], int]
) -> tuple[Rows, tuple[str, ...]]:
    """Rows of the sheet whose header fits best, header first, and a note naming the sheet."""
    if len(file.data) > LARGEST_BYTES:
        raise Refusal(
            f"{file.name} is too large for a workbook",
            found=f"{size_words(len(file.data))}, the limit is {size_words(LARGEST_BYTES)}",
            cause="A workbook takes many times as long to read as the same table as CSV",
            remedy="Save the sheet as CSV and import that; nothing was imported",
        )
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        checked_members(archive, file.name, WORKBOOK_LIMITS)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(file.data), read_only=True, data_only=True, keep_links=False
        )
        sheets = {sheet.title: _sheet_rows(sheet, file.name) for sheet in book.worksheets}
    except _DAMAGED as error:
        raise Refusal(
            f"{file.name} is a damaged workbook",
            cause="It may have been cut short or made by another program",
            remedy="Open it, save it as CSV and import that",
        ) from error
    best = max(sheets, key=lambda title: _best_header(sheets[title], fits)[0])
    _, header_at = _best_header(sheets[best], fits)
    return _squared(sheets[best][header_at:]), (f"{file.name}: the sheet {best!r} was read",)


def _squared(rows: Rows) -> Rows:
    """Rows as wide as the header: a workbook leaves empty cells at the end out, or adds some."""
    if not rows:
        return rows
    width = max(place for place, cell in enumerate(rows[0][1], 1) if cell)
    return [
        (line, cells[:width] + [""] * (width - len(cells)) if not any(cells[width:]) else cells)
        for line, cells in rows
    ]


def _sheet_rows(sheet: Any, name: str) -> Rows:
    return list(_filled_rows(sheet, name))


def _filled_rows(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    cells = 0
    sheet.reset_dimensions()  # a workbook may claim a million columns: count what is there
    for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells += len(row)
        if cells > MOST_CELLS:
            raise Refusal(
                f"{name} has more cells than a workbook may",
                found=f"The sheet {sheet.title!r} passes {MOST_CELLS:,} cells",
                remedy="Save the sheet as CSV and import that",
            )
        values = [_text(value) for value in row]
        if any(values):
            yield line, values


def _best_header(rows: Rows, fits: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """The best fit among the first rows, and where it stands; earlier rows win a tie."""
    scored = [
        (fits([cell for cell in cells if cell]), -place)
        for place, (_, cells) in enumerate(rows[:_HEADER_WITHIN_ROWS])
    ]
    score, place = max(scored, default=(-1, 0))
    return score, -place


def _text(value: object) -> str:
    """A cell as text: whole numbers without a point, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    return clean_text(str(value))
