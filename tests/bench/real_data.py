"""Where the real public data are, and how South Yorkshire is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import geopandas as gpd

from chb.services.loading.importing import import_boundaries, import_deprivation, import_population
from chb.services.workspace import Workspace, open_workspace
from tests.bench.rows import NotMeasuredError

SHARED: Final = Path(__file__).resolve().parents[2].parent / "shared" / "data"
LSOA: Final = "sheffield/boundaries/LSOA_2021_EW_BSC_V4_south-yorkshire.geojson"
PARTNERSHIPS: Final = "sheffield/boundaries/CSP_2024_DERIVED_south-yorkshire.geojson"
FORCE: Final = "sheffield/boundaries/PFA_2020_south-yorkshire.geojson"
INCIDENTS: Final = "sheffield/police-uk-south-yorkshire.zip"
DEPRIVATION: Final = "common/deprivation/IoD2025*.csv"
POPULATION: Final = "common/population/Census2021*.csv"


def real(pattern: str) -> Path:
    """The one file of the real data that the pattern names."""
    found = next(SHARED.glob(pattern), None)
    if found is None:
        raise NotMeasuredError(f"the real data are expected in ../shared/data; no {pattern}")
    return found


def import_joined(ws: Workspace, folder: Path, *, pairs: tuple[tuple[str, str], ...]) -> None:
    """Load districts of two partnerships each, "One and Other": an area of the size wanted."""
    areas = gpd.read_file(real(PARTNERSHIPS)).set_index("csp24_name")
    joined = gpd.GeoDataFrame(
        {
            "lad24cd": [f"E0899{number:04d}" for number, _ in enumerate(pairs)],
            "lad24nm": [" and ".join(pair) for pair in pairs],
        },
        geometry=[areas.loc[list(pair)].union_all() for pair in pairs],
        crs=areas.crs,
    )
    path = folder / "joined.geojson"
    joined.to_file(path, driver="GeoJSON")
    import_boundaries(ws, path, layer="district")


def place_without_incidents(home: Path) -> Workspace:
    """A fresh store with South Yorkshire's areas, deprivation and people."""
    ws = open_workspace(home)
    import_boundaries(ws, real(PARTNERSHIPS), layer="csp")
    import_boundaries(ws, real(LSOA), layer="lsoa")
    import_deprivation(ws, real(DEPRIVATION))
    import_population(ws, real(POPULATION))
    return ws
