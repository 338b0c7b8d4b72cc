"""Harm map in bands: what partners and the community are shown of where harm gathers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.access.roles import View
from chb.domain.periods import Month
from chb.domain.refusal import Refusal
from chb.domain.views.harm import PartnerHotspots, SharedHarm
from chb.services.exports.products import ExportKind
from chb.services.harm.profiling import ProfileRequest
from chb.ui import cache, viewer
from chb.ui.maps.elements import Outline, Position, Scene
from chb.ui.maps.ground import area_map, shown_cells
from chb.ui.maps.layers import PaintedLayer
from chb.ui.maps.view import show_map
from chb.ui.parts.bands.categories import show_band_categories
from chb.ui.parts.bands.cells import show_band_cells
from chb.ui.parts.bands.hotspots import choose_at, chosen_outline, show_band_hotspots
from chb.ui.parts.bands.shared_outlines import shared_outlines
from chb.ui.parts.download import offer_download
from chb.ui.parts.explained import explain
from chb.ui.parts.filters import choose_shared_profile
from chb.ui.parts.notices import refusals_shown, show_refusal
from chb.ui.parts.origins import show_attribution
from chb.ui.parts.page_head import loaded_or_is_told, page_head

_LABEL: Final = "Harm in bands. Every cell that is shown is in the table under the map."


def show() -> None:
    """The page."""
    page_head("Harm map")
    loaded = loaded_or_is_told()
    if loaded is None:
        return
    with refusals_shown():
        request = choose_shared_profile(loaded.areas, loaded.months)
        _explore(loaded.version, request, loaded.months)


@st.fragment
def _explore(version: str, request: ProfileRequest, months: Sequence[Month]) -> None:
    """Map and list: both are made of what is shared, and of nothing else."""
    view = viewer.scope().view
    shared = cache.shared_harm(version, view, request)
    hotspots, refusal = _hotspots(version, view, request)
    wide, narrow = st.columns([2.1, 1], gap="medium")
    with wide:
        _show_map(version, request, cache.painted_bands(version, view, request), hotspots)
        show_band_cells(shared)
        show_attribution(shared.sources)
        with st.container(horizontal=True):
            offer_download("Take the map out", lambda: request, kind=ExportKind.PARTNER_HARM)
            offer_download(
                "The map for the community", lambda: request, kind=ExportKind.COMMUNITY_HARM
            )
        show_band_categories(version, request.area, months)
    with narrow:
        _show_statement(shared)
        if refusal is not None:
            show_refusal(refusal)
        if hotspots is not None:
            show_band_hotspots(hotspots, request)


def _hotspots(
    version: str, view: View, request: ProfileRequest
) -> tuple[PartnerHotspots | None, Refusal | None]:
    """The hotspots for those who are shown them; the map is shown without them, too."""
    if view < View.PARTNER:
        return None, None
    try:
        return cache.shared_hotspots(version, request), None
    except Refusal as refusal:
        return None, refusal


def _show_map(
    version: str, request: ProfileRequest, painted: PaintedLayer, hotspots: PartnerHotspots | None
) -> None:
    def choose(position: Position) -> None:
        if hotspots is not None:
            choose_at(hotspots, request, position)

    outlines: list[Outline] = shared_outlines()
    if hotspots is not None:
        outlines += chosen_outline(hotspots, request)
    scene = Scene(cells=shown_cells(painted), outlines=outlines, legend=painted.legend)
    ground = area_map(version, request.area, page="bands", label=_LABEL)
    show_map(ground, scene, key="bands_view", on_click=choose)
    st.html(f'<p class="hf-note" data-testid="sentence">{painted.sentence}</p>')


def _show_statement(shared: SharedHarm) -> None:
    st.subheader(shared.area, anchor=False)
    st.text(f"{shared.period}. {shared.total}.")
    explain("This map", ("harm_band", "released_count"), key="explain_bands")
    with st.expander("What this map does not say"):
        for caveat in shared.caveats:
            st.text(caveat)
