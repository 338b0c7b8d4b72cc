"""Polygons out of whatever a geometry turned out to be."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

_LINES_JUDGED: Final = (200, 5_000)
_MOST_CROSSINGS: Final = 5_000
"""Of one outline; digitising errors make a few in a whole file."""
_ELLIPSOID = pyproj.Geod(ellps="WGS84")


def polygons_of(shape: BaseGeometry | None) -> Polygon | MultiPolygon | None:
    """The polygon parts of a geometry, None when it has none."""
    if isinstance(shape, Polygon | MultiPolygon):
        return shape
    if shape is None:
        return None
    parts = [part for part in _flat(shape) if isinstance(part, Polygon) and not part.is_empty]
    return MultiPolygon(parts) if parts else None


def repaired(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """A valid polygon with the same outline; lines and points that fall out are dropped.

    Empty when nothing is left, or the outline is a tangle.
    """
    if not shape.is_valid and _is_tangled(shape):
        return Polygon()
    valid = polygons_of(shapely.make_valid(shape))
    return valid if valid is not None else Polygon()


def area_km2(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Area of shapes in degrees WGS84, on the ellipsoid; no projection needed."""
    oriented = shapely.orient_polygons(
        shapes
    )  # a hole counts less only when it turns the other way
    return np.array([abs(_ELLIPSOID.geometry_area_perimeter(shape)[0]) / 1e6 for shape in oriented])


def _is_tangled(shape: BaseGeometry) -> bool:
    """Whether its lines cross so often that repairing it would take minutes and gigabytes.

    Judged on lines spread over the outline, so that judging is quick.
    """
    corners, ring = shapely.get_coordinates(shapely.get_rings(shape), return_index=True)
    pairs = np.stack([corners[:-1], corners[1:]], axis=1)[np.diff(ring) == 0]
    some, many = (
        shapely.linestrings(pairs[:: max(1, len(pairs) // n_lines)]) for n_lines in _LINES_JUDGED
    )
    crossings = shapely.STRtree(many).query(some, predicate="crosses").shape[1]
    share = crossings / max(1, len(some) * len(many))
    return bool(share * len(pairs) ** 2 / 2 > _MOST_CROSSINGS)


def _flat(shape: BaseGeometry) -> list[BaseGeometry]:
    """The single geometries of a collection, however deep."""
    parts = getattr(shape, "geoms", None)
    return [shape] if parts is None else [leaf for part in parts for leaf in _flat(part)]
