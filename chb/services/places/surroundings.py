"""Community assets that people of a place can walk to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chb.domain.access.permissions import Permission
from chb.domain.assets.register import Asset
from chb.services.access.rules import needs
from chb.services.assets.reach import WALKING_M, assets_near, positions
from chb.services.places.edits import existing_place
from chb.services.workspace import Workspace
from geo.counting import locate


@dataclass(frozen=True)
class AssetOfPlace:
    """An asset within reach of a place, and whether it stands in the place itself."""

    asset: Asset
    is_inside: bool


@dataclass(frozen=True)
class _AnyAsset:
    """The question that leaves no asset out."""

    walking_m: float
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@needs(Permission.SEE_COMMUNITY)
def assets_of_place(
    ws: Workspace, place_id: str, *, walking_m: float = WALKING_M
) -> tuple[AssetOfPlace, ...]:
    """Open assets within walking distance of any cell of the place, those inside it first.

    Raises Refusal for a place that is not there.
    """
    with ws.reading() as tx:
        boundary = existing_place(tx, place_id).boundary
        cells = np.array(sorted(boundary.cells), dtype=np.uint64)
        found, _ = assets_near(tx, cells, _AnyAsset(walking_m))
    inside = locate(cells, *positions(found), boundary.resolution) >= 0
    listed = [AssetOfPlace(*pair) for pair in zip(found, inside.tolist(), strict=True)]
    return tuple(sorted(listed, key=lambda each: (not each.is_inside, each.asset.name)))
