"""The layer of the harm map: which one, and what it shows of a profile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from chb.domain.periods import Month
from chb.services.assets.needs import GapRequest
from chb.services.harm.hotspots import HotspotRequest, Hotspots
from chb.services.harm.profiling import HarmProfile, ProfileRequest
from chb.ui import analysis_cache, cache, gap_cache, viewer
from chb.ui.maps import harm_layers
from chb.ui.maps.gap_layer import GAP_LAYER, SHARE_OF_GAP
from chb.ui.maps.harm_layers import LABELS, ShownLayer, layer_of
from chb.ui.maps.layers import CellLayer, weighed
from chb.ui.parts.hotspots.question import hotspots_found, year_before
from geo import frames


@dataclass(frozen=True)
class Asked:
    """What the map is asked: the profile, and the months that are loaded."""

    version: str
    request: ProfileRequest
    months: tuple[Month, ...]

    @property
    def hotspots(self) -> HotspotRequest:
        """The usual rule of hotspots, so that the page of hotspots finds them kept."""
        against = year_before(self.request.period, self.months)
        return HotspotRequest(self.request, against=against)

    def over(self, request: ProfileRequest) -> Asked:
        """The same of another profile."""
        return replace(self, request=request)


def choose_layer() -> str:
    """The switch; a layer's label."""
    chosen = st.pills(
        "Layer",
        LABELS,
        default=LABELS[0],
        required=True,
        key="layer",
        persist_state="session",
        width="stretch",
        label_visibility="collapsed",
    )
    return str(chosen)


def shown_layer(asked: Asked, label: str, month: Month | None = None) -> ShownLayer:
    """A layer of the period, or of one month of it; Refusal where there is too little for it."""
    profile = cache.profile(asked.version, asked.request)
    layer = weighed(layer_of(label), profile.provenance.harm_unit)
    if month is not None:
        painted = analysis_cache.painted_month(asked.version, asked.request, label, month)
        found = analysis_cache.monthly(asked.version, asked.request)
        return ShownLayer(layer, painted, found.frame(month))
    if label in _ANALYSES:
        return _of_analysis(asked, layer)
    if label == GAP_LAYER.label:
        return _of_gaps(asked)
    painted_profile = cache.painted(asked.version, asked.request, label)
    return ShownLayer(layer, painted_profile, profile.frame)


def shown_beside(
    asked: Asked, other: ProfileRequest, label: str, *, is_of_periods: bool
) -> ShownLayer:
    """A layer beside the same layer of another profile; of two periods in the same classes."""
    profile = cache.profile(asked.version, asked.request)
    layer = weighed(layer_of(label), profile.provenance.harm_unit)
    if not is_of_periods or layer.column not in profile.frame:
        return shown_layer(asked, label)
    painted = analysis_cache.painted_beside(asked.version, asked.request, other, label)
    return ShownLayer(layer, painted, profile.frame)


def empty_layer(label: str) -> ShownLayer:
    """A layer with nothing in it."""
    layer = layer_of(label)
    nothing = pd.DataFrame({frames.CELL: np.array([], np.uint64), layer.column: np.array([])})
    return ShownLayer(layer, None, nothing)


def with_everything(shown: ShownLayer, profile: HarmProfile) -> pd.DataFrame:
    """The layer's figures beside the incidents and people of each cell."""
    known = profile.frame[[frames.CELL, frames.COUNT, frames.POPULATION]]
    column = shown.layer.column
    if column in known:
        known = known.drop(columns=column)
    values = shown.values[[frames.CELL, column]]
    return known.merge(values, on=frames.CELL, how="left")


def found_hotspots(asked: Asked) -> Hotspots:
    """The hotspots under the usual rule; Refusal where there is too little for them."""
    return hotspots_found(asked.version, asked.hotspots)


def _of_analysis(asked: Asked, layer: CellLayer) -> ShownLayer:
    request = HotspotRequest(asked.request)
    if layer is harm_layers.SIGNIFICANCE:
        found = found_hotspots(asked)
        request, cells = found.request, found.cells
    elif layer is harm_layers.TREND:
        trends = analysis_cache.trend(asked.version, analysis_cache.trend_request(request))
        cells = trends.cells
    elif layer is harm_layers.STABILITY:
        cells = analysis_cache.steadiness(asked.version, asked.request).cells
        cells = cells.assign(**{layer.column: 100 * cells["share_of_runs"]})
    else:
        cells = analysis_cache.associations(asked.version, asked.request).cells
    painted = analysis_cache.painted(asked.version, request, layer.label)
    return ShownLayer(layer, painted, cells)


def _of_gaps(asked: Asked) -> ShownLayer:
    """Unmet need at the usual hour, from the same harm."""
    harm = asked.request
    request = GapRequest(harm.area, harm.period, harm.scheme, harm.resolution)
    found = gap_cache.gaps(asked.version, request, in_figures=True)
    painted = gap_cache.painted(asked.version, viewer.scope().view, request, in_figures=True)
    share = 100 / (found.gap or 1)
    values = pd.DataFrame(
        {
            frames.CELL: np.array([each.cell for each in found.cells], dtype=np.uint64),
            SHARE_OF_GAP: [share * each.gap for each in found.cells],
        }
    )
    return ShownLayer(GAP_LAYER, painted, values)


_ANALYSES: Final = frozenset(
    layer.label
    for layer in (
        harm_layers.SIGNIFICANCE,
        harm_layers.TREND,
        harm_layers.STABILITY,
        harm_layers.TWO_WAY,
    )
)
