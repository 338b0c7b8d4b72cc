"""The sample place: Marram, an invented borough with planted truths.

The plan in ``data/sample/`` and a seed are turned into a folder of files in the
public formats, which the product then loads through its ordinary importers.
Nothing in it is real.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from chb.sources.sample_place.areas import Areas, draw_areas
from chb.sources.sample_place.assets import draw_assets
from chb.sources.sample_place.census import draw_deprivation, draw_population, need_of_areas
from chb.sources.sample_place.context import (
    green_features,
    name_features,
    road_features,
    water_features,
)
from chb.sources.sample_place.files import (
    Feature,
    SamplePlaceFiles,
    write_csv,
    write_geojson,
    write_json,
)
from chb.sources.sample_place.incidents import draw_incidents
from chb.sources.sample_place.partnership import list_ocg_locations, list_people, list_places
from chb.sources.sample_place.plane import LocalPlane
from chb.sources.sample_place.snap_points import SnapPoints, place_snap_points
from chb.sources.sample_place.spec import SamplePlaceSpec, load_spec
from chb.sources.sample_place.streets import draw_streets
from chb.sources.sample_place.terrain import draw_terrain
from chb.sources.sample_place.truths import Drawn, list_truths

__all__ = ["SamplePlaceFiles", "SamplePlaceSpec", "load_spec", "write_sample_place"]

ROAD_DECIMALS: Final = 5
"""Of a degree: about a metre, which keeps the roads small."""


def write_sample_place(folder: Path, *, spec: SamplePlaceSpec | None = None) -> SamplePlaceFiles:
    """Write the sample place into ``folder``; the same plan and seed give the same bytes.

    Files already there under the same names are replaced. OSError when the
    folder cannot be written.
    """
    spec = load_spec() if spec is None else spec
    files = SamplePlaceFiles(folder)
    plane = LocalPlane(*spec.centre)
    terrain = draw_terrain(spec)
    streets = draw_streets(spec, terrain)
    points = place_snap_points(spec, terrain, streets, plane)
    areas = draw_areas(spec, terrain, points, plane)
    incidents = draw_incidents(spec, points, areas)
    assets = draw_assets(spec, points, plane)
    _write_incidents(files, incidents)
    _write_boundaries(files, areas)
    _write_census(files, spec, points, areas, incidents)
    _write_partnership(files, spec, assets, plane)
    write_geojson(files.roads, road_features(streets, plane), decimals=ROAD_DECIMALS)
    write_geojson(files.water, water_features(terrain, areas, plane))
    write_geojson(files.green, green_features(terrain, plane))
    write_geojson(files.place_names, name_features(spec, plane))
    drawn = Drawn(incidents, assets, snap_points=len(points), wards=len(areas.wards))
    write_json(files.planted_truths, list_truths(spec, drawn, plane))
    return files


def _write_incidents(files: SamplePlaceFiles, incidents: pd.DataFrame) -> None:
    for month, rows in incidents.groupby("Month"):
        write_csv(files.street_file(str(month)), rows)


def _write_census(
    files: SamplePlaceFiles,
    spec: SamplePlaceSpec,
    points: SnapPoints,
    areas: Areas,
    incidents: pd.DataFrame,
) -> None:
    """Population, and deprivation whose Crime domain follows the incidents per resident."""
    need = need_of_areas(spec, points, areas)
    population = draw_population(spec, areas, need)
    recorded = incidents["LSOA code"].value_counts().reindex(population["lsoa21_code"])
    rate = recorded.fillna(0).to_numpy() / population["total_residents"].to_numpy()
    write_csv(files.population, population)
    write_csv(files.deprivation, draw_deprivation(spec, areas, need, rate))


def _write_partnership(
    files: SamplePlaceFiles, spec: SamplePlaceSpec, assets: pd.DataFrame, plane: LocalPlane
) -> None:
    write_csv(files.assets, assets)
    write_csv(files.ocg_locations, list_ocg_locations(spec, plane))
    write_csv(files.people, list_people(spec))
    write_json(files.places, list_places(spec, plane))


def _write_boundaries(files: SamplePlaceFiles, areas: Areas) -> None:
    """The four layers under the property names the publishers use."""
    layers = (
        (files.lsoas, "LSOA21CD", "LSOA21NM", areas.lsoas),
        (files.wards, "WD24CD", "WD24NM", areas.wards),
        (files.district, "LAD24CD", "LAD24NM", (areas.district,)),
        (files.csp, "csp24_code", "csp24_name", (areas.csp,)),
    )
    for path, code, name, members in layers:
        features: list[Feature] = [
            ({code: area.code, name: area.name}, area.shape) for area in members
        ]
        write_geojson(path, features)
