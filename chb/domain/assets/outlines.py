"""Areas that people draw: one ring of (longitude, latitude) that does not cross itself."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import Final

from chb.domain.refusal import Refusal

Point = tuple[float, float]
Side = tuple[Point, Point]
Ring = tuple[Point, ...]
"""The corners in their order; the last is joined to the first and does not repeat it."""

MOST_CORNERS: Final = 500
_REMEDY: Final = "Draw the area again, going round it once"


def checked_position(longitude: float, latitude: float) -> Point:
    """A finite WGS84 position; Refusal otherwise."""
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise Refusal(
            "A position needs two finite numbers",
            found=f"Found longitude {longitude}, latitude {latitude}",
            remedy="Click the map where the asset stands",
        )
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Refusal(
            "A position is longitude and latitude in degrees",
            found=f"Found longitude {longitude}, latitude {latitude}",
            cause="These are probably eastings and northings",
            remedy="Click the map where the asset stands",
        )
    return longitude, latitude


def checked_outline(ring: Ring) -> Ring:
    """The ring as it will be kept, no corner twice in a row; Refusal for what bounds no area."""
    corners = _without_repeats(tuple(checked_position(*corner) for corner in ring))
    if not corners:
        return ()
    if not 3 <= len(corners) <= MOST_CORNERS:
        raise Refusal(
            f"An area has from 3 to {MOST_CORNERS} corners",
            found=f"Found {len(corners):,}",
            remedy=_REMEDY,
        )
    crossing = _first_crossing(corners)
    if crossing is not None:
        raise Refusal(
            "An area's outline crosses itself",
            found=f"Side {crossing[0] + 1} meets side {crossing[1] + 1}",
            cause="A corner was probably dragged across another side",
            remedy=_REMEDY,
        )
    return corners


def contains(ring: Ring, point: Point) -> bool:
    """Whether the point lies within the ring (a ray to the east crosses it an odd number)."""
    return sum(longitude > point[0] for longitude in _crossings(ring, point[1])) % 2 == 1


def point_inside(ring: Ring) -> Point:
    """A position within a checked ring: the middle of its widest stretch at half its height."""
    heights = sorted({latitude for _, latitude in ring})
    below, above = max(pairwise(heights), key=lambda pair: pair[1] - pair[0])
    latitude = (below + above) / 2
    met = sorted(_crossings(ring, latitude))
    west, east = max(zip(met[::2], met[1::2], strict=True), key=lambda span: span[1] - span[0])
    return (west + east) / 2, latitude


def _without_repeats(corners: Ring) -> Ring:
    kept = [
        corner
        for before, corner in zip((None, *corners), corners, strict=False)
        if corner != before
    ]
    return tuple(kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept)


def _sides(ring: Ring) -> list[Side]:
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def _crossings(ring: Ring, latitude: float) -> list[float]:
    """Longitudes at which the ring crosses a parallel."""
    return [
        west + (latitude - south) * (east - west) / (north - south)
        for (west, south), (east, north) in _sides(ring)
        if (south > latitude) != (north > latitude)
    ]


def _first_crossing(ring: Ring) -> tuple[int, int] | None:
    sides = _sides(ring)
    for (at, one), (other_at, other) in combinations(enumerate(sides), 2):
        neighbours = other_at - at in (1, len(sides) - 1)
        if _folds_back(one, other) if neighbours else _meet(one, other):
            return at, other_at
    return None


def _meet(one: Side, other: Side) -> bool:
    """Whether two sides share a point."""
    turns = [_turn(*one, point) for point in other] + [_turn(*other, point) for point in one]
    if turns[0] != turns[1] and turns[2] != turns[3]:
        return True
    return any(
        turn == 0 and _between(side, point)
        for turn, side, point in zip(turns, (one, one, other, other), (*other, *one), strict=True)
    )


def _folds_back(one: Side, other: Side) -> bool:
    """Whether two sides that share a corner lie on one another."""
    follows = one[1] == other[0]
    shared = one[1] if follows else one[0]
    here, there = (one[0], other[1]) if follows else (one[1], other[0])
    on_one_line = _turn(here, shared, there) == 0
    return on_one_line and (_between((shared, here), there) or _between((shared, there), here))


def _turn(start: Point, end: Point, point: Point) -> int:
    """1 where the point is left of the line from start to end, -1 right, 0 on it."""
    area = (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
    return (area > 0) - (area < 0)


def _between(side: Side, point: Point) -> bool:
    """Whether a point on the line of a side is on the side."""
    (west, south), (east, north) = side
    return min(west, east) <= point[0] <= max(west, east) and (
        min(south, north) <= point[1] <= max(south, north)
    )
