"""The layer of unmet need: each cell's share of all that is not met, in five classes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from chb.domain.views.gaps import PartnerGapMap
from chb.services.assets.gaps import GapMap
from chb.ui.maps.classes import ZERO_CLASS
from chb.ui.maps.layers import CellLayer, PaintedLayer, paint
from geo import frames

SHARE_OF_GAP: Final = "share_of_gap"
GAP_LAYER: Final = CellLayer(
    label="Unmet need",
    column=SHARE_OF_GAP,
    unit="per cent of the unmet need",
    decimals=2,
    absent="No need is unmet here at that hour.",
    beware="Need is estimated from harm and residents; sessions count where they are recorded",
)
_CLEAR: Final = "No unmet need"


def paint_gaps(found: GapMap | PartnerGapMap, *, asked: str) -> PaintedLayer | None:
    """Cells by their share of the unmet need; None where all is met.

    Args:
        found: the map; of partners' only what they are shown is there.
        asked: the hour and the ages in words, for the key.
    """
    if not found.gap:
        return None
    frame = pd.DataFrame(
        {
            frames.CELL: np.array([each.cell for each in found.cells], dtype=np.uint64),
            SHARE_OF_GAP: [100 * each.gap / found.gap for each in found.cells],
        }
    )
    painted = paint(frame, GAP_LAYER)
    if painted is None:
        return None
    names = painted.style.names | {ZERO_CLASS: _CLEAR}
    return replace(
        painted,
        style=replace(painted.style, names=names),
        legend=replace(
            painted.legend,
            note=f"{GAP_LAYER.unit}, {asked}",
            caveats=(GAP_LAYER.beware, *found.caveats),
        ),
    )
