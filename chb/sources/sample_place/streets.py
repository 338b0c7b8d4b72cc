"""The street network: main roads as planned, local streets as a bent, broken lattice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString

from chb.sources.sample_place.plane import Points, blob, curve
from chb.sources.sample_place.spec import Quarter, SamplePlaceSpec
from chb.sources.sample_place.terrain import Terrain

Mask = NDArray[np.bool_]

COAST_GAP_M: Final = 70
"""Local streets keep this far from the water's edge."""
ROW_SHARE: Final = 0.95
"""Share of the possible lengths of the streets proper; the cross streets have their own."""
LONGEST_STREET: Final = 7
"""Blocks after which a street takes another name."""


@dataclass(frozen=True)
class Street:
    """A named line in metres; rank 1 A road, 2 main street, 3 minor."""

    name: str
    rank: int
    line: LineString


def draw_streets(spec: SamplePlaceSpec, terrain: Terrain) -> list[Street]:
    """Every street of the borough, the main roads first."""
    rng = spec.rng("streets")
    mains = [
        Street(road.name, road.rank, LineString(curve(road.through_m, step_m=90)))
        for road in spec.roads
    ]
    trunk = MultiLineString([street.line for street in mains])
    lines = [
        line
        for quarter in spec.quarters
        for line in _local_lines(quarter, spec.quarters, terrain, trunk, rng)
    ]
    names = _street_names(spec, rng)
    return mains + [Street(next(names), 3, line) for line in lines]


def nearest_quarter(points_m: Points, quarters: Sequence[Quarter]) -> NDArray[np.int64]:
    """Index of the quarter each position belongs to, distance measured in its own radii."""
    nearest: NDArray[np.int64] = np.argmin(_radii_away(points_m, quarters), axis=-1)
    return nearest


def within_quarter(points_m: Points, quarters: Sequence[Quarter], *, reach: float = 1.0) -> Mask:
    """Whether each position lies within ``reach`` radii of any quarter."""
    inside: Mask = _radii_away(points_m, quarters).min(axis=-1) <= reach
    return inside


def _radii_away(points_m: Points, quarters: Sequence[Quarter]) -> NDArray[np.float64]:
    centres = np.array([quarter.at_m for quarter in quarters])
    radii = np.array([quarter.radius_m for quarter in quarters])
    offsets = points_m[..., None, :] - centres
    away: NDArray[np.float64] = np.hypot(offsets[..., 0], offsets[..., 1]) / radii
    return away


def _local_lines(
    quarter: Quarter,
    quarters: Sequence[Quarter],
    terrain: Terrain,
    trunk: MultiLineString,
    rng: np.random.Generator,
) -> Iterator[LineString]:
    """Lines of one quarter: nodes near a main road are moved onto it and join it there."""
    lattice = terrain.warp(_lattice(quarter))
    nodes = lattice[::2, ::2]
    extent = blob(quarter.at_m, quarter.radius_m, rng).intersection(
        terrain.land.buffer(-COAST_GAP_M)
    )
    ground = extent.difference(terrain.unbuildable)
    own = nearest_quarter(nodes, quarters) == list(quarters).index(quarter)
    usable = own & shapely.contains_xy(ground, nodes[..., 0], nodes[..., 1])
    on_trunk = _snap_to_trunk(lattice, trunk, within_m=0.5 * quarter.block_m[1])
    for grid, keep_share in ((False, ROW_SHARE), (True, quarter.link_share)):
        turn = (1, 0, 2) if not grid else (0, 1, 2)
        yield from _streets_along(
            lattice.transpose(turn),
            usable.transpose(turn[:2]),
            on_trunk.transpose(turn[:2]),
            rng,
            keep_share,
        )


def _lattice(quarter: Quarter) -> Points:
    """Nodes at even places and the middles between them at odd ones, shape (2n+1, 2m+1, 2)."""
    along_m, across_m = quarter.block_m
    half = [int(1.3 * quarter.radius_m / step) * 2 for step in (along_m, across_m)]
    along = np.arange(-half[0], half[0] + 1) * along_m / 2
    across = np.arange(-half[1], half[1] + 1) * across_m / 2
    east, north = np.meshgrid(along, across, indexing="ij")
    if quarter.bend_m is not None:
        ring, turn = north + quarter.bend_m, east / quarter.bend_m
        east, north = ring * np.sin(turn), ring * np.cos(turn) - quarter.bend_m
    bearing = np.radians(quarter.bearing_deg)
    turned_east = east * np.cos(bearing) + north * np.sin(bearing)
    turned_north = north * np.cos(bearing) - east * np.sin(bearing)
    lattice: Points = np.stack([turned_east, turned_north], axis=-1) + np.asarray(quarter.at_m)
    return lattice


def _snap_to_trunk(lattice: Points, trunk: MultiLineString, *, within_m: float) -> Mask:
    """Move lattice nodes near a main road onto it, in place; which nodes were moved."""
    nodes = lattice[::2, ::2]
    points = np.asarray(shapely.points(nodes))
    near: Mask = np.asarray(shapely.distance(points, trunk)) < within_m
    links = shapely.shortest_line(points[near], trunk)
    nodes[near] = shapely.get_coordinates(shapely.get_point(links, -1))
    return near


def _streets_along(
    lattice: Points, usable: Mask, on_trunk: Mask, rng: np.random.Generator, keep_share: float
) -> Iterator[LineString]:
    """Runs of blocks along the second axis; blocks that lie on a main road are left to it."""
    both = usable[:, :-1] & usable[:, 1:]
    doubled = on_trunk[:, :-1] & on_trunk[:, 1:]
    kept = both & ~doubled & (rng.random(both.shape) < keep_share)
    for row, blocks in enumerate(kept):
        for first, last in _runs(blocks):
            places = lattice[2 * row, 2 * first : 2 * last + 1].copy()
            places[1::2] = _middles(places)
            yield LineString(places)


def _middles(places: Points) -> Points:
    """The middles of a street, pulled half-way to the chord where an end was moved."""
    chord = (places[:-1:2] + places[2::2]) / 2
    return (places[1::2] + chord) / 2


def _runs(blocks: Mask) -> Iterator[tuple[int, int]]:
    """First and last node of each run of kept blocks, cut at the longest street."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], blocks, [False]])))
    for start, stop in edges.reshape(-1, 2):
        for first in range(start, stop, LONGEST_STREET):
            yield first, min(first + LONGEST_STREET, stop)


def _street_names(spec: SamplePlaceSpec, rng: np.random.Generator) -> Iterator[str]:
    """Every stem with every kind of street, in random order, then again with North and so on."""
    names = [f"{stem} {kind}" for stem in spec.street_stems for kind in spec.street_kinds]
    for prefix in ("", "North ", "South ", "Upper ", "Lower "):
        for index in rng.permutation(len(names)):
            yield prefix + names[index]
