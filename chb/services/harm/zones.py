"""People and deprivation of statistical zones, brought to cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from chb.domain.refusal import Refusal
from chb.services.harm.areas import layers
from chb.sources.matching import check_match, match_share
from chb.store.frames import FrameEntry
from chb.store.store import Transaction
from geo import areal, frames
from geo.cells import CellArray, polygons
from geo.crs import project_geometries

DEPRIVATION: Final = "deprivation"
POPULATION: Final = "population"
AUTOMATIC, LEFT_OUT = "auto", "none"
SCORE, RANK = "_score", "_rank"
_ENOUGH: Final = 0.99
_NEARLY: Final = 0.50
"""Between these, codes mostly agree: the mark of another vintage, not of another country."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class ZoneColumns:
    """Columns for the profile, and what was chosen to make them."""

    columns: dict[str, NDArray[np.generic]]
    choices: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ZoneTable:
    """A loaded table by LSOA, and the share of the zones whose codes it knows."""

    entry: FrameEntry
    frame: pd.DataFrame
    share: float


def zones_to_cells(
    tx: Transaction, cells: CellArray, *, deprivation: str, domains: tuple[str, ...] = ()
) -> ZoneColumns:
    """Population and deprivation per cell, null where there is no answer.

    ``deprivation`` is "auto" (the newest edition whose codes match), "none", or
    an edition's name. Each of the ``domains`` the edition has becomes a column:
    ``income_score``, or ``income_rank`` where only ranks were published. Raises
    Refusal when the codes of the edition and of the boundaries nearly agree,
    which is the mark of a wrong vintage.
    """
    outlines = polygons(cells)
    zones, edition, people = choose_tables(tx, outlines, deprivation)
    if zones is None:
        return _without_zones(len(cells))
    pieces = areal.cut(
        project_geometries(np.asarray(zones["geometry"])), project_geometries(outlines)
    )
    population = column_of(people, zones, "population")
    weight = population if people is not None else shapely.area(np.asarray(zones["geometry"]))
    lowest, highest = areal.extremes(pieces, column_of(edition, zones, "imd_score"))
    nobody = np.full(len(cells), np.nan)
    columns: dict[str, NDArray[np.generic]] = {
        frames.IMD_SCORE: areal.mean_by_population(
            pieces, column_of(edition, zones, "imd_score"), weight
        ),
        frames.IMD_SCORE_MIN: lowest,
        frames.IMD_SCORE_MAX: highest,
        frames.IMD_RANK: areal.median_person(pieces, column_of(edition, zones, "imd_rank"), weight),
        frames.POPULATION: areal.spread(pieces, population) if people is not None else nobody,
        frames.POPULATION_SUPPORT: areal.support(pieces),
        frames.N_LSOA: areal.n_zones(pieces),
    }
    for name in _measures(edition, domains):
        to_cells = areal.mean_by_population if name.endswith(SCORE) else areal.median_person
        columns[name] = to_cells(pieces, column_of(edition, zones, name), weight)
    return ZoneColumns(
        columns=columns,
        choices=_choices(zones, edition, people),
        caveats=_caveats(edition, people, columns),
        sources=tuple(table.entry.attribution for table in (edition, people) if table is not None),
    )


def choose_tables(
    tx: Transaction, outlines: NDArray[np.object_], deprivation: str
) -> tuple[gpd.GeoDataFrame | None, ZoneTable | None, ZoneTable | None]:
    """Zones of one vintage that touch the cells, with the tables whose codes match them."""
    candidates = _zones_by_vintage(tx, outlines)
    if not candidates:
        return None, None, None
    entries = [] if deprivation == LEFT_OUT else _editions(tx, deprivation)
    rated = [(zones, _best(tx, entries, zones)) for zones in candidates]
    zones, edition = max(rated, key=lambda pair: 0.0 if pair[1] is None else pair[1].share)
    if edition is not None and edition.share < _ENOUGH:
        if edition.share >= _NEARLY or deprivation != AUTOMATIC:
            check_match(
                list(zones["code"]), list(edition.frame["lsoa_code"]), what=edition.entry.name
            )
        edition = None
    people = _best(tx, list(tx.frames.entries(POPULATION)), zones)
    return zones, edition, people if people is not None and people.share >= _ENOUGH else None


