"""The columns a list of assets may have, and the account that loses none of its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from chb.domain.spreadsheet_text import as_typed
from chb.sources.account import Account, AnyFrame
from chb.sources.column_maps import ColumnMap, fingerprint
from chb.sources.columns import Columns, normal
from chb.sources.reading import REFUSED_ROW_COLUMNS, ROW_COLUMNS
from chb.sources.tables import Table
from chb.sources.text import clean_text

_NAME: Final = {"name": ("organisation name", "asset", "title", "site name")}
_POSITION: Final = {
    "longitude": ("lon", "long", "lng", "x"),
    "latitude": ("lat", "y"),
}
_OTHERS: Final = {
    "source_id": ("id", "organisation code", "identifier", "@id"),
    "kind": ("asset kind", "organisation type", "category", "type"),
    "postcode": ("post code", "postal code"),
    "contact_role": ("contact",),
    "note": ("notes", "description"),
    "sessions": ("timetable",),
    "opening_text": ("opening", "opening hours", "opening times", "hours"),
    "services": ("services offered", "what it offers", "support"),
    "youngest": ("minimum age", "min age", "age from"),
    "oldest": ("maximum age", "max age", "age to"),
    "cost": ("fees", "price", "charge"),
    "access_needs": ("accessibility", "access"),
    "capacity": ("people at once",),
    "status": (),
    "accepts_referrals": ("takes referrals", "referrals"),
    "verified_on": ("verified", "last verified", "last verified on"),
    "closed": ("year closed", "date closed", "close date"),
}
_REMEDY: Final = "python -m chb template assets writes an empty list with the right columns"
ASSETS: Final = Columns("a list of assets", {**_NAME, **_POSITION}, _OTHERS, _REMEDY)
BY_POSTCODE: Final = Columns(
    ASSETS.what,
    {**_NAME, "postcode": _OTHERS["postcode"]},
    {**_POSITION, **_OTHERS},
    _REMEDY,
)
"""A list without positions, which a table of postcodes gives."""
MAPPABLE: Final = Columns(
    ASSETS.what, ASSETS.required, {**_OTHERS, "address": ("address1", "street address")}, _REMEDY
)
"""What a person may choose a heading for."""
_ADDRESS_PARTS: Final = (
    *("address", "address1", "address2", "address3", "city", "town", "county"),
)
OUR_COLUMNS: Final = ("outline", "flags")
"""What a reader of ours says of a row, and no list can."""
_LONGEST_CELLS: Final = 90_000
"""Of a row as it was, which travels as one text."""

Maps = Mapping[str, ColumnMap]
"""Column maps that people chose, by the fingerprint of the headings."""


def fits(headers: Sequence[str]) -> int:
    """How like the header of a list of assets a row is; a longer one wins among the unknown."""
    return 1_000 * ASSETS.fits(headers) + len(headers)


def named_columns(table: Table, maps: Maps) -> pd.DataFrame:
    """The table's columns under our names, with the address in one line.

    Raises Refusal when neither the headings nor a map say which columns are which.
    """
    known = maps.get(fingerprint(table.headers))
    if known is not None:
        names = known.check_whole(table.headers, table.name)
    else:
        matched = set(ASSETS.matched(table.headers).values())
        is_placed = {"longitude", "latitude"} & matched or "postcode" not in matched
        names = (ASSETS if is_placed else BY_POSTCODE).require(table.headers, table.name)
    if table.is_ours:
        names |= {name: name for name in OUR_COLUMNS if name in table.headers}
    frame = table.frame[list(names)].rename(columns=names).map(as_typed)
    blank = [name for name in (*_POSITION, *_OTHERS) if name not in (*frame.columns, "kind")]
    frame = frame.assign(**dict.fromkeys(blank, ""))
    return frame if "address" in frame.columns else frame.assign(address=_address(table))


def _address(table: Table) -> pd.Series:
    """The address in one line, from whatever parts of it the list has."""
    parts = [header for header in table.headers if normal(header) in _ADDRESS_PARTS]
    lines = [
        ", ".join(dict.fromkeys(clean_text(part) for part in row if part.strip()))
        for row in table.frame[parts].map(as_typed).itertuples(index=False)
    ]
    return pd.Series(lines, index=table.frame.index, dtype="str")


@dataclass
class RowAccount(Account):
    """An account that keeps every refused row as it was, to be corrected and sent again."""

    parts: list[pd.DataFrame] = field(default_factory=list)

    def without(
        self, frame: AnyFrame, bad: ArrayLike, reason: str, *, show: str | None, remedy: str = ""
    ) -> AnyFrame:
        flags = np.asarray(bad, dtype=bool)
        self.keep(frame.loc[flags], reason, remedy)
        return super().without(frame, flags, reason, show=show, remedy=remedy)

    def keep(self, rows: pd.DataFrame, reason: str, remedy: str) -> None:
        """Put rows with ROW_COLUMNS among those that were refused."""
        if len(rows):
            self.parts.append(rows[list(ROW_COLUMNS)].assign(reason=reason, remedy=remedy))

    def keep_ragged(self, table: Table) -> None:
        """Put rows of too many or too few fields among those that were refused."""
        if table.ragged:
            rows = pd.DataFrame(
                {
                    "file_name": table.name,
                    "line": [line for line, _, _ in table.ragged],
                    "cells": [cells_text(headers, cells) for _, headers, cells in table.ragged],
                }
            )
            (why,) = (each for each in table.refused if each.rows == len(table.ragged))
            self.keep(rows, why.reason, why.remedy)

    def refused_rows(self) -> pd.DataFrame:
        """Every refused row, by file and line; REFUSED_ROW_COLUMNS."""
        empty = pd.DataFrame({name: pd.Series(dtype="str") for name in REFUSED_ROW_COLUMNS})
        rows = pd.concat([empty.astype({"line": "int64"}), *self.parts], ignore_index=True)
        return rows.sort_values(["file_name", "line"], kind="stable", ignore_index=True)


def with_cells(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with ROW_COLUMNS: where each row stood, and its cells as they were."""
    columns = [table.frame[header].tolist() for header in table.headers]
    rows = zip(*columns, strict=True) if columns else ()
    cells = [cells_text(table.headers, row) for row in rows]
    lines = frame.index.to_numpy(dtype=np.int64)
    return frame.assign(
        file_name=table.name, line=lines, cells=pd.Series(cells, frame.index, "str")
    )


def cells_text(headers: Sequence[str], cells: Sequence[str]) -> str:
    """A row as JSON text, heading to cell; cells beyond the last heading are numbered."""
    extra = [f"column {place}" for place in range(len(headers) + 1, len(cells) + 1)]
    row = dict(zip((*headers, *extra), cells, strict=False))
    text = json.dumps(row, ensure_ascii=False)
    if len(text.encode("utf-8", "replace")) <= _LONGEST_CELLS:
        return text
    longest = _LONGEST_CELLS // (8 * max(len(row), 1))
    return json.dumps({heading[:longest]: cell[:longest] for heading, cell in row.items()})
