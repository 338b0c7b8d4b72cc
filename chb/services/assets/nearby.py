"""Assets that stand where somebody is about to mark one: it may be there already."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from chb.domain.access.permissions import Permission
from chb.domain.assets.outlines import checked_position
from chb.domain.assets.register import Asset
from chb.services.access.rules import needs
from chb.services.assets.likeness import name_key
from chb.services.workspace import Workspace
from chb.store.assets.register import Box
from geo.nearest import within_reach

WITHIN_M: Final = 150.0
_DEGREE_M: Final = 111_000.0
"""A degree of latitude, a little short, so that the box is never too small."""
_NARROWEST: Final = 0.01


@dataclass(frozen=True)
class NearbyAsset:
    """An asset with its distance, and how alike its name is, from 0 to 100."""

    asset: Asset
    distance_m: float
    name_similarity: float

    def rank(self, within_m: float) -> float:
        """Lower for what is nearer and more alike; both count the same."""
        return self.distance_m / within_m - self.name_similarity / 100


@needs(Permission.MANAGE_ASSETS)
def assets_nearby(
    ws: Workspace,
    longitude: float,
    latitude: float,
    *,
    name: str = "",
    within_m: float = WITHIN_M,
) -> tuple[NearbyAsset, ...]:
    """Assets within a distance, degrees WGS84, the nearest and most alike first."""
    position = checked_position(longitude, latitude)
    with ws.reading() as tx:
        found = [
            each for each in tx.assets.within(_box(position, within_m)) if not each.merged_into
        ]
    index, distance_m = within_reach(
        [each.longitude for each in found],
        [each.latitude for each in found],
        at=position,
        reach_m=within_m,
    )
    nearby = [
        NearbyAsset(found[at], float(away_m), name_similarity(name, found[at].name))
        for at, away_m in zip(index, distance_m, strict=True)
    ]
    return tuple(sorted(nearby, key=lambda each: each.rank(within_m)))


def name_similarity(one: str, other: str) -> float:
    """How alike two names are from 0 to 100, whatever their case and order of words."""
    if not one.strip():
        return 0.0
    return fuzz.WRatio(name_key(one), name_key(other))


def _box(position: tuple[float, float], within_m: float) -> Box:
    """A box around a position that holds all that is within a distance."""
    longitude, latitude = position
    north = within_m / _DEGREE_M
    east = north / max(math.cos(math.radians(latitude)), _NARROWEST)
    return longitude - east, latitude - north, longitude + east, latitude + north
