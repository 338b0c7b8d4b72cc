"""Rows without coordinates placed where their postcode is, by the tables somebody loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from chb.sources.postcodes import postcode_key
from chb.sources.reading import POSTCODE_COLUMNS, REFUSED_ROW_COLUMNS, AssetReading
from chb.store.store import Transaction

POSTCODES: Final = "postcodes"
_TYPES: Final = dict(zip(POSTCODE_COLUMNS, ("str", "float64", "float64"), strict=True))
LOCATED: Final = "Located by its postcode"
_FLAG: Final = "located by its postcode, which may be some streets away"
_NO_POSTCODE: Final = "It has no position and no postcode"
_NO_TABLE: Final = "It has no position, and no table of postcodes is loaded"
_NOT_IN_TABLE: Final = "It has no position, and its postcode is in no table that is loaded"


def located(tx: Transaction, reading: AssetReading) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All rows of a reading that have a position now, and those that have none.

    The first has the columns of the reading's frame, the second REFUSED_ROW_COLUMNS.
    """
    rows = reading.unplaced
    if rows.empty:
        return reading.frame, pd.DataFrame(columns=list(REFUSED_ROW_COLUMNS))
    keys = rows["postcode"].map(postcode_key).astype("str")
    entries = tx.frames.entries(POSTCODES)
    table = _positions([tx.frames.path(entry) for entry in entries], set(keys))
    longitude, latitude = (keys.map(table[name]) for name in ("longitude", "latitude"))
    found = longitude.notna()
    placed = rows.assign(longitude=longitude, latitude=latitude).loc[found]
    placed = placed.assign(
        note=(placed["note"] + "\n" + LOCATED).str.strip(),
        flags=(placed["flags"] + "; " + _FLAG).str.removeprefix("; "),
    )
    left = rows.loc[~found].assign(reason=_NOT_IN_TABLE if entries else _NO_TABLE)
    left = left.assign(
        reason=left["reason"].where(keys.loc[~found] != "", _NO_POSTCODE),
        remedy="Fill in longitude and latitude, or load a table of postcodes that has it",
    )
    frames = [frame for frame in (reading.frame, placed) if len(frame)]
    whole = pd.concat(frames, ignore_index=True) if frames else reading.frame
    return whole, left[list(REFUSED_ROW_COLUMNS)]


def _positions(tables: Sequence[Path], wanted: set[str]) -> pd.DataFrame:
    """Longitude and latitude of the wanted postcodes that are known, by postcode."""
    filters = [("postcode", "in", sorted(wanted))]
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _TYPES.items()})
    frames = [pd.read_parquet(path, filters=filters) for path in tables]
    table = pd.concat([frame for frame in frames if len(frame)] or [empty])
    return table.drop_duplicates("postcode", keep="last").set_index("postcode")
