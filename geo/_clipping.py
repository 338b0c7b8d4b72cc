"""The common area of many polygons and convex cells."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geo._arrays import Floats, Ints
from geo._clipping_loops import Pairs, Rings, common_areas
from geo._compiled import in_threads

Geometries = NDArray[np.object_]


def clipped_areas(zones: Geometries, cells: Geometries, zone: Ints, cell: Ints) -> Floats:
    """Area that zone ``zone[i]`` and cell ``cell[i]`` have in common, shape (n_pairs,).

    Zones are polygons of any form, cells are convex polygons without holes, all valid and in
    one metric CRS; the answer is in its unit squared. Exact but for rounding.
    """
    outlines, convex = _rings(zones), _single_rings(cells)
    pairs = Pairs(np.ascontiguousarray(zone, np.int64), np.ascontiguousarray(cell, np.int64))
    area = np.zeros(len(zone))

    def measure(start: int, stop: int) -> None:
        common_areas(outlines, convex, pairs, start, stop, area)

    in_threads(measure, len(zone), smallest=2_000)
    return area


def _rings(geometries: Geometries) -> Rings:
    """The rings of (multi)polygons without their repeated last vertex, oriented alike."""
    oriented = shapely.orient_polygons(geometries)
    parts, geometry_of_part = shapely.get_parts(oriented, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    n_rings = np.bincount(geometry_of_part[part_of_ring], minlength=len(geometries))
    vertices, starts = _open_rings(rings)
    return Rings(vertices, starts, _edges(n_rings))


def _single_rings(cells: Geometries) -> Rings:
    """The same of polygons of one ring each, without taking each of very many apart."""
    vertices, starts = _open_rings(cells)
    if (_signed_areas(vertices, starts) < 0).any():
        vertices, starts = _open_rings(shapely.orient_polygons(cells))
    return Rings(vertices, starts, np.arange(len(cells) + 1, dtype=np.int64))


def _signed_areas(vertices: Floats, starts: Ints) -> Floats:
    """Area of each ring, positive when it runs anticlockwise."""
    following = np.arange(1, len(vertices) + 1)
    following[starts[1:] - 1] = starts[:-1]
    x, y = vertices.T
    areas: Floats = np.add.reduceat(x * y[following] - x[following] * y, starts[:-1]) / 2
    return areas


def _open_rings(closed: Geometries) -> tuple[Floats, Ints]:
    """Vertices of closed rings without the repeated last, and where each ring starts."""
    vertices, ring = shapely.get_coordinates(closed, return_index=True)
    is_last = np.append(np.diff(ring) != 0, True)
    counts = np.bincount(ring, minlength=len(closed)) - 1
    return np.ascontiguousarray(vertices[~is_last]), _edges(counts)


def _edges(counts: NDArray[np.int64]) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
