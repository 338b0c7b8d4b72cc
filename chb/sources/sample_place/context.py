"""What a basemap is drawn from: roads, water, green and names, in degrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from shapely import Point

from chb.sources.sample_place.areas import Areas
from chb.sources.sample_place.files import Feature
from chb.sources.sample_place.plane import LocalPlane
from chb.sources.sample_place.spec import Position, SamplePlaceSpec
from chb.sources.sample_place.streets import Street
from chb.sources.sample_place.terrain import SEA_MARGIN_M, Terrain, sea_around


def road_features(streets: Sequence[Street], plane: LocalPlane) -> Iterator[Feature]:
    """Roads, simplified to two metres, the most important first."""
    for street in sorted(streets, key=lambda street: street.rank):
        line = plane.in_degrees(street.line.simplify(2.0))
        yield {"name": street.name, "rank": street.rank}, line


def water_features(terrain: Terrain, areas: Areas, plane: LocalPlane) -> Iterator[Feature]:
    """The sea round the district, then lakes, then streams."""
    corners = np.array([[-1, -1], [1, 1]]) * SEA_MARGIN_M
    west, south, east, north = plane.degrees(corners).ravel().tolist()
    yield (
        {"name": "Irish Sea", "rank": 1},
        sea_around(areas.district.shape, (west, south, east, north)),
    )
    for rank, shapes in ((2, terrain.lakes), (3, terrain.streams)):
        for name, shape in shapes:
            yield {"name": name, "rank": rank}, plane.in_degrees(shape)


def green_features(terrain: Terrain, plane: LocalPlane) -> Iterator[Feature]:
    """Parks, dunes and commons, the largest first."""
    for name, shape in sorted(terrain.parks, key=lambda park: -park[1].area):
        rank = 1 if shape.area > 2e5 else 2
        yield {"name": name, "rank": rank}, plane.in_degrees(shape)


def name_features(spec: SamplePlaceSpec, plane: LocalPlane) -> Iterator[Feature]:
    """Names of towns and neighbourhoods as points, the most important first."""
    labels: list[tuple[int, str, Position]] = [
        (label.rank, label.name, label.at_m) for label in spec.labels
    ]
    labels += [(quarter.label_rank, quarter.name, quarter.at_m) for quarter in spec.quarters]
    for rank, name, at_m in sorted(labels, key=lambda label: label[:2]):
        yield {"name": name, "rank": rank}, plane.in_degrees(Point(*at_m))
