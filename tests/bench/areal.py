"""Deprivation scores of South Yorkshire's LSOAs brought to cells, against tobler.

Ours weighs by population, which tobler cannot; the answers are compared with area weights
in ours, and ours is timed with population. Both start from polygons in metres.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from chb.sources.boundaries import read_boundaries
from chb.sources.deprivation import read_deprivation
from chb.sources.population import read_population
from geo import areal
from geo.cells import cover, polygons
from geo.crs import project_geometries
from geo.frames import BRITISH_NATIONAL_GRID
from tests.bench.real_data import DEPRIVATION, FORCE, LSOA, POPULATION, real
from tests.bench.rows import Item, Row, agreement, contest
from tests.bench.timing import Contestant
from tests.bench.workload import Floats

TASK: Final = "LSOA scores to cells, South Yorkshire"


@dataclass(frozen=True)
class _County:
    zones: NDArray[np.object_]
    cells: NDArray[np.object_]
    score: Floats
    population: Floats

    def ours(self, people: Floats) -> Floats:
        # Copies, because a prepared polygon would spare the next round its preparation.
        zones: NDArray[np.object_] = shapely.from_wkb(shapely.to_wkb(self.zones))
        return areal.mean_by_population(areal.cut(zones, self.cells), self.score, people)


def _county(resolution: int) -> _County:
    lsoa = read_boundaries(real(LSOA), kind="lsoa").frame
    force = shapely.union_all(np.asarray(gpd.read_file(real(FORCE)).geometry))
    return _County(
        zones=project_geometries(np.asarray(lsoa["geometry"])),
        cells=project_geometries(polygons(cover(force, resolution))),
        score=_by_code(read_deprivation(real(DEPRIVATION)).frame, "imd_score", lsoa["code"]),
        population=_by_code(read_population(real(POPULATION)).frame, "population", lsoa["code"]),
    )


def _by_code(table: pd.DataFrame, column: str, codes: Any) -> Floats:
    return table.set_index("lsoa_code")[column].reindex(codes).to_numpy(dtype=np.float64)


def _against_tobler(resolution: int) -> Iterable[Row]:
    interpolate = importlib.import_module("tobler.area_weighted").area_interpolate
    county = _county(resolution)
    source = gpd.GeoDataFrame(
        {"score": county.score}, geometry=county.zones, crs=BRITISH_NATIONAL_GRID
    )
    target = gpd.GeoDataFrame(geometry=county.cells, crs=BRITISH_NATIONAL_GRID)

    def run() -> Floats:
        scores: Floats = interpolate(source, target, intensive_variables=["score"])["score"]
        return np.asarray(scores)

    def check(_: Floats, theirs: Floats) -> str:
        by_area = county.ours(shapely.area(county.zones))
        # tobler says zero where no zone lies; ours says there is no answer.
        return f"with area weights {agreement(np.nan_to_num(by_area), theirs, within=1e-6)}"

    yield contest(
        f"{TASK}, {len(county.cells):,} cells",
        Contestant("ours", lambda: county.ours(county.population), threads=1),
        Contestant("tobler area_interpolate", run, threads=1),
        check=check,
        at_least=5,
    )


ITEMS: Final = (
    Item(TASK, "tobler, resolution 9", lambda: _against_tobler(9)),
    Item(TASK, "tobler, resolution 10", lambda: _against_tobler(10)),
)
