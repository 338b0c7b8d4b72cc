"""Pairs of the register that are probably one asset, without those somebody kept apart."""

from __future__ import annotations

from dataclasses import dataclass

from chb.domain.access.permissions import Permission
from chb.domain.assets.register import Asset
from chb.services.access.rules import needs
from chb.services.assets.likeness import Likeness, alike_within
from chb.services.workspace import Workspace


@dataclass(frozen=True)
class DuplicatePair:
    """Two open assets that may be one, and why."""

    one: Asset
    other: Asset
    score: float
    """From 0 to 1; the module ``likeness`` says of what."""
    name_similarity: float
    """From 0 to 100."""
    distance_m: float
    reason: str


@needs(Permission.MANAGE_ASSETS)
def likely_duplicates(ws: Workspace) -> tuple[DuplicatePair, ...]:
    """Likely pairs, the likeliest first; the sample place is compared with itself only."""
    with ws.reading() as tx:
        assets = [each for each in tx.assets.open() if not each.merged_into]
        known, apart = tx.assets.states(), tx.asset_pairs.all()
    return tuple(
        _pair(assets, each)
        for each in alike_within(assets)
        if _ids(assets, each) not in apart
        and len({known[id_].is_sample for id_ in _ids(assets, each)}) == 1
    )


def _ids(assets: list[Asset], found: Likeness) -> frozenset[str]:
    return frozenset({assets[found.one].id, assets[found.other].id})


def _pair(assets: list[Asset], found: Likeness) -> DuplicatePair:
    return DuplicatePair(
        assets[found.one],
        assets[found.other],
        found.score,
        found.name_similarity,
        found.distance_m,
        found.reason,
    )
