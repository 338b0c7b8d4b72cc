"""A local plane in metres, and the curves drawn on it.

The plane is a plain formula on the WGS84 ellipsoid instead of a projection
library, so that the same spec gives the same bytes on every machine. Within
5 km of its centre it agrees with the National Grid to better than 0.1 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from chb.sources.sample_place.spec import Position

Points = NDArray[np.float64]
"""Positions in metres, shape (n, 2)."""

DECIMALS: Final = 6
"""Of a degree: about 0.1 m. Every position written is a multiple of it."""

_EQUATOR_M: Final = 6_378_137.0
_ECCENTRICITY_SQUARED: Final = 0.006_694_379_990_14
_GeometryT = TypeVar("_GeometryT", bound=BaseGeometry)


@dataclass(frozen=True)
class LocalPlane:
    """Metres east and north of a centre, to degrees and back."""

    longitude: float
    latitude: float

    def degrees(self, points_m: Points) -> Points:
        """Longitude and latitude of positions in metres, shape (n, 2)."""
        found: Points = points_m / self._metres_per_degree() + self._centre()
        return found

    def metres(self, degrees: Points) -> Points:
        """Metres east and north of positions in degrees, shape (n, 2)."""
        found: Points = (degrees - self._centre()) * self._metres_per_degree()
        return found

    def in_degrees(self, geometry: _GeometryT) -> _GeometryT:
        """A geometry in metres as one in degrees."""
        return shapely.transform(geometry, self.degrees)

    def _centre(self) -> Points:
        return np.array([self.longitude, self.latitude])

    def _metres_per_degree(self) -> NDArray[np.float64]:
        phi = math.radians(self.latitude)
        flatness = math.sqrt(1 - _ECCENTRICITY_SQUARED * math.sin(phi) ** 2)
        east = _EQUATOR_M * math.cos(phi) / flatness
        north = _EQUATOR_M * (1 - _ECCENTRICITY_SQUARED) / flatness**3
        return np.array([east, north]) * (math.pi / 180)


def curve(through_m: Sequence[Position], *, step_m: float, closed: bool = False) -> Points:
    """A smooth curve through control points, sampled about every ``step_m`` metres."""
    knots = np.asarray(through_m, dtype=np.float64)
    if closed:
        knots = np.vstack([knots, knots[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(knots, axis=0).T))])
    spline = CubicSpline(along, knots, bc_type="periodic" if closed else "natural")
    n_steps = max(2, round(along[-1] / step_m))
    sampled: Points = spline(np.linspace(0.0, along[-1], n_steps + 1))
    return sampled


def roughened(ring: Points, rng: np.random.Generator, *, rounds: int, share: float) -> Points:
    """A closed ring whose edges are broken at their middle, sideways, ``rounds`` times."""
    for _ in range(rounds):
        edges = np.diff(ring, axis=0)
        sideways = np.column_stack([-edges[:, 1], edges[:, 0]])
        middles = ring[:-1] + edges / 2 + sideways * rng.normal(0, share, (len(edges), 1))
        broken = np.empty((len(ring) + len(middles), 2))
        broken[0::2], broken[1::2] = ring, middles
        ring = broken
    return ring


def blob(at_m: Position, radius_m: float, rng: np.random.Generator) -> Polygon:
    """A roundish polygon whose outline swells and shrinks by a few slow waves."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    waves = [
        rng.uniform(0.04, 0.13) * np.cos(k * angle + rng.uniform(0, 2 * np.pi)) for k in (1, 2, 3)
    ]
    radius = radius_m * (1 + np.sum(waves, axis=0))
    outline = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return Polygon(outline + np.asarray(at_m, dtype=np.float64))


@dataclass(frozen=True)
class Warp:
    """A slow bending of the plane, so that nothing drawn by rule looks ruled."""

    waves: Points
    """One row a wave: wave numbers east and north (per metre), phase, shift east and north (m)."""

    @classmethod
    def drawn(
        cls, rng: np.random.Generator, *, amplitude_m: float, lengths_m: tuple[float, float]
    ) -> Warp:
        """A random warp of five waves, long enough beside their height not to fold the plane."""
        bearing, turn, phase = rng.uniform(0, 2 * np.pi, (3, 5))
        number = 2 * np.pi / rng.uniform(*lengths_m, 5)
        shift = np.column_stack([np.cos(turn), np.sin(turn)]) * amplitude_m
        numbers = np.column_stack([np.cos(bearing), np.sin(bearing)]) * number[:, None]
        return cls(np.column_stack([numbers, phase, shift]))

    def __call__(self, points_m: Points) -> Points:
        shifted: Points = np.array(points_m, dtype=np.float64)
        for east, north, phase, *shift in self.waves:
            wave = np.sin(points_m[..., 0] * east + points_m[..., 1] * north + phase)
            shifted += wave[..., None] * np.asarray(shift)
        return shifted
