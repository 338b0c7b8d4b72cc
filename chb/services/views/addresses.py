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
class Estimates:
    """Addresses of each LSOA, NaN where nothing is known, and where they lie.

    ``lacking`` says for want of what there are none anywhere; it is empty when there are.
    """

    zones: pd.DataFrame
    number: Floats
    lacking: str = ""

    def in_cells(self, cells: CellArray) -> Floats:
        """Addresses in each cell, shared by area; NaN where nothing is known of a part.

        An answer depends on the cell and on what is loaded, and on nothing else that was asked.
        """
        pieces = areal.cut(
            project_geometries(np.asarray(self.zones["geometry"])),
            project_geometries(polygons(cells)),
        )
        shared = areal.spread(pieces, self.number)
        in_part = np.isnan(self.number)[pieces.zone]
        unknown = np.bincount(pieces.cell[in_part], minlength=len(cells)) > 0
        shared[unknown | (areal.support(pieces) == 0)] = np.nan
        return shared


def estimates(tx: Transaction) -> Estimates:
    """Addresses from households or residents, of which there is at least one at an address."""
    known = _per_zone(tx)
    zones = layers(tx, "lsoa")
    matched = zones.loc[known.index.get_indexer(pd.Index(zones["code"])) >= 0]
    if matched.empty:
        missing = "households and no residents" if known.empty else "boundaries of who lives where"
        return Estimates(matched, np.empty(0), lacking=f"no {missing} are loaded")
    vintage = matched["vintage"].value_counts().index[0]
    zones = zones.loc[zones["vintage"] == vintage]
    return Estimates(zones, known.reindex(zones["code"]).to_numpy(dtype=np.float64))


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
