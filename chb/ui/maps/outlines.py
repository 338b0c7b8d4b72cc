"""H3 cells as rings a map can draw."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import h3.api.numpy_int as h3

from chb.domain.places.places import Place
from chb.ui import theme
from chb.ui.maps.elements import Outline, Position

METRES_A_DEGREE: Final = 111_195
"""Of latitude, on a sphere of the earth's mean radius."""
_CORNERS: Final = 48


def rings_of(cells: Iterable[int]) -> list[list[Position]]:
    """The outer and inner edges of a set of cells; the first position is repeated last."""
    polygons = h3.cells_to_h3shape(list(cells), tight=False)
    return [
        [(latitude, longitude) for latitude, longitude in (*ring, ring[0])]
        for polygon in polygons
        for ring in (polygon.outer, *polygon.holes)
    ]


def circle(at: Position, radius_m: float) -> list[Position]:
    """A ring round a position, near enough for a map of a town."""
    latitude, longitude = at
    north = radius_m / METRES_A_DEGREE
    east = north / math.cos(math.radians(latitude))
    turns = [2 * math.pi * corner / _CORNERS for corner in range(_CORNERS + 1)]
    return [
        (latitude + north * math.cos(turn), longitude + east * math.sin(turn)) for turn in turns
    ]


def chosen_cell(cell: int) -> Outline:
    """The cell whose dossier is open."""
    return Outline(rings=rings_of([cell]), colour=theme.MAP_LINE, width=4)


def place_outline(
    place: Place, *, detail: str = "", chosen: bool = False, focus: bool = False
) -> Outline:
    """A place with its name; the open one has the heavier line, and the map may go to it."""
    return Outline(
        rings=rings_of(place.boundary.cells),
        colour=theme.PLACE_COLOUR,
        width=4.5 if chosen else 2.5,
        name=place.name,
        detail=detail,
        focus=focus,
    )
