"""Areas made of loaded LSOAs, where a lookup names them and no boundary was loaded."""

from __future__ import annotations

from typing import Final

import pandas as pd

from chb.store.store import Transaction

LOOKUP: Final = "lookup"
_KIND_OF_PREFIX: Final = {"csp": "csp", "ltla": "district", "ward": "ward"}


def members_by_area(tx: Transaction) -> pd.DataFrame:
    """Columns kind, code, name, lsoa_code: the LSOAs of each area the lookups know."""
    tables = [tx.frames.read(entry) for entry in tx.frames.entries(LOOKUP)]
    direct = [table for table in tables if _lsoa_column(table) and _area_prefixes(table)]
    parents = [table for table in tables if not _lsoa_column(table) and _area_prefixes(table)]
    found = [_members(table, _lsoa_column(table)) for table in direct]
    found += [
        _members(table.merge(parent, on=shared, suffixes=("", "_again")), _lsoa_column(table))
        for table in direct
        for parent in parents
        if (shared := [column for column in _codes(parent) if column in table.columns])
    ]
    if not found:
        return pd.DataFrame(columns=["kind", "code", "name", "lsoa_code"])
    return pd.concat(found, ignore_index=True).drop_duplicates(["kind", "code", "lsoa_code"])


def _members(table: pd.DataFrame, lsoa_column: str) -> pd.DataFrame:
    """One row an area and LSOA, for every kind of area in the table."""
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "kind": kind,
                    "code": table[f"{prefix}_code"],
                    "name": table[f"{prefix}_name"],
                    "lsoa_code": table[lsoa_column],
                }
            )
            for prefix, kind in _area_prefixes(table).items()
        ],
        ignore_index=True,
    )


def _area_prefixes(table: pd.DataFrame) -> dict[str, str]:
    """``ltla24`` to district, and so on, for the areas a lookup has both code and name of."""
    return {
        column.removesuffix("_code"): kind
        for column in _codes(table)
        for begin, kind in _KIND_OF_PREFIX.items()
        if column.startswith(begin) and column.replace("_code", "_name") in table.columns
    }


def _lsoa_column(table: pd.DataFrame) -> str:
    columns = [column for column in _codes(table) if column.startswith("lsoa")]
    return columns[0] if len(columns) == 1 else ""


def _codes(table: pd.DataFrame) -> list[str]:
    return [str(column) for column in table.columns if str(column).endswith("_code")]
