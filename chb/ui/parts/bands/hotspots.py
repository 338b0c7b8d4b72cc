"""Hotspots as they are shared: one is chosen on the map or in a list, to start a place on."""

from __future__ import annotations

from typing import Final

import h3.api.numpy_int as h3
import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.places.records import BoundaryChange
from chb.domain.views.harm import PartnerHotspot, PartnerHotspots
from chb.services.harm.profiling import ProfileRequest
from chb.ui import session, theme
from chb.ui.maps.elements import Outline, Position
from chb.ui.maps.outlines import rings_of
from chb.ui.parts.allowed import may_here
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import show_table
from chb.ui.parts.places.start import ask_to_start

_CHOICE: Final = "band_hotspot_choice"


def chosen_hotspot(found: PartnerHotspots, request: ProfileRequest) -> PartnerHotspot | None:
    """The hotspot that was chosen on this very map."""
    asked, rank = st.session_state.get(session.BAND_HOTSPOT, (None, 0))
    if asked != request:
        return None
    return next((each for each in found.hotspots if each.rank == rank), None)


def choose_at(found: PartnerHotspots, request: ProfileRequest, position: Position) -> None:
    """Choose the hotspot at a position of the map; outside all of them, none."""
    cell = int(h3.latlng_to_cell(*position, found.harm.resolution))
    rank = next((each.rank for each in found.hotspots if cell in each.cells), 0)
    st.session_state[session.BAND_HOTSPOT] = (request, rank)


def chosen_outline(found: PartnerHotspots, request: ProfileRequest) -> list[Outline]:
    """The outline of the hotspot that is chosen."""
    chosen = chosen_hotspot(found, request)
    if chosen is None:
        return []
    return [Outline(rings=rings_of(chosen.cells), colour=theme.MAP_LINE, width=4)]


def show_band_hotspots(found: PartnerHotspots, request: ProfileRequest) -> None:
    """The choice and its form for those who may start places, then the list."""
    st.subheader("Hotspots", anchor=False)
    if not found.hotspots:
        st.caption("No cell of the highest fifth is shown here.")
        return
    if may_here(Permission.START_PLACES):
        _show_start(found, request)
    show_table(
        ("Rank", "Near", "Size", "Quarter by quarter"),
        [_row(each) for each in found.hotspots],
        name="Hotspots",
    )
    explain("Hotspots", ("band_hotspot", "band_quarters", "hotspot_size"), key="explain_hotspots")


def _show_start(found: PartnerHotspots, request: ProfileRequest) -> None:
    chosen = _choose(found, request)
    if chosen is None:
        return
    form = f"start_place:shared:{min(chosen.cells):x}"
    ask_to_start(form, chosen.cells, area_name=found.harm.area, change=BoundaryChange.GROWN)


def _choose(found: PartnerHotspots, request: ProfileRequest) -> PartnerHotspot | None:
    """A field with the hotspots; it follows clicks on the map."""
    names = {each.rank: f"{each.rank}. {each.place}" for each in found.hotspots}
    chosen = chosen_hotspot(found, request)
    st.session_state[_CHOICE] = None if chosen is None else chosen.rank

    def follow() -> None:
        st.session_state[session.BAND_HOTSPOT] = (request, st.session_state[_CHOICE] or 0)

    st.selectbox(
        "Start a place on",
        list(names),
        key=_CHOICE,
        format_func=lambda rank: names[rank],
        placeholder="A hotspot: click the map, or choose here",
        on_change=follow,
        index=None,
    )
    return chosen


def _row(hotspot: PartnerHotspot) -> tuple[str, ...]:
    return (
        str(hotspot.rank),
        hotspot.place,
        f"{hotspot.area_km2:.2f} km\N{SUPERSCRIPT TWO}",
        hotspot.stability,
    )
