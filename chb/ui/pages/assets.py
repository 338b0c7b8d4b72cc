"""Assets: the community's own strengths on the map, and a short form to add one."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.assets import Asset
from chb.services import assets
from chb.ui import cache, session
from chb.ui.maps.elements import Position, Scene
from chb.ui.maps.ground import area_map
from chb.ui.maps.view import show_map
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.asset_markers import asset_legend, asset_markers, group_of
from chb.ui.parts.filters import choose_area
from chb.ui.parts.mark_asset import put_pin, show_mark_asset
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.words import plural

_LABEL: Final = "Map of community assets. They are also in the table below the map."
_HEIGHT_PX: Final = 600


def show() -> None:
    """The page."""
    st.title("Community assets", anchor=False)
    session.show_notice()
    with refusals_shown():
        _explore(cache.data_version())


@st.fragment
def _explore(version: str) -> None:
    """Map, list and form: a click runs this part only."""
    listed = assets.list_assets(cache.workspace())
    wide, narrow = st.columns([2.1, 1], gap="medium")
    with wide:
        area_key, shown = _choose_shown(version, listed)
        _show_map(version, area_key, shown)
        _show_table(shown)
    with narrow:
        st.subheader("Mark an asset", anchor=False)
        if may_or_is_told(Permission.MANAGE_ASSETS):
            show_mark_asset()


def _choose_shown(version: str, listed: tuple[Asset, ...]) -> tuple[str, tuple[Asset, ...]]:
    where, what = st.columns([1, 1.4])
    areas = cache.areas(version)
    area_key = ""
    if areas:
        with where:
            area_key = choose_area(areas).key
    groups = sorted({group_of(asset.kind) for asset in listed})
    wanted = what.multiselect("Groups", groups, placeholder="All groups")
    shown = tuple(asset for asset in listed if not wanted or group_of(asset.kind) in wanted)
    return area_key, shown


def _show_map(version: str, area_key: str, shown: tuple[Asset, ...]) -> None:
    def choose(position: Position) -> None:
        put_pin(position)

    if not area_key:
        st.info(
            "No area is loaded, so the map has no ground: python -m chb import boundaries PATH "
            "--kind district",
            icon=":material/map:",
        )
    scene = Scene(
        markers=asset_markers(shown),
        pin=st.session_state.get(session.PIN),
        legend=asset_legend(shown),
    )
    ground = area_map(version, area_key, page="assets", label=_LABEL)
    show_map(ground, scene, key="assets_view", on_click=choose, height_px=_HEIGHT_PX)


def _show_table(shown: tuple[Asset, ...]) -> None:
    if not shown:
        st.write(
            "No asset is recorded yet. Click the map where one stands, or import a list: "
            "`python -m chb import assets PATH`. A blank form for a spreadsheet comes from "
            "`python -m chb template assets`."
        )
        return
    kinds = {kind.key: kind.label for kind in cache.asset_kinds()}
    table = pd.DataFrame(
        {
            "Name": [asset.name for asset in shown],
            "Kind": [kinds.get(asset.kind, asset.kind) for asset in shown],
            "Sessions": [len(asset.sessions) for asset in shown],
            "Checked": [asset.verified_on for asset in shown],
            "Source": [asset.source for asset in shown],
        }
    )
    with st.expander(f"{plural(len(shown), 'asset')} as a table"):
        st.dataframe(table, hide_index=True)
