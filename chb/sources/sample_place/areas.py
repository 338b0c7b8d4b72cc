"""Statistical areas that nest exactly: LSOA-like areas, wards, district, partnership."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPoint
from shapely.geometry.base import BaseGeometry

from chb.sources.sample_place.plane import DECIMALS, LocalPlane, Points, Warp
from chb.sources.sample_place.snap_points import SnapPoints
from chb.sources.sample_place.spec import SamplePlaceSpec
from chb.sources.sample_place.terrain import Terrain

GRID_DEG: Final = 10.0**-DECIMALS
ROUNDS: Final = 30


@dataclass(frozen=True)
class Area:
    """A coded, named area in degrees."""

    code: str
    name: str
    shape: BaseGeometry


@dataclass(frozen=True)
class Areas:
    """The four layers. All corners lie on one grid, so unions are exact."""

    lsoas: tuple[Area, ...]
    wards: tuple[Area, ...]
    district: Area
    csp: Area

    def lsoa_at(self, degrees: Points) -> NDArray[np.int64]:
        """Index of the LSOA at, or else nearest to, each position in degrees."""
        tree = shapely.STRtree([area.shape for area in self.lsoas])
        return np.asarray(tree.nearest(np.asarray(shapely.points(degrees))))


def draw_areas(
    spec: SamplePlaceSpec, terrain: Terrain, points: SnapPoints, plane: LocalPlane
) -> Areas:
    """LSOAs hold about as many snap points each; wards gather the LSOAs nearest to them."""
    seeds = _centres_of_groups(points.at_m, spec.n_lsoas, spec.rng("areas"))
    shapes = _cells(spec, terrain, seeds, plane)
    ward_of = _nearest(seeds, np.array([ward.at_m for ward in spec.wards], dtype=np.float64))
    lsoas: list[Area] = []
    wards: list[Area] = []
    for number, ward in enumerate(_north_to_south(spec), start=1):
        members = np.flatnonzero(ward_of == ward)
        members = members[np.argsort(-seeds[members, 1])]
        for letter, seed in enumerate(members):
            code = f"{spec.codes['lsoa']}{len(lsoas) + 1:04d}"
            lsoas.append(Area(code, f"{spec.name} {number:03d}{chr(65 + letter)}", shapes[seed]))
        joined = shapely.union_all([shapes[seed] for seed in members])
        wards.append(Area(f"{spec.codes['ward']}{number:04d}", spec.wards[ward].name, joined))
    whole = shapely.union_all(shapes)
    return Areas(
        lsoas=tuple(lsoas),
        wards=tuple(wards),
        district=Area(spec.codes["district"], spec.name, whole),
        csp=Area(spec.codes["csp"], spec.name, whole),
    )


def _north_to_south(spec: SamplePlaceSpec) -> Sequence[int]:
    return sorted(range(len(spec.wards)), key=lambda ward: -spec.wards[ward].at_m[1])


def _nearest(points_m: Points, centres_m: Points) -> NDArray[np.int64]:
    offsets = points_m[:, None, :] - centres_m
    nearest: NDArray[np.int64] = np.argmin((offsets**2).sum(axis=-1), axis=1)
    return nearest


def _centres_of_groups(points_m: Points, n_groups: int, rng: np.random.Generator) -> Points:
    """Lloyd's algorithm: centres of ``n_groups`` compact groups of points."""
    centres = points_m[rng.choice(len(points_m), n_groups, replace=False)]
    for _ in range(ROUNDS):
        group = _nearest(points_m, centres)
        filled = np.flatnonzero(np.bincount(group, minlength=n_groups))
        centres[filled] = [points_m[group == index].mean(axis=0) for index in filled]
    return centres


def _cells(
    spec: SamplePlaceSpec, terrain: Terrain, seeds: Points, plane: LocalPlane
) -> list[BaseGeometry]:
    """Voronoi cells of the seeds on the land, their edges bent, all corners on one grid.

    Coast and edges are noded together on the grid and polygonised, so that
    neighbours share every corner to the last digit.
    """
    crinkle = Warp.drawn(spec.rng("edges"), amplitude_m=9, lengths_m=(250, 600))
    frame = terrain.land.buffer(500)
    edges = shapely.voronoi_polygons(MultiPoint(seeds), extend_to=frame, only_edges=True)
    bent = shapely.transform(shapely.segmentize(edges, 45), lambda at: crinkle(terrain.warp(at)))
    lines = [plane.in_degrees(line) for line in (bent, terrain.land.exterior)]
    noded = shapely.union_all(lines, grid_size=GRID_DEG)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded).tolist()))
    land = plane.in_degrees(terrain.land)
    ashore = [piece for piece in pieces if land.contains(piece.point_on_surface())]
    return _one_for_each_seed(ashore, np.asarray(shapely.points(plane.degrees(seeds))))


def _one_for_each_seed(
    pieces: list[BaseGeometry], seeds: NDArray[np.object_]
) -> list[BaseGeometry]:
    """The piece around each seed; a piece without one joins the longest neighbour."""
    tree = shapely.STRtree(pieces)
    homes: list[int] = tree.nearest(seeds).tolist()
    shapes = [pieces[home] for home in homes]
    for index in sorted(set(range(len(pieces))) - set(homes)):
        shared = [shapely.length(shapely.intersection(shape, pieces[index])) for shape in shapes]
        host = int(np.argmax(shared))
        shapes[host] = shapely.union_all([shapes[host], pieces[index]])
    return shapes
