"""The lie of the land: coast, sea, lakes, streams and parks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from chb.sources.sample_place.plane import Warp, blob, curve, roughened
from chb.sources.sample_place.spec import SamplePlaceSpec

SEA_MARGIN_M: Final = 12_000
"""How far the drawn sea reaches beyond the centre in each direction."""


@dataclass(frozen=True)
class Terrain:
    """Named shapes in metres on the local plane."""

    land: Polygon
    lakes: tuple[tuple[str, BaseGeometry], ...]
    streams: tuple[tuple[str, BaseGeometry], ...]
    parks: tuple[tuple[str, BaseGeometry], ...]
    warp: Warp

    @property
    def unbuildable(self) -> BaseGeometry:
        """Lakes and parks, where no local street runs."""
        return shapely.union_all([shape for _, shape in (*self.lakes, *self.parks)])


def draw_terrain(spec: SamplePlaceSpec) -> Terrain:
    """Coast and waters as the plan and the seed have them."""
    rng = spec.rng("terrain")
    outline = curve(spec.coast_m, step_m=300, closed=True)
    land = Polygon(roughened(outline, rng, rounds=3, share=0.11)).buffer(0)
    lakes = [(lake.name, blob(lake.at_m, lake.radius_m, rng)) for lake in spec.lakes]
    water = shapely.union_all([shape for _, shape in lakes])
    dry = land.buffer(-25).difference(water.buffer(8))
    parks = [(park.name, blob(park.at_m, park.radius_m, rng)) for park in spec.parks]
    streams = [
        (stream.name, LineString(curve(stream.through_m, step_m=60)).buffer(stream.width_m / 2))
        for stream in spec.streams
    ]
    return Terrain(
        land=land,
        lakes=tuple(lakes),
        streams=tuple((name, shape.intersection(land)) for name, shape in streams),
        parks=tuple((name, shape.intersection(dry)) for name, shape in parks),
        warp=Warp.drawn(spec.rng("warp"), amplitude_m=26, lengths_m=(900, 2200)),
    )


def sea_around(land: BaseGeometry, terrain_box: tuple[float, float, float, float]) -> BaseGeometry:
    """The sea: a box with the land cut out of it, in whatever unit both are given."""
    return shapely.box(*terrain_box).difference(land)
