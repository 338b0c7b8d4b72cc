"""GeoJSON to shapes in degrees WGS84, parsed here and never by GDAL.

RFC 7946 says WGS84; files of before it may declare another coordinate system,
which is honoured when it is named by an EPSG number, and never fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb.domain.refusal import Refusal
from chb.sources.archives import MEGABYTE, size_words
from chb.sources.coordinates import looks_like_grid, looks_swapped
from chb.sources.files import InputFile
from chb.sources.sniff import FileKind, expect
from chb.sources.text import read_text

LARGEST_BYTES: Final = 500 * MEGABYTE
WGS84_EPSG: Final = 4326
_LONGITUDE_LATITUDE: Final = re.compile(r"CRS:?84|WGS ?84", re.IGNORECASE)
_EPSG: Final = re.compile(r"EPSG[:/](?:[\d.]*[:/])?(\d{4,6})$", re.IGNORECASE)
_UNREADABLE: Final = (
    *(TypeError, ValueError, LookupError, AttributeError, ArithmeticError),
    *(RecursionError, shapely.errors.ShapelyError),
)
"""What shapely raises for a geometry that is not as the standard says."""
_SHAPE_TYPES: Final = (
    *("Point", "MultiPoint", "LineString", "MultiLineString"),
    *("Polygon", "MultiPolygon", "GeometryCollection"),
)


@dataclass(frozen=True)
class Feature:
    """One feature: its place in the file from 1, its properties, and its shape in degrees.

    ``shape`` is None and ``fault`` says why when there is no shape to use.
    """

    number: int
    properties: dict[str, Any]
    shape: BaseGeometry | None
    fault: str = ""
    was_open: bool = False
    """A ring did not end where it began, and was closed."""


@dataclass(frozen=True)
class Layer:
    """The features of one file and what was chosen for the person."""

    name: str
    features: tuple[Feature, ...]
    notes: tuple[str, ...]


def read_layer(file: InputFile) -> Layer:
    """Every feature of a GeoJSON file; Refusal when it is not one, or its CRS is wrong."""
    expect(file, FileKind.JSON_OBJECT)
    if len(file.data) > LARGEST_BYTES:
        raise Refusal(
            f"{file.name} is too large for GeoJSON",
            found=f"{size_words(len(file.data))}, the limit is {size_words(LARGEST_BYTES)}",
            remedy="Use a generalised edition of the boundaries",
        )
    text, notes = read_text(file)
    collection = _collection(parsed_json(text, file.name), file.name)
    epsg = _declared_epsg(collection.get("crs"), file.name)
    drafts = [_feature(raw, number) for number, raw in enumerate(collection["features"], 1)]
    features, crs_notes = _in_degrees(drafts, epsg, file.name)
    return Layer(file.name, features, notes + crs_notes)


def parsed_json(text: str, name: str) -> Any:
    """What a JSON text holds; Refusal when it is cut short, damaged or nested too deeply."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise Refusal(
            f"{name} is nested too deeply",
            cause="The file is damaged or was made to mislead",
            remedy="Export it again",
        ) from error
    except ValueError as error:
        raise _not_json(error, text, name) from error


def _not_json(error: ValueError, text: str, name: str) -> Refusal:
    at_the_end = isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip()) - 1
    where = (
        f"It stops making sense on line {error.lineno:,}, character {error.colno:,}"
        if isinstance(error, json.JSONDecodeError)
        else str(error)
    )
    return Refusal(
        f"{name} is not whole JSON",
        found=where,
        cause="The download was probably cut short"
        if at_the_end
        else "The file was edited by hand",
        remedy="Download or export it again",
    )


def _no_constant(constant: str) -> float:
    raise ValueError(f"It holds {constant}, which is no number in JSON")


def _collection(parsed: Any, name: str) -> dict[str, Any]:
    """The FeatureCollection in the file, a lone feature or shape put into one."""
    kind = parsed.get("type") if isinstance(parsed, dict) else None
    if kind == "FeatureCollection" and isinstance(parsed.get("features"), list):
        return dict(parsed)
    if kind == "Feature":
        return {"features": [parsed], "crs": parsed.get("crs")}
    if kind in _SHAPE_TYPES:
        return {"features": [{"geometry": parsed, "properties": {}}], "crs": parsed.get("crs")}
    cause = "It is TopoJSON" if kind == "Topology" else ""
    if isinstance(parsed, dict) and "spatialReference" in parsed:
        cause = "It is Esri JSON"
    raise Refusal(
        f"{name} is JSON, but not GeoJSON",
        found=f"Its type is {str(kind)[:40]!r}; a FeatureCollection is expected",
        cause=cause,
        remedy="Export the layer as GeoJSON",
    )


