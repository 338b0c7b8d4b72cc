"""Harm map: where harm gathers, and what is behind one cell of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import h3.api.numpy_int as h3
import streamlit as st

from chb.services.assets.finding import AssetQuery
from chb.services.exports.products import ExportKind
from chb.services.harm.profiling import HarmProfile, ProfileRequest
from chb.ui import cache, session
from chb.ui.maps.elements import Outline, Position, Scene
from chb.ui.maps.ground import area_map
from chb.ui.maps.layers import LAYERS, CellLayer, PaintedLayer
from chb.ui.maps.outlines import chosen_cell
from chb.ui.maps.stash import STASH
from chb.ui.maps.view import show_map
from chb.ui.parts import dossier as dossier_part
from chb.ui.parts.cell_list import choose_cell, show_ranked_cells
from chb.ui.parts.download import offer_download
from chb.ui.parts.filters import choose_profile
from chb.ui.parts.glance import show_glance
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.origins import show_attribution, show_provenance
from chb.ui.parts.page_head import loaded_or_is_told, page_head
from chb.ui.parts.places.list import place_outlines
from chb.ui.parts.places.start import show_start_place

_LABEL: Final = "Harm map. Every cell can also be chosen in the list beside the map."


def show() -> None:
    """The page."""
    page_head("Harm map")
    loaded = loaded_or_is_told()
    if loaded is None:
        return
    with refusals_shown():
        request = choose_profile(loaded.areas, loaded.months)
        profile = cache.profile(loaded.version, request)
        _explore(loaded.version, request)
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
        offer_download("Take the map out", lambda: request, kind=ExportKind.HARM_PROFILE)
    with narrow, refusals_shown():
        choose_cell(version, profile, layer)
        _show_beside(version, profile, layer)


def _show_beside(version: str, profile: HarmProfile, layer: CellLayer) -> None:
    cell = st.session_state.get(session.CELL)
    if cell is None:
        show_glance(profile)
        show_ranked_cells(version, profile, layer)
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

    scene = Scene(outlines=_outlines())
    if painted is not None:
        scene = replace(
            scene,
            cells_digest=STASH.put(session.browser_session(), "cells", painted.packed),
            cell_style=painted.style,
            legend=painted.legend,
        )
    if layer.label == "Assets":
        scene = _with_assets(scene, version)
    ground = area_map(version, profile.area.key, page="harm", label=_LABEL)
    show_map(ground, scene, key="harm_map_view", on_click=choose)


def cell_at(profile: HarmProfile, position: Position) -> int | None:
    """The cell of the profile at a position; None outside the area."""
    cell = int(h3.latlng_to_cell(*position, profile.request.resolution))
    return cell if (profile.frame["cell"] == cell).any() else None


def _outlines() -> list[Outline]:
    cell = st.session_state.get(session.CELL)
    return [*place_outlines(), *([chosen_cell(cell)] if cell is not None else [])]


def _with_assets(scene: Scene, version: str) -> Scene:
    """Each asset over the cells that count them."""
    points = cache.painted_assets(version, AssetQuery(cache.workspace().today()))
    if points is None:
        return scene
    digest = STASH.put(session.browser_session(), "points", points.packed)
    return replace(scene, points_digest=digest, point_style=points.style)


def _forget_cell_outside(profile: HarmProfile) -> None:
    cell = st.session_state.get(session.CELL)
    if cell is not None and not (profile.frame["cell"] == cell).any():
        st.session_state[session.CELL] = None
