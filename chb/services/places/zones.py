"""The place, the ring round it, and the rest of its area: where an incident lies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from chb.domain.places.places import Boundary
from geo.cells import CellArray, polygons
from geo.counting import locate
from geo.surroundings import ring_around

OUTSIDE: Final = -1
"""In place of the number of a zone."""


class Zone(StrEnum):
    """Where an incident lies; each lies in one of them."""

    PLACE = "the place"
    RING = "the ring round it"
    REST = "the rest of the area"


@dataclass(frozen=True)
class Ground:
    """Where the zones lie. ``outline`` is None when the area is not loaded."""

    place: CellArray
    ring: CellArray
    resolution: int
    area_name: str
    outline: BaseGeometry | None

    @property
    def extent(self) -> BaseGeometry:
        near: BaseGeometry = shapely.union_all(polygons(np.union1d(self.place, self.ring)))
        return near if self.outline is None else shapely.union(near, self.outline)

    def zone_of(self, rows: pd.DataFrame) -> NDArray[np.int64]:
        """Number of each row's zone, shape (n,); -1 for rows in none."""
        longitude, latitude = rows["longitude"].to_numpy(), rows["latitude"].to_numpy()
        in_place = locate(self.place, longitude, latitude, self.resolution) >= 0
        in_ring = locate(self.ring, longitude, latitude, self.resolution) >= 0
        in_area = (
            np.zeros(len(rows), np.bool_)
            if self.outline is None
            else shapely.contains_xy(self.outline, longitude, latitude)
        )
        return np.select([in_place, in_ring, in_area], range(len(Zone)), OUTSIDE).astype(np.int64)


def ground_of(
    boundary: Boundary, rings: int, area_name: str, outline: BaseGeometry | None
) -> Ground:
    """The zones of a place; ``outline`` is that of its area in degrees, None when not loaded."""
    cells = np.array(sorted(boundary.cells), dtype=np.uint64)
    if outline is not None:
        shapely.prepare(outline)
    return Ground(
        place=cells,
        ring=ring_around(cells, rings),
        resolution=boundary.resolution,
        area_name=area_name if outline is not None else "",
        outline=outline,
    )
