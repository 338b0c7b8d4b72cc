"""Which assets a cell can reach on foot, and how much of its need they meet.

Distances are great-circle ones; the way on foot is longer by a detour factor, so a walk of
800 m reaches 615 m as the crow flies.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from sklearn.neighbors import BallTree

from geo._arrays import Floats, Ints, as_amounts, as_floats, require_finite, require_same_length
from geo.errors import GeoInputError
from geo.nearest import EARTH_RADIUS_M

DETOUR_FACTOR: Final = 1.3
"""Length of a walk over the straight line; towns of the literature lie from 1.2 to 1.4."""


def straight_m(walking_m: ArrayLike) -> Floats:
    """The straight line, in metres, that a walk of that many metres reaches."""
    return as_amounts(np.atleast_1d(walking_m), "walking distances") / DETOUR_FACTOR


def reachable(
    cells: tuple[ArrayLike, ArrayLike],
    assets: tuple[ArrayLike, ArrayLike],
    *,
    reach_m: ArrayLike,
) -> csr_array:
    """Which assets lie within reach of each cell's centre: 1 where they do, shape (cells, assets).

    ``cells`` and ``assets`` are longitudes and latitudes, degrees WGS84; ``reach_m`` is the
    straight line in metres that each asset serves, shape (assets,). Raises GeoInputError for
    positions or distances that are missing or below zero.
    """
    cell_at, asset_at = _radians(cells, "cell centres"), _radians(assets, "asset positions")
    radius_m = as_amounts(reach_m, "reaches")
    require_same_length(assets=asset_at, reaches=radius_m)
    shape = (len(cell_at), len(asset_at))
    if 0 in shape:
        return csr_array(shape, dtype=np.float64)
    tree = BallTree(cell_at, metric="haversine")
    found = tree.query_radius(asset_at, r=radius_m / EARTH_RADIUS_M)
    asset = np.repeat(np.arange(len(asset_at)), [len(each) for each in found])
    return csr_array((np.ones(len(asset)), (np.concatenate(found), asset)), shape=shape)


def within(one: tuple[ArrayLike, ArrayLike], *, reach_m: ArrayLike) -> tuple[Ints, Ints]:
    """Pairs of different points that lie within reach of each other, each pair once.

    ``one`` is longitudes and latitudes, degrees WGS84; a pair counts when the distance is no
    longer than the shorter of the two reaches. Positions of both, the lower first, sorted.
    """
    reach = reachable(one, one, reach_m=reach_m)
    first, second = (reach.multiply(reach.T) > 0).nonzero()
    once = first < second
    order = np.lexsort((second[once], first[once]))
    return first[once][order].astype(np.int64), second[once][order].astype(np.int64)


def provision(reach: csr_array, amount: ArrayLike) -> Floats:
    """What lies within reach of each cell, shape (cells,): the sum of the assets' amounts."""
    amounts = as_amounts(amount, "amounts")
    _require_width(reach, amounts)
    return np.asarray(reach @ amounts, dtype=np.float64)


def unmet(need: ArrayLike, provided: ArrayLike) -> Floats:
    """Need that is not met, shape (cells,), from nought to the need itself.

    One unit of provision meets a cell's need, half a unit half of it; more than one unit
    meets no more than all of it.
    """
    needs, supply = as_amounts(need, "needs"), as_amounts(provided, "provisions")
    require_same_length(needs=needs, provisions=supply)
    return needs * (1.0 - np.minimum(supply, 1.0))


def _require_width(reach: csr_array, amounts: Floats) -> None:
    if reach.shape[1] != len(amounts):
        raise GeoInputError(
            f"There are {len(amounts)} amounts for {reach.shape[1]} assets. Probably the assets"
            " were filtered and their amounts were not."
        )


def _radians(points: tuple[ArrayLike, ArrayLike], name: str) -> Floats:
    """Latitude and longitude in radians, shape (n, 2), as the tree wants them."""
    longitude, latitude = (as_floats(axis, name) for axis in points)
    require_same_length(longitudes=longitude, latitudes=latitude)
    require_finite(longitude, name)
    require_finite(latitude, name)
    return np.radians(np.column_stack([latitude, longitude]))
