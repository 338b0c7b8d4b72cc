"""How each layer of the harm map is computed."""

from __future__ import annotations

from typing import Final

from chb.ui.maps.gap_layer import GAP_LAYER
from chb.ui.maps.harm_layers import SIGNIFICANCE, STABILITY, TREND, TWO_WAY
from chb.ui.maps.layers import CellLayer
from chb.ui.parts.explained import explain
from geo import frames

KEYS: Final = {
    frames.DENSITY: ("harm_density", "classes_by_rank"),
    frames.COUNT: ("incidents_of_cell", "classes_by_rank"),
    SIGNIFICANCE.column: ("gi_star",),
    TREND.column: ("months_hot",),
    STABILITY.column: ("share_of_maps",),
    frames.IMD_SCORE: ("imd_of_cell", "classes_by_rank"),
    TWO_WAY.column: ("harm_by_deprivation",),
    frames.OCG_INFLUENCE: ("ocg_influence", "classes_by_rank"),
    GAP_LAYER.column: ("unmet_need", "classes_by_rank"),
    frames.ASSETS: ("assets_of_cell", "classes_by_rank"),
}
"""Rows of the table of figures, by the column of a layer."""


def explain_layer(layer: CellLayer, *, rules: tuple[str, ...]) -> None:
    """The button under the map."""
    explain(layer.label, KEYS[layer.column], rules=rules, key="explain_layer")
