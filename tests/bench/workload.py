"""Synthetic events that lie as published ones do: many rows on few points, in towns.

Everything comes from a seed, so that two runs measure the same work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from h3ronpy import grid_disk
from numpy.typing import NDArray

from geo.cells import CellArray, cell_of, centres
from geo.crs import project

Floats = NDArray[np.float64]

SEED: Final = 20_250_101
N_EVENTS: Final = 300_000
N_POINTS: Final = 35_000
RINGS: Final = 225
"""A disk of so many rings has 152,551 cells."""

RADIUS_M: Final = 27_000.0
MIDDLE_DEGREES: Final = (-1.47, 53.38)
HARM_DAYS: Final = (1.0, 2.0, 5.0, 11.18, 194.21, 365.0)
HARM_SHARES: Final = (0.45, 0.15, 0.1, 0.1, 0.18, 0.02)
N_TOWNS: Final = 60
RURAL_SHARE: Final = 0.1


@dataclass(frozen=True)
class Events:
    """Rows in metres, with a harm each: shapes (n,)."""

    x_m: Floats
    y_m: Floats
    harm_days: Floats

    @property
    def n_bytes(self) -> int:
        """What the rows take up."""
        return self.x_m.nbytes + self.y_m.nbytes + self.harm_days.nbytes

    def __len__(self) -> int:
        return self.x_m.size


def events(n_events: int = N_EVENTS, n_points: int = N_POINTS, *, scale: float = 1.0) -> Events:
    """Events on distinct whole-metre points about the middle.

    ``scale`` multiplies the area and the number of towns, so that a larger country is as
    dense as a small one.
    """
    rng = np.random.default_rng(SEED)
    points = _points(rng, n_points, scale)
    # Each point has an event; the rest gather on few of them, as at a shopping street.
    popularity = rng.pareto(1.2, n_points)
    extra = rng.choice(n_points, n_events - n_points, p=popularity / popularity.sum())
    row = rng.permutation(np.concatenate([np.arange(n_points), extra]))
    harm = rng.choice(HARM_DAYS, n_events, p=HARM_SHARES)
    x_m, y_m = np.ascontiguousarray(points[row].T)
    return Events(x_m, y_m, harm)


def cells() -> CellArray:
    """152,551 resolution-10 cells about the middle, sorted."""
    middle = cell_of([MIDDLE_DEGREES[0]], [MIDDLE_DEGREES[1]], 10)
    return np.sort(np.asarray(grid_disk(middle, RINGS, flatten=True), dtype=np.uint64))


def cell_centres(of: CellArray) -> tuple[Floats, Floats]:
    """Eastings and northings of the cells' centres."""
    return project(*centres(of))


def places(n_places: int, *, scale: float = 1.0) -> tuple[Floats, Floats]:
    """About so many places on a square lattice over the disk of the events."""
    radius_m = RADIUS_M * np.sqrt(scale)
    side = round(np.sqrt(n_places * 4 / np.pi))
    steps = np.linspace(-radius_m, radius_m, side)
    x, y = (axis.ravel() for axis in np.meshgrid(steps, steps))
    inside = np.hypot(x, y) <= radius_m
    middle_x, middle_y = _middle()
    return x[inside] + middle_x, y[inside] + middle_y


def _points(rng: np.random.Generator, n: int, scale: float) -> Floats:
    """Distinct points, shape (n, 2)."""
    found = np.empty((0, 2))
    towns = _towns(rng, round(N_TOWNS * scale), scale)
    while len(found) < n:
        drawn = _drawn(rng, n, towns, scale)
        found = np.unique(np.concatenate([found, drawn]), axis=0)
    return rng.permutation(found)[:n]


def _towns(rng: np.random.Generator, n: int, scale: float) -> tuple[Floats, Floats, Floats]:
    """Centres (n, 2), spreads in metres and shares of the points."""
    size = rng.lognormal(0.0, 1.0, n)
    return _in_disk(rng, n, scale), 900.0 * np.sqrt(size), size / size.sum()


def _drawn(
    rng: np.random.Generator, n: int, towns: tuple[Floats, Floats, Floats], scale: float
) -> Floats:
    centre, spread_m, share = towns
    town = rng.choice(len(share), n, p=share)
    urban = centre[town] + rng.normal(size=(n, 2)) * spread_m[town, None]
    away = rng.random(n) < RURAL_SHARE
    positions: Floats = np.where(away[:, None], _in_disk(rng, n, scale), urban)
    near = np.hypot(*(positions - _middle()).T) <= RADIUS_M * np.sqrt(scale)
    whole: Floats = np.round(positions[near])
    return whole


def _in_disk(rng: np.random.Generator, n: int, scale: float) -> Floats:
    radius = RADIUS_M * np.sqrt(scale * rng.random(n))
    angle = rng.uniform(0, 2 * np.pi, n)
    return _middle() + np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _middle() -> Floats:
    """The middle in whole metres."""
    x_m, y_m = project([MIDDLE_DEGREES[0]], [MIDDLE_DEGREES[1]])
    return np.round([x_m[0], y_m[0]])
