"""What the harm map can show: every layer of cells, with what its figure under the mouse is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from chb.ui.maps import analysis_layers as named
from chb.ui.maps.gap_layer import GAP_LAYER
from chb.ui.maps.layers import LAYERS, CellLayer, PaintedLayer

_TOO_FEW: Final = "There is too little here to draw this layer from."

SIGNIFICANCE: Final = CellLayer(
    label=named.SIGNIFICANCE,
    column="z",
    unit="standard deviations from chance",
    decimals=1,
    additive=False,
    absent=_TOO_FEW,
    beware="Hot means more than chance would put there, not why",
)
TREND: Final = CellLayer(
    label=named.TREND,
    column="months_hot",
    unit="months hot",
    unit_of_one="month hot",
    additive=False,
    absent=_TOO_FEW,
    beware="A month that is not loaded counts neither way",
)
STABILITY: Final = CellLayer(
    label=named.STABILITY,
    column="percent_of_runs",
    unit="% of maps",
    additive=False,
    absent=_TOO_FEW,
    beware="A fragile cell is an artefact of one choice of method",
)
TWO_WAY: Final = CellLayer(
    label=named.DEPRIVATION,
    column="harm_per_km2",
    unit="harm per km\N{SUPERSCRIPT TWO} in these months",
    additive=False,
    absent=_TOO_FEW,
    beware="That they lie together is no proof that one brings the other",
)

_DENSITY, _COUNT, _DEPRIVATION, _INFLUENCE, _ASSETS = LAYERS
CHOICES: Final = (
    _DENSITY,
    _COUNT,
    SIGNIFICANCE,
    TREND,
    STABILITY,
    _DEPRIVATION,
    TWO_WAY,
    _INFLUENCE,
    GAP_LAYER,
    _ASSETS,
)
"""In the order of the switch: where harm is, how far to trust it, what lies around it."""

ASSETS: Final = _ASSETS.label
LABELS: Final = tuple(layer.label for layer in CHOICES)


@dataclass(frozen=True)
class ShownLayer:
    """A layer of the harm map: what is drawn, and the same as figures to rank cells by.

    ``values`` has the cells and the layer's column.
    """

    layer: CellLayer
    painted: PaintedLayer | None
    values: pd.DataFrame


def layer_of(label: str) -> CellLayer:
    """The layer of a label; ValueError for another."""
    return CHOICES[LABELS.index(label)]
