"""Assets out of OpenStreetMap's GeoJSON: the kind from the tags, the position from the shape."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pyproj
import shapely

from chb.domain.refusal import Refusal
from chb.sources.files import InputFile
from chb.sources.geojson import Feature, Layer
from chb.sources.reference import asset_kinds, osm_tags
from chb.sources.tables import Table
from chb.sources.text import clean_text

_TAG_KEYS: Final = (
    *("amenity", "leisure", "shop", "healthcare", "office", "tourism", "club", "building"),
    *("sport", "landuse", "railway", "public_transport", "emergency", "social_facility"),
)

SMALLEST_AREA_M2: Final = 10_000.0
"""A hectare: what is smaller, such as a building, is a point on any map of a neighbourhood."""
_MOST_CORNERS: Final = 200
_COARSENESS: Final = 0.01
"""Of the side of a square as large: how far an outline of too many corners may be moved."""
_DEGREE_M: Final = 111_320.0
Corners = list[list[float]]
_EARTH: Final = pyproj.Geod(ellps="WGS84")
_WHEELCHAIR: Final = {
    "yes": "step-free",
    "limited": "step-free in part",
    "no": "not step-free",
}


def asset_features(layer: Layer, file: InputFile, kind: str | None = None) -> Table:
    """The features as a table of text with the columns an asset list has.

    ``kind`` is what a feature is whose tags mean no kind of asset.
    """
    if not layer.features:
        raise Refusal(
            f"{file.name} has no features",
            cause="The layer was probably filtered to nothing",
            remedy="Export it again; nothing was imported",
        )
    rows = [_row(feature, kind or "") for feature in layer.features]
    frame = pd.DataFrame(rows, index=[feature.number for feature in layer.features], dtype="str")
    return Table(
        file.name, file.sha256, frame.fillna(""), len(rows), notes=layer.notes, is_ours=True
    )


def _row(feature: Feature, otherwise: str) -> dict[str, str]:
    tags = {
        key: clean_text(str(value))
        for key, value in feature.properties.items()
        if value is not None
    }
    kind = tags.get("kind") or kind_of_tags(tags, otherwise)
    corners, fault = _outline(feature)
    closed = "its area had an open ring, closed here" if feature.was_open else ""
    longitude, latitude = _position(feature, corners)
    return {
        "source_id": tags.get("@id", ""),
        "name": tags.get("name", "") or _unnamed(kind),
        "kind": kind,
        "longitude": longitude,
        "latitude": latitude,
        "address": " ".join(
            tags[key] for key in ("addr:housenumber", "addr:street", "addr:city") if key in tags
        ),
        "postcode": tags.get("addr:postcode", ""),
        "opening_text": tags.get("opening_hours", ""),
        "access_needs": _WHEELCHAIR.get(tags.get("wheelchair", ""), ""),
        "outline": json.dumps(corners) if corners else "",
        "flags": "; ".join(filter(None, (fault, closed))),
    }


def kind_of_tags(tags: Mapping[str, Any], otherwise: str = "") -> str:
    """Key of the asset kind; without one ``otherwise``, or the tag itself, as ``railway=tram``."""
    known = osm_tags()
    present = [f"{key}={tags[key]}" for key in _TAG_KEYS if key in tags]
    unknown = otherwise or (present[0] if present else "")
    return next((known[tag] for tag in present if tag in known), unknown)


def _unnamed(kind: str) -> str:
    """A name for a feature that has none; empty when its kind is unknown too."""
    return next((f"{each.label} (unnamed)" for each in asset_kinds() if each.key == kind), "")


def _position(feature: Feature, corners: Corners) -> tuple[str, str]:
    """A point inside: of the outline where one is kept, else of the shape."""
    if feature.shape is None:
        return "", ""
    shape = shapely.Polygon(corners) if corners else shapely.make_valid(feature.shape)
    point = shape.representative_point()
    return f"{point.x:.7f}", f"{point.y:.7f}"


def _outline(feature: Feature) -> tuple[Corners, str]:
    """The ring of an area large enough to be drawn as one, and what is wrong with it."""
    shape = feature.shape
    if not isinstance(shape, shapely.Polygon):
        return [], ""
    if not shape.is_valid:
        return [], "its area crosses itself: only a point inside it is kept"
    area_m2 = abs(_EARTH.geometry_area_perimeter(shape)[0])
    if area_m2 < SMALLEST_AREA_M2:
        return [], ""
    corners = _corners(shape, coarseness_deg=0.0)
    if len(corners) > _MOST_CORNERS:
        corners = _corners(shape, coarseness_deg=_COARSENESS * math.sqrt(area_m2) / _DEGREE_M)
    if len(corners) > _MOST_CORNERS:
        return [], "its area has too many corners: only a point inside it is kept"
    return corners, ""


def _corners(shape: shapely.Polygon, *, coarseness_deg: float) -> Corners:
    """The outer ring, its last corner not repeating the first; courtyards are filled."""
    ring = shapely.simplify(shapely.Polygon(shape.exterior), coarseness_deg)
    return [[round(x, 7), round(y, 7)] for x, y in shapely.get_coordinates(ring)[:-1].tolist()]