def _declared_epsg(crs: Any, name: str) -> int | None:
    """EPSG number of the declared system, None when none is declared."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    declared = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if _LONGITUDE_LATITUDE.search(declared):
        return WGS84_EPSG
    match = _EPSG.search(declared)
    if match is None or not _is_known(int(match[1])):
        raise Refusal(
            f"{name} declares a coordinate system that is not known",
            found=repr(declared[:60]),
            remedy="Export it in longitude and latitude (EPSG:4326)",
        )
    return int(match[1])


def _is_known(epsg: int) -> bool:
    try:
        pyproj.CRS.from_epsg(epsg)
    except pyproj.exceptions.CRSError:
        return False
    return True


def _feature(raw: Any, number: int) -> Feature:
    properties = raw.get("properties") if isinstance(raw, dict) else None
    known = dict(properties) if isinstance(properties, dict) else {}
    if isinstance(raw, dict) and "id" in raw:
        known.setdefault("@id", raw["id"])
    geometry = raw.get("geometry") if isinstance(raw, dict) else None
    if not isinstance(geometry, dict):
        return Feature(number, known, None, "The feature has no geometry")
    return _shaped(geometry, number, known)


def _shaped(geometry: dict[str, Any], number: int, properties: dict[str, Any]) -> Feature:
    try:
        shape = shapely.force_2d(shapely.geometry.shape(geometry))
        coordinates = shapely.get_coordinates(shape)
    except _UNREADABLE:
        return Feature(number, properties, None, "The geometry cannot be read")
    if shape.is_empty:
        return Feature(number, properties, None, "The geometry is empty")
    if not np.isfinite(coordinates).all():
        return Feature(number, properties, None, "A coordinate is not a finite number")
    return Feature(number, properties, shape, was_open=_has_open_ring(geometry))


def _has_open_ring(geometry: dict[str, Any]) -> bool:
    """Whether a polygon's ring ends elsewhere than it began."""
    coordinates = geometry.get("coordinates", [])
    if geometry.get("type") == "Polygon":
        return any(ring[0] != ring[-1] for ring in coordinates if ring)
    if geometry.get("type") == "MultiPolygon":
        return any(ring[0] != ring[-1] for part in coordinates for ring in part if ring)
    return False


def _in_degrees(
    features: Sequence[Feature], epsg: int | None, name: str
) -> tuple[tuple[Feature, ...], tuple[str, ...]]:
    shapes = np.array([feature.shape for feature in features], dtype=object)
    if epsg is not None and epsg != WGS84_EPSG:
        shapes = _projected(shapes, epsg)
        notes: tuple[str, ...] = (
            f"{name} is in EPSG:{epsg} and was converted to degrees WGS84 (within about 5 m)",
        )
    else:
        _check_degrees(shapes, epsg, name)
        notes = ()
    return tuple(
        _placed(feature, shape) for feature, shape in zip(features, shapes, strict=True)
    ), notes


def _placed(feature: Feature, shape: BaseGeometry | None) -> Feature:
    """The feature with its shape in degrees, without one where there are no such degrees."""
    if shape is not None and not np.isfinite(shapely.get_coordinates(shape)).all():
        return replace(feature, shape=None, fault="A coordinate lies outside its declared system")
    return replace(feature, shape=shape)


def _projected(shapes: NDArray[np.object_], epsg: int) -> NDArray[np.object_]:
    transformer = pyproj.Transformer.from_crs(epsg, WGS84_EPSG, always_xy=True)

    def degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return np.asarray(shapely.transform(shapes, degrees), dtype=object)


def _check_degrees(shapes: Iterable[BaseGeometry | None], epsg: int | None, name: str) -> None:
    """Refusal when the numbers cannot be longitude and latitude."""
    first = shapely.get_coordinates([shape for shape in shapes if shape is not None])
    if not len(first):
        return
    x, y = first[:, 0], first[:, 1]
    found = f"The first point is {x[0]:g}, {y[0]:g}"
    out_of_range = (np.abs(x) > 180) | (np.abs(y) > 90)
    declared = "declares WGS84" if epsg else "declares no coordinate system, which means WGS84"
    if (out_of_range & looks_like_grid(x, y)).any():
        raise Refusal(
            f"{name} {declared}, but its coordinates look like eastings and northings",
            found=found,
            cause="The wrong or missing CRS was probably lost on export from EPSG:27700",
            remedy="Export it in EPSG:4326, or declare EPSG:27700 in the file",
        )
    if out_of_range.any():
        raise Refusal(
            f"{name} {declared}, but its coordinates are out of range for degrees",
            found=found,
            cause="The file is in another coordinate system, such as EPSG:3857",
            remedy="Export it in EPSG:4326, or declare its coordinate system in the file",
        )
    if looks_swapped(x, y).mean() > 0.5:
        raise Refusal(
            f"Longitude and latitude look swapped in {name}",
            found=found,
            cause="The coordinates were probably written latitude first",
            remedy="Export it again with longitude first, as GeoJSON asks",
        )
