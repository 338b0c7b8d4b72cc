"""Hotspots: where, in which order, and how far to trust it."""

from __future__ import annotations

from typing import Final

import h3.api.numpy_int as h3
import pandas as pd
import streamlit as st

from chb.domain.periods import Month
from chb.domain.refusal import Refusal
from chb.services.exports.products import ExportKind
from chb.services.harm.hotspots import HotspotRequest, Hotspots
from chb.services.harm.profiling import ProfileRequest
from chb.ui import analysis_cache
from chb.ui.maps.elements import Position, Scene
from chb.ui.maps.ground import area_map, shown_cells
from chb.ui.maps.harm_layers import layer_of
from chb.ui.maps.layers import PaintedLayer
from chb.ui.maps.view import show_map
from chb.ui.parts.download import offer_download
from chb.ui.parts.explained import explain
from chb.ui.parts.filters import choose_profile
from chb.ui.parts.harm.compare import scheme_title
from chb.ui.parts.harm.scene import Said, described
from chb.ui.parts.hotspots import list as hotspot_list
from chb.ui.parts.hotspots.deprivation import show_deprivation
from chb.ui.parts.hotspots.dossier import show_hotspot
from chb.ui.parts.hotspots.forward import QUESTION as FORWARD
from chb.ui.parts.hotspots.forward import show_forward
from chb.ui.parts.hotspots.question import ask_rule, hotspots_found
from chb.ui.parts.hotspots.stability import QUESTION as STABILITY
from chb.ui.parts.hotspots.stability import show_stability
from chb.ui.parts.hotspots.weights import weigh
from chb.ui.parts.notices import refusals_shown, show_refusal
from chb.ui.parts.origins import show_attribution, show_provenance
from chb.ui.parts.page_head import loaded_or_is_told, page_head
from geo import frames

_LABEL: Final = "Map of hotspots. Every hotspot can also be chosen in the list beside the map."
_LAYERS: Final = ("gi_star", "months_hot", "share_of_maps", "harm_by_deprivation")


def show() -> None:
    """The page."""
    page_head("Hotspots", about="Where, in which order, and how far to trust it")
    loaded = loaded_or_is_told()
    if loaded is None:
        return
    with refusals_shown():
        _explore(loaded.version, choose_profile(loaded.areas, loaded.months), loaded.months)


@st.fragment
def _explore(version: str, asked: ProfileRequest, months: tuple[Month, ...]) -> None:
    """Everything under the filters: a click or another layer runs this part only."""
    with refusals_shown():
        controls = st.columns([3, 1, 1], gap="small")
        with controls[0]:
            layer = _choose_layer()
        with controls[1]:
            request = ask_rule(asked, months)
        found = hotspots_found(version, request)
        with controls[2]:
            found = weigh(found)
        ranked = hotspot_list.in_order(found.table)
        wide, narrow = st.columns([1.55, 1], gap="medium")
        with wide:
            _show_map(version, found, ranked, layer)
        with narrow:
            _show_beside(found, ranked)
        _show_sections(version, found, ranked)
        show_provenance(found.provenance)


def _choose_layer() -> str:
    return str(
        st.segmented_control(
            "Layer",
            analysis_cache.LAYERS,
            default=analysis_cache.LAYERS[0],
            required=True,
            key="analysis_layer",
            persist_state="session",
            width="stretch",
            label_visibility="collapsed",
        )
    )


def _show_map(version: str, found: Hotspots, ranked: pd.DataFrame, layer: str) -> None:
    """The map, with a layer that may have too few data to be drawn."""
    painted, refusal = _painted(version, found.request, layer)
    if refusal is not None:
        show_refusal(refusal)
    chosen = hotspot_list.chosen_hotspot(found.request)
    outlines = hotspot_list.hotspot_outlines(found.cells, ranked, chosen=chosen)
    scene = Scene(outlines=outlines)
    if painted is not None:
        about = f"{found.request.profile.period}, {scheme_title(found.request.profile)}"
        scene = Scene(
            cells=shown_cells(painted),
            outlines=outlines,
            legend=described(
                painted.legend, layer_of(layer), found.provenance.caveats, Said(about)
            ),
        )

    def follow(position: Position) -> None:
        hotspot_list.choose(found.request, hotspot_at(found, position))

    ground = area_map(version, found.area.key, page="hotspots", label=_LABEL)
    show_map(ground, scene, key="hotspot_map_view", on_click=follow)
    if painted is not None:
        st.html(f'<p class="hf-note" data-testid="sentence">{painted.sentence}</p>')
    explain("The layers", _LAYERS, rules=found.provenance.choices, key="explain_layers")
    show_attribution(found.provenance.sources)
    offer_download("Take the hotspots out", lambda: found.request, kind=ExportKind.HOTSPOTS)


def _painted(
    version: str, request: HotspotRequest, layer: str
) -> tuple[PaintedLayer | None, Refusal | None]:
    try:
        return analysis_cache.painted(version, request, layer), None
    except Refusal as refusal:
        return None, refusal


def hotspot_at(found: Hotspots, position: Position) -> int | None:
    """The number of the hotspot at a position; None outside all of them."""
    cell = int(h3.latlng_to_cell(*position, found.request.profile.resolution))
    numbers = found.cells.loc[found.cells[frames.CELL] == cell, "hotspot"]
    return int(numbers.iloc[0]) or None if len(numbers) else None


def _show_beside(found: Hotspots, ranked: pd.DataFrame) -> None:
    hotspot_list.show_choice(ranked, found.request)
    hotspot_list.show_short_table(ranked, found.request)
    chosen = hotspot_list.chosen_hotspot(found.request)
    rows = ranked.loc[ranked["hotspot"] == chosen]
    if len(rows):
        show_hotspot(found, rows.iloc[0], n_ranked=len(ranked))
    elif len(ranked):
        hotspot_list.explain_list()


def _show_sections(version: str, found: Hotspots, ranked: pd.DataFrame) -> None:
    """One question a tab; what is behind a tab is worked out when it is opened."""
    profile = found.request.profile
    compared, forward, stable, deprived = st.tabs(
        ["Side by side", FORWARD, STABILITY, "Deprivation"], key="hotspot_tabs", on_change="rerun"
    )
    with compared:
        hotspot_list.show_long_table(ranked)
    if forward.open:
        with forward, refusals_shown():
            show_forward(analysis_cache.forward(version, profile))
    if stable.open:
        with stable, refusals_shown():
            show_stability(analysis_cache.steadiness(version, profile))
    if deprived.open:
        with deprived, refusals_shown():
            show_deprivation(analysis_cache.associations(version, profile))
