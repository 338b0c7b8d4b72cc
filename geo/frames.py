"""Column names shared by every frame, fixed once.

Units are part of the name. Cells are H3 indices: ``uint64`` inside arrays,
15-character text at the edges (files, screens).
"""

from __future__ import annotations

from typing import Final

CELL: Final = "cell"
COUNT: Final = "count"
HARM_DAYS: Final = "harm_days"
DENSITY: Final = "density"
AREA_KM2: Final = "area_km2"
SHARE_INSIDE: Final = "share_inside"
IMD_SCORE: Final = "imd_score"
IMD_SCORE_MIN: Final = "imd_score_min"
IMD_SCORE_MAX: Final = "imd_score_max"
IMD_RANK: Final = "imd_rank"
POPULATION: Final = "population"
POPULATION_SUPPORT: Final = "population_support"
N_LSOA: Final = "n_lsoa"
OCG_INFLUENCE: Final = "ocg_influence"
N_OCGS: Final = "n_ocgs"
ASSETS: Final = "assets"

LONGITUDE: Final = "longitude"
LATITUDE: Final = "latitude"
GEOMETRY: Final = "geometry"

WGS84: Final = "EPSG:4326"
BRITISH_NATIONAL_GRID: Final = "EPSG:27700"
