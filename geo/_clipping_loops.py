"""Compiled loop that measures what a polygon and a convex cell have in common."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from geo._arrays import Floats, Ints
from geo._compiled import (
    INT,
    NOTHING,
    OUT_FLOAT_ROWS,
    OUT_FLOATS,
    OUT_INTS,
    compiled,
    record,
)


class Rings(NamedTuple):
    """Rings of many polygons: vertices without repetition, and where everything starts."""

    vertices: Floats
    start: Ints
    """Of each ring in ``vertices``, with the end of the last."""
    first: Ints
    """Ring of each polygon, with the end of the last."""


class Pairs(NamedTuple):
    """Positions of the zones and cells that are measured together."""

    zone: Ints
    cell: Ints


# Arrays inside a named tuple are matched to the letter, so these are the writable types.
_RINGS = record([OUT_FLOAT_ROWS, OUT_INTS, OUT_INTS], Rings)
_PAIRS = record([OUT_INTS, OUT_INTS], Pairs)


@compiled()
def _clipped(points: Floats, n: int, edge: Floats, out: Floats) -> tuple[Floats, int]:
    """Keep the part of a ring left of an edge (x, y, dx, dy); return it and its length."""
    kept = 0
    for at in range(n):
        x, y = points[at, 0], points[at, 1]
        x_next, y_next = points[(at + 1) % n, 0], points[(at + 1) % n, 1]
        side = edge[2] * (y - edge[1]) - edge[3] * (x - edge[0])
        side_next = edge[2] * (y_next - edge[1]) - edge[3] * (x_next - edge[0])
        if kept + 2 > out.shape[0]:
            room = np.empty((2 * out.shape[0], 2))
            room[:kept] = out[:kept]
            out = room
        if side >= 0:
            out[kept, 0], out[kept, 1] = x, y
            kept += 1
        if (side >= 0) != (side_next >= 0):
            share = side / (side - side_next)
            out[kept, 0] = x + share * (x_next - x)
            out[kept, 1] = y + share * (y_next - y)
            kept += 1
    return out, kept


@compiled()
def _signed_area(points: Floats, n: int) -> float:
    """Return the area of a ring, positive when it runs anticlockwise."""
    twice = 0.0
    for at in range(1, n - 1):
        x, y = points[at, 0] - points[0, 0], points[at, 1] - points[0, 1]
        x_next, y_next = points[at + 1, 0] - points[0, 0], points[at + 1, 1] - points[0, 1]
        twice += x * y_next - x_next * y
    return twice / 2


@compiled(NOTHING(_RINGS, _RINGS, _PAIRS, INT, INT, OUT_FLOATS))
def common_areas(
    zones: Rings, cells: Rings, pairs: Pairs, start: int, stop: int, area: Floats
) -> None:
    """Write the common area of each pair from ``start`` to ``stop``.

    Rings are clipped by one edge of the cell after another (Sutherland and Hodgman, 1974,
    doi:10.1145/360767.360802). The clipped ring of a polygon that is not convex may run back
    along an edge; such runs enclose nothing, so the signed area is still exact. Outer
    rings and cells run anticlockwise, holes clockwise; a cell is one ring.
    """
    ring = np.empty((256, 2))
    spare = np.empty((256, 2))
    edge = np.empty(4)
    for pair in range(start, stop):
        total = 0.0
        zone, cell = pairs.zone[pair], cells.first[pairs.cell[pair]]
        begin, end = cells.start[cell], cells.start[cell + 1]
        for each in range(zones.first[zone], zones.first[zone + 1]):
            n = zones.start[each + 1] - zones.start[each]
            if n > ring.shape[0]:
                ring = np.empty((2 * n, 2))
            ring[:n] = zones.vertices[zones.start[each] : zones.start[each + 1]]
            for corner in range(begin, end):
                following = begin if corner + 1 == end else corner + 1
                edge[0], edge[1] = cells.vertices[corner, 0], cells.vertices[corner, 1]
                edge[2] = cells.vertices[following, 0] - edge[0]
                edge[3] = cells.vertices[following, 1] - edge[1]
                clipped, n = _clipped(ring, n, edge, spare)
                ring, spare = clipped, ring
                if n < 3:
                    break
            if n >= 3:
                total += _signed_area(ring, n)
        area[pair] = max(total, 0.0)
