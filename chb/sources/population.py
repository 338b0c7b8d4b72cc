"""Residents (and households, age bands) by LSOA."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from chb.sources.account import Account
from chb.sources.attributions import OPEN_GOVERNMENT
from chb.sources.codes import find_lsoa_column, lsoa_rows
from chb.sources.columns import Columns
from chb.sources.files import Sources, only_file
from chb.sources.naming import stem
from chb.sources.numbers import number_rows
from chb.sources.reading import Reading
from chb.sources.tables import account_of, read_table

POPULATION: Final = Columns(
    what="a population table",
    required={
        "population": (
            *("total_residents", "total_population", "usual_residents", "residents", "all_ages"),
            *("total", "persons"),
        )
    },
    optional={"households": ("total_households", "number_of_households")},
    remedy="Give residents by LSOA, with a column such as total_population",
)
MOST_RESIDENTS: Final = 100_000
"""Of one LSOA, which is drawn to hold 1,000 to 3,000; new estates grow, but never so far."""
_AGE_BAND: Final = re.compile(r"aged[ _](\d+)[ _](?:to[ _])?(\d+|plus|over)", re.IGNORECASE)


def read_population(sources: Sources) -> Reading[pd.DataFrame]:
    """Read one table of residents by LSOA, CSV or workbook.

    The frame has POPULATION_COLUMNS and, where given, ``households`` and
    ``aged_<from>_<to>``. Counts below zero and malformed codes are refused.
    """
    file = only_file(sources)
    table = read_table(file, fits=_fits)
    area = find_lsoa_column(table.headers, table.name)
    names = POPULATION.require(table.headers, table.name) | _age_bands(table.headers)
    account = account_of("population", table)
    frame = table.frame.rename(columns={area.header: "lsoa_code", **names})
    frame = _counted(frame[["lsoa_code", *names.values()]], account)
    return Reading(
        kind="population",
        name=stem(file.name),
        frame=frame,
        report=account.report(kept=len(frame)),
        sha256=file.sha256,
        attribution=OPEN_GOVERNMENT,
        details={"vintage": area.vintage, "residents": f"{frame['population'].sum():.0f}"},
    )


def _fits(headers: Sequence[str]) -> int:
    return POPULATION.fits(headers) + any("lsoa" in header.casefold() for header in headers)


def _age_bands(headers: Sequence[str]) -> dict[str, str]:
    """Header to our name of each band; the first of two that name the same ages."""
    bands: dict[str, str] = {}
    for header in headers:
        match = _AGE_BAND.fullmatch(header.strip())
        name = f"aged_{match[1]}_{match[2].lower()}" if match else ""
        if name and name not in bands.values():
            bands[header] = name
    return bands


def _counted(frame: pd.DataFrame, account: Account) -> pd.DataFrame:
    frame = lsoa_rows(frame, account)
    for name in frame.columns.drop("lsoa_code"):
        frame = number_rows(
            frame,
            name,
            account,
            lowest=0,
            highest=MOST_RESIDENTS,
            required=name == "population",
            key="lsoa_code",
        )
    return frame.reset_index(drop=True)
