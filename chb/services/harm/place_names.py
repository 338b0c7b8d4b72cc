"""What people call a spot: the nearest place name, else the ward, else the LSOA."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from chb.domain.access.permissions import Permission
from chb.services.access.rules import needs
from chb.services.harm.areas import layers
from chb.services.harm.context import context_layer
from chb.services.workspace import Workspace
from chb.store.store import Transaction
from geo.cells import centres
from geo.crs import project

FURTHEST_NAME_M: Final = 5_000.0
"""A name from further away would mislead."""
COMPASS: Final = ("north", "east", "south", "west")

Floats = NDArray[np.float64]


def place_names(tx: Transaction, longitude: Floats, latitude: Floats) -> list[str]:
    """The name of each spot, degrees WGS84; empty where nothing is loaded that could name it.

    The nearest loaded place name counts, else the ward the spot lies in, else its LSOA.
    """
    points = np.column_stack([longitude, latitude])
    named = _nearest(context_layer(tx, "place-names"), points)
    for kind in ("ward", "lsoa"):
        if not all(named):
            around = _containing(layers(tx, kind), points)
            named = [name or other for name, other in zip(named, around, strict=True)]
    return named


@needs(Permission.SEE_HARM_FIGURES)
def names_of_cells(ws: Workspace, cells: Sequence[int]) -> dict[int, str]:
    """The name of each H3 cell's middle, empty where nothing is loaded that could name it."""
    longitude, latitude = centres(np.array(cells, dtype=np.uint64))
    with ws.reading() as tx:
        return dict(zip(cells, place_names(tx, longitude, latitude), strict=True))


def told_apart(names: list[str], points: Floats) -> list[str]:
    """The names, those that several spots share told apart by where they lie among these.

    ``points`` has shape (spots, 2). "Pierhead" twice becomes "Pierhead north" and "Pierhead
    south"; where the compass does not tell them apart, they are numbered in the order given.
    """
    apart = list(names)
    for name in (name for name, times in Counter(names).items() if times > 1):
        spots = [spot for spot, other in enumerate(names) if other == name]
        ways = [_way(points[spot] - points[spots].mean(axis=0)) for spot in spots]
        if len(set(ways)) < len(ways):
            ways = [str(number) for number in range(1, len(spots) + 1)]
        for spot, way in zip(spots, ways, strict=True):
            apart[spot] = f"{name} {way}"
    return apart


def _nearest(names: gpd.GeoDataFrame, points: Floats) -> list[str]:
    found = [""] * len(points)
    if names.empty or not len(points):
        return found
    labels = names.representative_point()
    tree = shapely.STRtree(_in_metres(labels.x.to_numpy(), labels.y.to_numpy()))
    spots, nearest = tree.query_nearest(
        _in_metres(*points.T), max_distance=FURTHEST_NAME_M, all_matches=False
    )
    for spot, label in zip(spots, nearest, strict=True):
        found[int(spot)] = str(names["name"].iloc[int(label)])
    return found


def _containing(zones: gpd.GeoDataFrame, points: Floats) -> list[str]:
    found = [""] * len(points)
    if zones.empty:
        return found
    tree = shapely.STRtree(np.asarray(zones["geometry"]))
    for spot, zone in zip(*tree.query(shapely.points(points), predicate="within"), strict=True):
        found[int(spot)] = found[int(spot)] or str(zones["name"].iloc[int(zone)])
    return found


def _in_metres(longitude: Floats, latitude: Floats) -> NDArray[np.object_]:
    return np.asarray(shapely.points(*project(longitude, latitude)), dtype=object)


def _way(offset: Floats) -> str:
    """The quarter of the compass an offset (east, north) points to."""
    quarter = round(float(np.degrees(np.arctan2(offset[0], offset[1]))) / 90) % 4
    return COMPASS[quarter]
