"""The folder of a sample place: its paths, and writing each format the same way every time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

Feature = tuple[Mapping[str, Any], BaseGeometry]
"""Properties and a geometry in degrees."""


@dataclass(frozen=True)
class SamplePlaceFiles:
    """Where everything was written."""

    folder: Path

    @property
    def incidents(self) -> Path:
        """Folder of the monthly street files, laid out as the publisher's archive."""
        return self.folder / "incidents"

    @property
    def lsoas(self) -> Path:
        return self.folder / "boundaries" / "lsoa.geojson"

    @property
    def wards(self) -> Path:
        return self.folder / "boundaries" / "ward.geojson"

    @property
    def district(self) -> Path:
        return self.folder / "boundaries" / "district.geojson"

    @property
    def csp(self) -> Path:
        return self.folder / "boundaries" / "csp.geojson"

    @property
    def deprivation(self) -> Path:
        return self.folder / "deprivation.csv"

    @property
    def population(self) -> Path:
        return self.folder / "population.csv"

    @property
    def assets(self) -> Path:
        return self.folder / "assets.csv"

    @property
    def ocg_locations(self) -> Path:
        return self.folder / "ocg-locations.csv"

    @property
    def people(self) -> Path:
        return self.folder / "people.csv"

    @property
    def roads(self) -> Path:
        return self.folder / "roads.geojson"

    @property
    def water(self) -> Path:
        return self.folder / "water.geojson"

    @property
    def green(self) -> Path:
        return self.folder / "green.geojson"

    @property
    def place_names(self) -> Path:
        return self.folder / "place-names.geojson"

    @property
    def places(self) -> Path:
        return self.folder / "places.json"

    @property
    def planted_truths(self) -> Path:
        return self.folder / "planted-truths.json"

    def street_file(self, month: str) -> Path:
        """The street file of a month written ``2024-01``."""
        return self.incidents / month / f"{month}-marram-street.csv"


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """A CSV with the same line ends on every machine."""
    _write(path, frame.to_csv(index=False, lineterminator="\n"))


def write_json(path: Path, content: object) -> None:
    """Indented JSON, ending with a line end."""
    _write(path, json.dumps(content, indent=2) + "\n")


def write_geojson(path: Path, features: Iterable[Feature], *, decimals: int = 6) -> None:
    """GeoJSON in WGS84, one feature a line."""
    lines = ",\n".join(_feature(feature, decimals) for feature in features)
    name = json.dumps(path.stem)
    crs = '{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}'
    head = f'{{"type":"FeatureCollection","name":{name},"crs":{crs},"features":['
    _write(path, f"{head}\n{lines}\n]}}\n")


def _feature(feature: Feature, decimals: int) -> str:
    properties, shape = feature
    mapping = shapely.geometry.mapping(shape)
    geometry = {
        "type": mapping["type"],
        "coordinates": _rounded(mapping["coordinates"], decimals),
    }
    content = {"type": "Feature", "properties": dict(properties), "geometry": geometry}
    return json.dumps(content, separators=(",", ":"))


def _rounded(coordinates: Any, decimals: int) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, decimals)
    return [_rounded(part, decimals) for part in coordinates]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
