"""H3 cells as rings a map can draw."""

from __future__ import annotations

from collections.abc import Iterable

import h3.api.numpy_int as h3

from chb.domain.places.places import Place
from chb.ui import theme
from chb.ui.maps.elements import Outline, Position


def rings_of(cells: Iterable[int]) -> list[list[Position]]:
    """The outer and inner edges of a set of cells; the first position is repeated last."""
    polygons = h3.cells_to_h3shape(list(cells), tight=False)
    return [
        [(latitude, longitude) for latitude, longitude in (*ring, ring[0])]
        for polygon in polygons
        for ring in (polygon.outer, *polygon.holes)
    ]


def chosen_cell(cell: int) -> Outline:
    """The cell whose dossier is open."""
    return Outline(rings=rings_of([cell]), colour=theme.NAVY, width=4)


def place_outline(place: Place, *, detail: str = "", chosen: bool = False) -> Outline:
    """A place with its name; the open one has the heavier line."""
    return Outline(
        rings=rings_of(place.boundary.cells),
        colour=theme.PLACE_COLOUR,
        width=4.5 if chosen else 2.5,
        name=place.name,
        detail=detail,
    )
