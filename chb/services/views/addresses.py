"""About how many addresses stand in each cell: an estimate that errs on the low side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chb.services.harm.areas import layers
from chb.services.harm.zones import POPULATION
from chb.store.store import Transaction
from geo import areal
from geo.cells import CellArray, polygons
from geo.crs import project_geometries

RESIDENTS_PER_ADDRESS: Final = 4.0
"""More than live at an address anywhere on average, so that the estimate is low."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Addresses:
    """Per cell, NaN where nothing is known; None when nothing is known anywhere."""

    number: Floats | None
    basis: str


def addresses_in(tx: Transaction, cells: CellArray) -> Addresses:
    """Addresses in each cell, from households or residents of LSOAs shared by area.

    No address register is loaded here: a household has at least one address. An answer
    depends on the cell and on what is loaded, and on nothing else that was asked.
    """
    known = _per_zone(tx)
    if known.empty:
        return Addresses(None, "no households and no residents are loaded to estimate addresses by")
    zones = layers(tx, "lsoa")
    matched = zones.loc[zones["code"].isin(known.index)]
    if matched.empty:
        return Addresses(None, "no boundaries of the loaded households and residents are loaded")
    vintage = matched["vintage"].value_counts().index[0]
    zones = zones.loc[zones["vintage"] == vintage]
    pieces = areal.cut(
        project_geometries(np.asarray(zones["geometry"])), project_geometries(polygons(cells))
    )
    number = known.reindex(zones["code"]).to_numpy(dtype=np.float64)
    shared = areal.spread(pieces, number)
    unknown = np.bincount(pieces.cell[np.isnan(number)[pieces.zone]], minlength=len(cells)) > 0
    shared[unknown | (areal.support(pieces) == 0)] = np.nan
    return Addresses(
        shared, "addresses are estimated from households or residents, on the low side"
    )


def _per_zone(tx: Transaction) -> pd.Series:
    """The lower of the estimates that the loaded tables give for each LSOA, by its code."""
    estimates = []
    for entry in tx.frames.entries(POPULATION):
        table = tx.frames.read(entry).set_index("lsoa_code")
        by_residents = table["population"] / RESIDENTS_PER_ADDRESS
        households = table.get("households", by_residents)
        estimates.append(households.astype(float).fillna(by_residents))
    if not estimates:
        return pd.Series(dtype=float)
    return pd.concat(estimates).groupby(level=0).min()
