"""The map under the cells, packed from the loaded boundaries, roads and names.

A path is a list of whole numbers: steps of 0.00001 degree (about a metre) east
and north, the first pair from the origin, each further pair from the one before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from chb.ui import theme
from chb.ui.maps.elements import Bounds

STEP_DEGREES: Final = 1e-5
_LONGEST_NAME: Final = 60
_ROAD_NAMES_FROM_ZOOM: Final = {1: 14, 2: 15}
_NAMES_FROM_ZOOM: Final = {1: 9, 2: 12, 3: 13}
_WARD_NAMES_FROM_ZOOM: Final = 11
_BRITAIN: Final = (-8.0, 49.9, 1.8, 60.9)

_WARD_EDGE: Final = replace(
    theme.AREA_EDGE, widths=(0.8, 1, 1.1, 1.3, 1.5, 1.7, 1.9, 2, 2.2, 2.2), dash=(5, 4)
)
"""Like the area's own edge, and thinner."""

ContextLayers = Mapping[str, gpd.GeoDataFrame]


@dataclass(frozen=True)
class _Part:
    """One thing to draw, in the order of drawing."""

    layer: str
    rank: int | None
    style: theme.LayerStyle


_PARTS: Final = (
    _Part("boundary", None, theme.LAND),
    _Part("green", None, theme.GREEN),
    _Part("water", None, theme.WATER),
    _Part("lsoa", None, theme.LSOA_EDGE),
    _Part("ward", None, _WARD_EDGE),
    *(_Part("roads", rank, theme.ROADS[rank]) for rank in sorted(theme.ROADS, reverse=True)),
    _Part("boundary", None, theme.AREA_EDGE),
)


def pack_basemap(layers: ContextLayers) -> str:
    """JSON text of the base: layers in drawing order, and labels, most important first.

    Args:
        layers: frames in EPSG:4326 by name: boundary, lsoa, ward, roads, water, green,
            place_names; the last has points. Any may be missing or empty.
    """
    west, south, _, _ = basemap_bounds(layers)
    origin = np.array([west, south])
    return json.dumps(
        {
            "origin": [west, south],
            "step": STEP_DEGREES,
            "layers": [packed for part in _PARTS if (packed := _packed(part, layers, origin))],
            "labels": list(_labels(layers)),
        },
        separators=(",", ":"),
    )


def basemap_bounds(layers: ContextLayers) -> Bounds:
    """West, south, east and north of the boundary, else of everything, else of Great Britain."""
    frames = [layers[name] for name in ("boundary", *layers) if name in layers]
    for frame in frames:
        if len(frame):
            west, south, east, north = (float(edge) for edge in frame.total_bounds)
            return west, south, east, north
    return _BRITAIN


def _packed(
    part: _Part, layers: ContextLayers, origin: NDArray[np.float64]
) -> dict[str, Any] | None:
    frame = layers.get(part.layer)
    if frame is None or frame.empty:
        return None
    if part.rank is not None and "rank" in frame:
        # What is less important than the last rank we draw is drawn like it.
        frame = frame[frame["rank"].clip(1, max(theme.ROADS)) == part.rank]
    paths = [path for line in _lines(frame.geometry) if (path := _path(line, origin)) is not None]
    if not paths:
        return None
    closed = bool(part.style.fill)
    return {"name": part.layer, "closed": closed, "style": part.style.as_dict(), "paths": paths}


def _lines(geometries: gpd.GeoSeries) -> Iterator[NDArray[np.float64]]:
    """Coordinates of every line and every ring."""
    for geometry in shapely.get_parts(geometries.to_numpy()):
        if geometry.geom_type == "Polygon":
            for ring in (geometry.exterior, *geometry.interiors):
                yield shapely.get_coordinates(ring)
        elif geometry.geom_type in ("LineString", "LinearRing"):
            yield shapely.get_coordinates(geometry)


def _path(line: NDArray[np.float64], origin: NDArray[np.float64]) -> list[int] | None:
    """Differences in steps, points that fall together merged; None when nothing is left."""
    steps = np.round((line - origin) / STEP_DEGREES).astype(np.int64)
    moves = np.diff(steps, axis=0)
    moves = moves[moves.any(axis=1)]
    if not len(moves):
        return None
    path: list[int] = np.vstack([steps[:1], moves]).ravel().tolist()
    return path


def _labels(layers: ContextLayers) -> Iterator[list[Any]]:
    """[longitude, latitude, text, class, from zoom] of places, then of roads."""
    places = layers.get("place_names")
    if places is not None and not places.empty:
        for row in places.sort_values("rank", kind="stable").itertuples():
            rank = int(min(max(row.rank, 1), max(_NAMES_FROM_ZOOM)))
            yield _label(row.geometry, row.name, f"rank-{rank}", _NAMES_FROM_ZOOM[rank])
    elif "ward" in layers:
        yield from _ward_labels(layers["ward"])
    roads = layers.get("roads")
    if roads is not None and not roads.empty:
        yield from _road_labels(roads)


def _ward_labels(wards: gpd.GeoDataFrame) -> Iterator[list[Any]]:
    """Where no place name is loaded the wards still say where one is."""
    for name, point in zip(wards["name"], wards.representative_point(), strict=True):
        yield _label(point, name, "rank-3", _WARD_NAMES_FROM_ZOOM)


def _road_labels(roads: gpd.GeoDataFrame) -> Iterator[list[Any]]:
    for rank, from_zoom in _ROAD_NAMES_FROM_ZOOM.items():
        named = roads[(roads["rank"] == rank) & (roads["name"].fillna("") != "")]
        for name, pieces in named.groupby("name", sort=True):
            longest = max(shapely.get_parts(pieces.geometry.to_numpy()), key=shapely.length)
            yield _label(
                shapely.line_interpolate_point(longest, 0.5, normalized=True),
                str(name),
                "road",
                from_zoom,
            )


def _label(point: shapely.Point, text: str, kind: str, from_zoom: int) -> list[Any]:
    return [round(point.x, 5), round(point.y, 5), str(text)[:_LONGEST_NAME], kind, from_zoom]
