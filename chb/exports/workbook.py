"""A frame as an Excel workbook: numbers stay numbers, text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

from chb.domain.spreadsheet_text import marked

_LONGEST_TITLE: Final = 31


def write_workbook(
    table: pd.DataFrame,
    about: Mapping[str, Mapping[str, Any]],
    out: Path,
    *,
    title: str,
    marking: str = "",
) -> None:
    """Write the table to a sheet called ``title``, and a sheet of names and values for each
    of ``about``. The marking is printed at the head and foot of every page.
    """
    book = Workbook()
    rows = (list(row) for row in table.itertuples(index=False, name=None))
    _fill(book.active, title, [list(table.columns), *rows], marking)
    for name, values in about.items():
        _fill(
            book.create_sheet(), name, (_pair(key, value) for key, value in values.items()), marking
        )
    book.save(out)


def _fill(sheet: Worksheet, title: str, rows: Iterable[list[Any]], marking: str) -> None:
    sheet.title = title[:_LONGEST_TITLE]
    for row in rows:
        sheet.append([_cell(value) for value in row])
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = marking


def _pair(key: str, value: Any) -> list[Any]:
    return [key, "; ".join(map(str, value)) if isinstance(value, list) else value]


def _cell(value: Any) -> Any:
    """A value that a cell can hold; text with a mark where a spreadsheet would compute it."""
    if isinstance(value, str):
        return marked(ILLEGAL_CHARACTERS_RE.sub("", value))
    if isinstance(value, np.generic):
        value = value.item()
    return None if pd.isna(value) else value
