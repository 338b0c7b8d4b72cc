"""The points incidents are snapped to: places along the streets, as the open data does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from chb.sources.sample_place.plane import DECIMALS, LocalPlane, Points
from chb.sources.sample_place.spec import SamplePlaceSpec
from chb.sources.sample_place.streets import Street, nearest_quarter, within_quarter
from chb.sources.sample_place.terrain import Terrain

SPACING_M: Final = {1: 150.0, 2: 160.0, 3: 125.0}
RURAL: Final = -1
"""Quarter of a point that lies in none: the last entry of a table of quarters, by indexing."""


@dataclass(frozen=True)
class SnapPoints:
    """Parallel arrays, one entry a snap point."""

    at_m: Points
    degrees: Points
    """Longitude and latitude, rounded as published."""
    streets: tuple[str, ...]
    quarter: NDArray[np.int64]
    """Index of the quarter, or RURAL."""

    def __len__(self) -> int:
        return len(self.at_m)


def place_snap_points(
    spec: SamplePlaceSpec, terrain: Terrain, streets: Sequence[Street], plane: LocalPlane
) -> SnapPoints:
    """Points spread evenly along every street that lies on dry land."""
    places, names = [], []
    for street in streets:
        n_points = max(1, round(street.line.length / SPACING_M[street.rank]))
        shares = (np.arange(n_points) + 0.5) / n_points
        points = shapely.line_interpolate_point(street.line, shares, normalized=True)
        places.append(shapely.get_coordinates(points))
        names.extend([street.name] * n_points)
    found = np.vstack(places)
    dry = shapely.contains_xy(terrain.land.buffer(-15), found[:, 0], found[:, 1])
    degrees = np.round(plane.degrees(found[dry]), DECIMALS)
    at_m = plane.metres(degrees)
    inside = within_quarter(at_m, spec.quarters, reach=1.15)
    return SnapPoints(
        at_m=at_m,
        degrees=degrees,
        streets=tuple(name for name, kept in zip(names, dry, strict=True) if kept),
        quarter=np.where(inside, nearest_quarter(at_m, spec.quarters), RURAL),
    )
