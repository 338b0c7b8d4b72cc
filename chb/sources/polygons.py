"""Polygons out of whatever a geometry turned out to be."""

from __future__ import annotations

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

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
    """A valid polygon with the same outline; lines and points that fall out are dropped."""
    valid = polygons_of(shapely.make_valid(shape))
    return valid if valid is not None else Polygon()


def area_km2(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Area of shapes in degrees WGS84, on the ellipsoid; no projection needed."""
    oriented = shapely.orient_polygons(
        shapes
    )  # a hole counts less only when it turns the other way
    return np.array([abs(_ELLIPSOID.geometry_area_perimeter(shape)[0]) / 1e6 for shape in oriented])


def _flat(shape: BaseGeometry) -> list[BaseGeometry]:
    """The single geometries of a collection, however deep."""
    parts = getattr(shape, "geoms", None)
    return [shape] if parts is None else [leaf for part in parts for leaf in _flat(part)]
