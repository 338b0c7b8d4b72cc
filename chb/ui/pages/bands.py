"""Harm map in bands: what partners and the community are shown of where harm gathers."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.roles import View
from chb.domain.refusal import Refusal
from chb.domain.views.harm import PartnerHotspot, SharedHarm
from chb.services.harm.profiling import ProfileRequest
from chb.ui import cache, session, viewer
from chb.ui.maps.elements import Position, Scene
from chb.ui.maps.ground import area_map
from chb.ui.maps.layers import PaintedLayer
from chb.ui.maps.stash import STASH
from chb.ui.maps.view import show_map
from chb.ui.parts.filters import choose_shared_profile
from chb.ui.parts.html_table import show_table
from chb.ui.parts.notices import refusals_shown, show_nothing_loaded
from chb.ui.parts.origins import show_attribution

_LABEL: Final = "Harm in bands. The cells of the highest band are listed beside the map."


def show() -> None:
    """The page."""
    st.title("Harm map", anchor=False)
    session.show_notice()
    version = cache.data_version()
    areas, months = cache.areas(version), cache.months(version)
    if not areas or not months:
        show_nothing_loaded(has_areas=bool(areas))
        return
    with refusals_shown():
        _explore(version, choose_shared_profile(areas, months))


@st.fragment
def _explore(version: str, request: ProfileRequest) -> None:
    """Map and list: both are made of what is shared, and of nothing else."""
    view = viewer.scope().view
    shared = cache.shared_harm(version, view, request)
    wide, narrow = st.columns([2.1, 1], gap="medium")
    with wide:
        _show_map(version, request, cache.painted_bands(version, view, request))
        show_attribution(shared.sources)
    with narrow:
        _show_statement(shared)
        if view >= View.PARTNER:
            _show_hotspots(version, request)


def _show_map(version: str, request: ProfileRequest, painted: PaintedLayer) -> None:
    digest = STASH.put(session.browser_session(), "cells", painted.packed)
    scene = Scene(cells_digest=digest, cell_style=painted.style, legend=painted.legend)
    ground = area_map(version, request.area, page="bands", label=_LABEL)
    show_map(ground, scene, key="bands_view", on_click=_nothing)
    st.html(f'<p class="hf-note" data-testid="sentence">{painted.sentence}</p>')


def _nothing(position: Position) -> None:
    """A click opens no dossier: what is shared has no figures behind it."""
    del position


def _show_statement(shared: SharedHarm) -> None:
    st.subheader(shared.area, anchor=False)
    st.text(f"{shared.period}. {shared.total}.")
    with st.expander("What this map does not say"):
        for caveat in shared.caveats:
            st.text(caveat)


def _show_hotspots(version: str, request: ProfileRequest) -> None:
    st.subheader("Hotspots", anchor=False)
    try:
        found = cache.shared_hotspots(version, request).hotspots
    except Refusal as refusal:
        st.text(str(refusal))
        return
    show_table(
        ("Rank", "Near", "Size", "Steady"),
        [_row(each) for each in found],
        name="Hotspots",
    )


def _row(hotspot: PartnerHotspot) -> tuple[str, ...]:
    return (
        str(hotspot.rank),
        hotspot.place,
        f"{hotspot.area_km2:.2f} km\N{SUPERSCRIPT TWO}",
        hotspot.stability,
    )
