"""Coordinate systems: degrees at the edges, metres wherever something is measured."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoInputError
from geo.frames import BRITISH_NATIONAL_GRID, WGS84

FloatArray = NDArray[np.float64]

GREAT_BRITAIN_DEGREES = (-9.01, 49.75, 2.01, 61.01)
"""West, south, east, north of EPSG:27700's area of use (EPSG registry)."""


def metric_crs_for(longitude: float, latitude: float) -> str:
    """The projected CRS to measure in: the British grid in Great Britain, else the UTM zone."""
    west, south, east, north = GREAT_BRITAIN_DEGREES
    if west <= longitude <= east and south <= latitude <= north:
        return BRITISH_NATIONAL_GRID
    zone = int((longitude + 180) // 6) % 60 + 1
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}"


def project(
    longitude: ArrayLike, latitude: ArrayLike, *, to_crs: str = BRITISH_NATIONAL_GRID
) -> tuple[FloatArray, FloatArray]:
    """Degrees WGS84 to easting and northing in metres.

    On EPSG:27700 the seven-parameter transformation is used, good to about 5 m.
    Raises GeoInputError for values that are not degrees.
    """
    lon = np.asarray(longitude, dtype=np.float64)
    lat = np.asarray(latitude, dtype=np.float64)
    _check_degrees(lon, lat)
    _check_metric(to_crs)
    x_m, y_m = _transformer(WGS84, to_crs).transform(lon, lat)
    return np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)


def unproject(
    x_m: ArrayLike, y_m: ArrayLike, *, from_crs: str = BRITISH_NATIONAL_GRID
) -> tuple[FloatArray, FloatArray]:
    """Easting and northing in metres to degrees WGS84."""
    lon, lat = _transformer(from_crs, WGS84).transform(np.asarray(x_m), np.asarray(y_m))
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def project_geometries(
    geometries: NDArray[np.object_], *, to_crs: str = BRITISH_NATIONAL_GRID
) -> NDArray[np.object_]:
    """Geometries in degrees WGS84, shape (n,), as geometries in metres."""
    _check_metric(to_crs)

    def move(points: FloatArray) -> FloatArray:
        _check_degrees(points[:, 0], points[:, 1])
        return np.column_stack(_transformer(WGS84, to_crs).transform(points[:, 0], points[:, 1]))

    moved: NDArray[np.object_] = shapely.transform(geometries, move)
    return moved


def buffer_degrees(area: BaseGeometry, *, distance_m: float) -> BaseGeometry:
    """The area grown by a distance, measured in metres, given and returned in degrees."""
    centre = area.centroid
    crs = metric_crs_for(centre.x, centre.y)
    grown = project_geometries(np.array([area]), to_crs=crs)[0].buffer(distance_m)
    degrees: BaseGeometry = shapely.transform(
        grown,
        lambda points: np.column_stack(unproject(points[:, 0], points[:, 1], from_crs=crs)),
    )
    return degrees


@lru_cache(maxsize=16)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


@lru_cache(maxsize=16)
def _is_metric(crs: str) -> bool:
    parsed = CRS.from_user_input(crs)
    return parsed.is_projected and all(axis.unit_name == "metre" for axis in parsed.axis_info)


def _check_metric(crs: str) -> None:
    if not _is_metric(crs):
        raise GeoInputError(
            f"Distances need a projected CRS in metres; found {crs}. "
            "Degrees are not distances: ask for EPSG:27700 or the area's UTM zone."
        )


def _check_degrees(longitude: FloatArray, latitude: FloatArray) -> None:
    wrong = ~((np.abs(longitude) <= 180) & (np.abs(latitude) <= 90))
    if wrong.any():
        first = int(np.argmax(wrong))
        raise GeoInputError(
            f"Coordinates are not degrees: {int(wrong.sum()):,} of {wrong.size:,} points, first at "
            f"position {first} ({longitude.flat[first]}, {latitude.flat[first]}). "
            "They are probably eastings and northings, or missing."
        )
