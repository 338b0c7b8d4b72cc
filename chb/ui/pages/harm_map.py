"""Harm map: where harm gathers, and what is behind one cell of it."""

from __future__ import annotations

from typing import Final

import h3.api.numpy_int as h3
import streamlit as st

from chb.services.harm.profiling import HarmProfile, ProfileRequest
from chb.ui import cache, session
from chb.ui.maps.elements import Marker, Outline, Position, Scene
from chb.ui.maps.ground import area_map
from chb.ui.maps.layers import LAYERS, CellLayer, PaintedLayer
from chb.ui.maps.outlines import chosen_cell
from chb.ui.maps.stash import STASH
from chb.ui.maps.view import show_map
from chb.ui.parts import dossier as dossier_part
from chb.ui.parts.asset_markers import asset_markers
from chb.ui.parts.cell_list import choose_cell, show_ranked_cells
from chb.ui.parts.filters import choose_profile
from chb.ui.parts.glance import show_glance
from chb.ui.parts.notices import refusals_shown, show_nothing_loaded
from chb.ui.parts.origins import show_attribution, show_provenance
from chb.ui.parts.place_list import place_outlines
from chb.ui.parts.start_place import show_start_place

_LABEL: Final = "Harm map. Every cell can also be chosen in the list beside the map."


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
        request = choose_profile(areas, months)
        profile = cache.profile(version, request)
        _explore(version, request)
        show_provenance(profile.provenance)


@st.fragment
def _explore(version: str, request: ProfileRequest) -> None:
    """Map and dossier: a click or another layer runs this part only."""
    profile = cache.profile(version, request)
    _forget_cell_outside(profile)
    wide, narrow = st.columns([2.1, 1], gap="medium")
    with wide:
        layer = _choose_layer()
        painted = cache.painted(version, request, layer.label)
        if painted is None:
            st.info(layer.absent, icon=":material/layers_clear:")
        _show_map(version, profile, layer, painted)
        if painted is not None:
            st.html(f'<p class="hf-note" data-testid="sentence">{painted.sentence}</p>')
        show_attribution(profile.provenance.sources)
    with narrow, refusals_shown():
        choose_cell(profile, layer)
        _show_beside(version, profile, layer)


def _show_beside(version: str, profile: HarmProfile, layer: CellLayer) -> None:
    cell = st.session_state.get(session.CELL)
    if cell is None:
        show_glance(profile)
        show_ranked_cells(profile, layer)
        return
    dossier = cache.dossier(version, profile.request, cell)
    dossier_part.show_heading(dossier)
    dossier_part.show_figures(dossier, harm_unit=profile.provenance.harm_unit)
    happened, around, start = st.tabs(["What happened", "Around it", "Start a place"])
    with happened:
        dossier_part.show_incidents(dossier)
    with around:
        dossier_part.show_surroundings(dossier)
    with start:
        show_start_place(dossier, area_name=profile.area.name)


def _choose_layer() -> CellLayer:
    labels = [layer.label for layer in LAYERS]
    chosen = st.segmented_control(
        "Layer",
        labels,
        default=labels[0],
        required=True,
        key="layer",
        persist_state="session",
        width="stretch",
        label_visibility="collapsed",
    )
    return LAYERS[labels.index(chosen)]


def _show_map(
    version: str, profile: HarmProfile, layer: CellLayer, painted: PaintedLayer | None
) -> None:
    def choose(position: Position) -> None:
        st.session_state[session.CELL] = cell_at(profile, position)

    scene = Scene(outlines=_outlines(), markers=_markers(layer))
    if painted is not None:
        digest = STASH.put(session.browser_session(), "cells", painted.packed)
        scene = Scene(
            cells_digest=digest,
            cell_style=painted.style,
            outlines=scene.outlines,
            markers=scene.markers,
            legend=painted.legend,
        )
    ground = area_map(version, profile.area.key, page="harm", label=_LABEL)
    show_map(ground, scene, key="harm_map_view", on_click=choose)


def cell_at(profile: HarmProfile, position: Position) -> int | None:
    """The cell of the profile at a position; None outside the area."""
    cell = int(h3.latlng_to_cell(*position, profile.request.resolution))
    return cell if (profile.frame["cell"] == cell).any() else None


def _outlines() -> list[Outline]:
    cell = st.session_state.get(session.CELL)
    return [*place_outlines(), *([chosen_cell(cell)] if cell is not None else [])]


def _markers(layer: CellLayer) -> list[Marker]:
    return asset_markers() if layer.label == "Assets" else []


def _forget_cell_outside(profile: HarmProfile) -> None:
    cell = st.session_state.get(session.CELL)
    if cell is not None and not (profile.frame["cell"] == cell).any():
        st.session_state[session.CELL] = None