def _zones_by_vintage(tx: Transaction, outlines: NDArray[np.object_]) -> list[gpd.GeoDataFrame]:
    """Loaded zones that touch any cell, newest vintage first."""
    loaded = layers(tx, "lsoa")
    if loaded.empty:
        return []
    shapes = np.asarray(loaded["geometry"])
    touching = np.unique(shapely.STRtree(outlines).query(shapes, predicate="intersects")[0])
    near = loaded.iloc[touching]
    return [zones for _, zones in sorted(near.groupby("vintage"), reverse=True)]


def _editions(tx: Transaction, asked: str) -> list[FrameEntry]:
    entries = list(tx.frames.entries(DEPRIVATION))
    if asked == AUTOMATIC:
        return entries
    chosen = [entry for entry in entries if entry.name.casefold() == asked.casefold()]
    if not chosen:
        raise Refusal(
            f"No deprivation edition is called {asked!r}",
            found=f"Loaded: {', '.join(entry.name for entry in entries) or 'none'}",
            remedy="Import it with python -m chb import deprivation PATH, or ask for 'none'",
        )
    return chosen


def _best(tx: Transaction, entries: list[FrameEntry], zones: gpd.GeoDataFrame) -> ZoneTable | None:
    """The table that knows the largest share of the zones; the newest of equals."""
    tables = []
    for entry in entries:
        frame = tx.frames.read(entry)
        share = match_share(list(zones["code"]), list(frame["lsoa_code"])).share
        tables.append(ZoneTable(entry, frame, share))
    return max(tables, key=lambda table: (table.share, table.entry.name), default=None)


def _measures(edition: ZoneTable | None, domains: tuple[str, ...]) -> list[str]:
    """The column of each domain the edition knows: its score, else its rank."""
    if edition is None:
        return []
    known = edition.frame.columns[edition.frame.notna().any()]
    named = ([f"{domain}{SCORE}", f"{domain}{RANK}"] for domain in domains)
    return [found[0] for names in named if (found := [name for name in names if name in known])]


def column_of(table: ZoneTable | None, zones: gpd.GeoDataFrame, column: str) -> FloatArray:
    """A column of the table for each zone; NaN for zones that are not in it."""
    if table is None:
        return np.full(len(zones), np.nan)
    by_code = table.frame.drop_duplicates("lsoa_code").set_index("lsoa_code")[column]
    return by_code.reindex(zones["code"]).to_numpy(dtype=np.float64)


def _without_zones(n_cells: int) -> ZoneColumns:
    nothing = np.full(n_cells, np.nan)
    return ZoneColumns(
        columns={
            frames.IMD_SCORE: nothing,
            frames.IMD_SCORE_MIN: nothing,
            frames.IMD_SCORE_MAX: nothing,
            frames.IMD_RANK: nothing,
            frames.POPULATION: nothing,
            frames.POPULATION_SUPPORT: np.zeros(n_cells),
            frames.N_LSOA: np.zeros(n_cells, dtype=np.int64),
        },
        choices=(),
        caveats=("No LSOA boundaries are loaded here: deprivation and population are empty",),
        sources=(),
    )


def _choices(
    zones: gpd.GeoDataFrame, edition: ZoneTable | None, people: ZoneTable | None
) -> tuple[str, ...]:
    said = [f"LSOA {zones['vintage'].iloc[0]} boundaries"]
    if edition is not None:
        weight = "population" if people is not None else "area, as no population is loaded"
        said.append(f"deprivation {edition.entry.name}, weighted by {weight}")
    if people is not None:
        said.append(f"population {people.entry.name}, shared by area of overlap")
    return tuple(said)


def _caveats(
    edition: ZoneTable | None, people: ZoneTable | None, columns: dict[str, NDArray[np.generic]]
) -> tuple[str, ...]:
    said = []
    if edition is None:
        said.append("No matching deprivation edition is loaded: deprivation is empty")
    else:
        said.append("The IMD contains a crime domain: beside crime harm it counts crime twice")
        if np.isnan(columns[frames.IMD_SCORE].astype(np.float64)).all():
            said.append(
                f"{edition.entry.name} as loaded gives ranks only, and ranks are never averaged: "
                "imd_score is empty and imd_rank is the rank where the median person lives"
            )
    if people is None:
        said.append("No matching population is loaded: population is empty")
    return tuple(said)
