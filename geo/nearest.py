"""Nearest points and points within reach, in metres over the ground."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.neighbors import BallTree

EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def within_reach(
    longitude: ArrayLike, latitude: ArrayLike, *, at: tuple[float, float], reach_m: float
) -> tuple[IntArray, FloatArray]:
    """Positions of the points within ``reach_m`` of ``at`` and their distances, nearest first.

    Degrees WGS84, great-circle distances in metres (within 0.5 % of the ellipsoid).
    """
    points = _radians(longitude, latitude)
    if len(points) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    found, distance = BallTree(points, metric="haversine").query_radius(
        _radians([at[0]], [at[1]]),
        r=reach_m / EARTH_RADIUS_M,
        return_distance=True,
        sort_results=True,
    )
    return found[0].astype(np.int64), distance[0] * EARTH_RADIUS_M


def nearest(
    points: tuple[ArrayLike, ArrayLike], *, among: tuple[ArrayLike, ArrayLike]
) -> tuple[IntArray, FloatArray]:
    """For each point the position of the nearest one ``among`` others, and the distance.

    Longitudes and latitudes, degrees WGS84; great-circle distances in metres, shape
    (points,). There is at least one to be nearest to.
    """
    wanted = _radians(*points)
    if len(wanted) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    distance, found = BallTree(_radians(*among), metric="haversine").query(wanted)
    return found[:, 0].astype(np.int64), distance[:, 0] * EARTH_RADIUS_M


def near_pairs(
    points: tuple[ArrayLike, ArrayLike],
    *,
    among: tuple[ArrayLike, ArrayLike],
    reach_m: float,
    most: int,
) -> tuple[IntArray, IntArray]:
    """Pairs (point, one ``among`` others) within ``reach_m``, the nearest ``most`` of a point.

    Longitudes and latitudes, degrees WGS84; great-circle distances in metres. Gives the
    position of each of a pair in its own list, shape (pairs,).
    """
    wanted, others = _radians(*points), _radians(*among)
    if not len(wanted) or not len(others):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    distance, found = BallTree(others, metric="haversine").query(wanted, k=min(most, len(others)))
    point, rank = np.nonzero(distance * EARTH_RADIUS_M <= reach_m)
    return point.astype(np.int64), found[point, rank].astype(np.int64)


def _radians(longitude: ArrayLike, latitude: ArrayLike) -> FloatArray:
    return np.radians(
        np.column_stack(
            [np.asarray(latitude, dtype=np.float64), np.asarray(longitude, dtype=np.float64)]
        )
    )
