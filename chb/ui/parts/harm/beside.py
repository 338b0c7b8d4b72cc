"""Beside the harm map: the cells and the hotspots in their order, and the dossier of one."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from chb.services.harm.profiling import HarmProfile
from chb.ui import cache, session
from chb.ui.maps.harm_layers import ShownLayer
from chb.ui.maps.layers import CellLayer
from chb.ui.parts import dossier as dossier_part
from chb.ui.parts.cell_list import choose_cell, show_ranked_cells
from chb.ui.parts.glance import show_glance
from chb.ui.parts.harm.layer import Asked, found_hotspots, with_everything
from chb.ui.parts.hotspots import list as hotspot_list
from chb.ui.parts.hotspots.dossier import show_hotspot
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.places.start import show_start_place
from geo import frames

_CELLS: Final = "Cells"
_HOTSPOTS: Final = "Hotspots, ranked"
_COLUMNS: Final = ("Rank", "Name", "Harm", "Share")
"""As many as the narrow column holds; the page of hotspots has more."""


def show_beside(asked: Asked, profile: HarmProfile, shown: ShownLayer) -> None:
    """One list at a time, and what is open in it."""
    which = st.segmented_control(
        "List",
        (_CELLS, _HOTSPOTS),
        default=_CELLS,
        required=True,
        key="beside_map",
        persist_state="session",
        width="stretch",
        label_visibility="collapsed",
    )
    with refusals_shown():
        if which == _HOTSPOTS:
            _show_hotspots(asked)
        else:
            show_cells(asked, profile, shown)


def show_cells(
    asked: Asked, profile: HarmProfile, shown: ShownLayer, *, with_ranking: bool = True
) -> None:
    """The field of cells; under it the dossier of one or the area, and the highest cells."""
    frame = with_everything(shown, profile)
    choose_cell(asked.version, frame, shown.layer)
    cell = st.session_state.get(session.CELL)
    if cell is not None:
        _show_dossier(asked, profile, cell, frame, shown.layer)
    elif with_ranking:
        show_glance(profile)
    if with_ranking:
        show_ranked_cells(asked.version, frame, shown.layer, folded=cell is not None)


def _show_dossier(
    asked: Asked, profile: HarmProfile, cell: int, frame: pd.DataFrame, layer: CellLayer
) -> None:
    dossier = cache.dossier(asked.version, asked.request, cell)
    dossier_part.show_heading(dossier)
    if layer.column not in (frames.COUNT, frames.IMD_SCORE):  # they are among the figures below
        dossier_part.show_in_layer(dossier, frame, layer)
    dossier_part.show_figures(dossier, harm_unit=profile.provenance.harm_unit)
    happened, around, start = st.tabs(["What happened", "Around it", "Start a place"])
    with happened:
        dossier_part.show_incidents(dossier)
    with around:
        dossier_part.show_surroundings(dossier)
    with start:
        show_start_place(dossier, area_name=profile.area.name)


def _show_hotspots(asked: Asked) -> None:
    found = found_hotspots(asked)
    ranked = hotspot_list.in_order(found.table)
    hotspot_list.show_choice(ranked, found.request)
    hotspot_list.show_short_table(ranked, found.request, columns=_COLUMNS)
    chosen = hotspot_list.chosen_hotspot(found.request)
    rows = ranked.loc[ranked["hotspot"] == chosen]
    if len(rows):
        show_hotspot(found, rows.iloc[0], n_ranked=len(ranked))
    elif len(ranked):
        st.caption("Their edges can be shown on the map under Also show.")
        hotspot_list.explain_list()
