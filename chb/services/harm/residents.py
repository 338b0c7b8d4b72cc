"""Residents of an age band, brought to cells; and how deprived the cells are, where asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from chb.domain.assets.ages import OLDEST_AGE
from chb.services.harm.zones import AUTOMATIC, LEFT_OUT, ZoneTable, choose_tables, column_of
from chb.store.store import Transaction
from geo import areal
from geo.cells import CellArray, polygons
from geo.crs import project_geometries

Floats = NDArray[np.float64]

LAST_COUNTED_AGE: Final = 99
"""Bands without an upper end are taken to end here."""
_BAND: Final = re.compile(r"aged_(\d+)_(\d+|plus|over)")


@dataclass(frozen=True)
class Residents:
    """People of the ages in each cell, and what had to be decided to know them."""

    number: Floats | None
    """Shape (cells,); None where no population is loaded."""
    deprivation: Floats | None
    """Mean score over all residents, NaN where nobody lives; None where it was not asked for."""
    choices: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Band:
    """A column of a population table: its ages, both ends included."""

    column: str
    youngest: int
    oldest: int

    @property
    def years(self) -> int:
        return self.oldest - self.youngest + 1


def residents_in(
    tx: Transaction,
    cells: CellArray,
    *,
    ages: tuple[int, int] = (0, OLDEST_AGE),
    with_deprivation: bool = False,
) -> Residents:
    """Residents of the ages in each cell, shared by area of overlap with their LSOAs.

    Ages that the loaded bands do not give as they are asked for are taken year by year from
    the narrowest band that holds them, those wholly within the ages first, spread evenly over
    its years; where a year is in no band, all residents count, and the caveats say so.
    """
    outlines = polygons(cells)
    asked = AUTOMATIC if with_deprivation else LEFT_OUT
    zones, edition, people = choose_tables(tx, outlines, asked)
    if zones is None or people is None:
        return Residents(None, None, caveats=(_NO_POPULATION, *_unweighed(with_deprivation)))
    pieces = areal.cut(
        project_geometries(np.asarray(zones["geometry"])), project_geometries(outlines)
    )
    of_age, said, caveats = _of_age(people, zones, ages)
    score = None
    if with_deprivation and edition is not None:
        everybody = column_of(people, zones, "population")
        score = areal.mean_by_population(pieces, column_of(edition, zones, "imd_score"), everybody)
    if score is None or np.isnan(score).all():
        score, caveats = None, (*caveats, *_unweighed(with_deprivation))
    used = (people, edition if score is not None else None)
    return Residents(
        number=areal.spread(pieces, of_age),
        deprivation=score,
        choices=(f"residents of {people.entry.name}, shared by area of overlap", *said),
        caveats=caveats,
        sources=tuple(table.entry.attribution for table in used if table is not None),
    )


def bands_in(columns: Iterable[str]) -> tuple[Band, ...]:
    """The age bands among the columns of a population table, narrowest first."""
    found = (_BAND.fullmatch(column) for column in columns)
    bands = (
        Band(match[0], int(match[1]), int(match[2]) if match[2].isdigit() else LAST_COUNTED_AGE)
        for match in found
        if match
    )
    return tuple(sorted((band for band in bands if band.years > 0), key=lambda each: each.years))


def shares_of_bands(bands: tuple[Band, ...], ages: tuple[int, int]) -> dict[str, float] | None:
    """The share of each band's people that are of the ages; None where a year is in no band.

    ``bands`` go from the narrowest; those that lie wholly within the ages go first.
    """
    shares: dict[str, float] = {}
    wholly = [band for band in bands if ages[0] <= band.youngest and band.oldest <= ages[1]]
    for year in range(ages[0], min(ages[1], LAST_COUNTED_AGE) + 1):
        holding = next(
            (band for band in (*wholly, *bands) if band.youngest <= year <= band.oldest), None
        )
        if holding is None:
            return None
        shares[holding.column] = shares.get(holding.column, 0.0) + 1 / holding.years
    return shares


def _of_age(
    people: ZoneTable, zones: gpd.GeoDataFrame, ages: tuple[int, int]
) -> tuple[Floats, tuple[str, ...], tuple[str, ...]]:
    """People of the ages in each zone, with what was chosen and what to beware of."""
    everybody = column_of(people, zones, "population")
    if ages[0] <= 0 and ages[1] >= LAST_COUNTED_AGE:
        return everybody, (), ()
    shares = shares_of_bands(bands_in(map(str, people.frame.columns)), ages)
    if not shares:
        return everybody, (), (_NO_BANDS.format(*ages),)
    parts = [column_of(people, zones, column) * share for column, share in shares.items()]
    said = tuple(_said(shares))
    return np.asarray(np.sum(parts, axis=0)), (f"ages from {'; '.join(said)}",), ()


def _said(shares: dict[str, float]) -> Iterator[str]:
    for column, share in shares.items():
        whole = column.replace("_", " ")
        yield whole if np.isclose(share, 1) else f"{share:.0%} of {whole}, spread evenly by year"


def _unweighed(was_asked: bool) -> tuple[str, ...]:
    return ("No scores of deprivation are loaded here: it is not weighed in",) if was_asked else ()


_NO_POPULATION: Final = "No population is loaded here: need is harm alone, however many live there"
_NO_BANDS: Final = (
    "The loaded population has no bands for the ages {} to {}: all residents are counted"
)
