"""Assets: the community's own strengths on a map, their files, and the care of the register."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.ui import cache
from chb.ui.parts.allowed import may_here, may_or_is_told
from chb.ui.parts.assets.batches import show_batches
from chb.ui.parts.assets.duplicates import show_duplicates
from chb.ui.parts.assets.file import open_asset, show_asset_file
from chb.ui.parts.assets.filters import choose_assets
from chb.ui.parts.assets.list import choose_asset, show_asset_list
from chb.ui.parts.assets.map import show_asset_map
from chb.ui.parts.assets.mark import show_mark_asset
from chb.ui.parts.assets.review import show_review
from chb.ui.parts.explained import explain
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head


def show() -> None:
    """The page."""
    page_head("Community assets")
    with refusals_shown():
        _explore(cache.data_version())


@st.fragment
def _explore(version: str) -> None:
    """A click runs this part only, and only the open tab is made."""
    if not may_here(Permission.MANAGE_ASSETS):
        _show_register(version)
        return
    shown: dict[str, Callable[[], None]] = {
        "Map and list": lambda: _show_register(version),
        "To look at again": show_review,
        "Likely duplicates": lambda: show_duplicates(version),
        "Changes of many": show_batches,
    }
    tabs = st.tabs(list(shown), key="assets_tab", on_change="rerun")
    for tab, show_tab in zip(tabs, shown.values(), strict=True):
        if tab.open:
            with tab, refusals_shown():
                show_tab()


def _show_register(version: str) -> None:
    """Filters, map and table beside the open file, or the form for the next asset."""
    opened = open_asset()
    wide, narrow = st.columns([1.9, 1], gap="medium")
    with wide:
        area_key, query = choose_assets(version)
        found = cache.found_pins(version, query)
        show_asset_map(version, area_key, query, opened)
        show_asset_list(found)
        explain("The list", ("last_look",), key="explain_assets")
    with narrow:
        choose_asset(found, opened)
        if opened is not None:
            show_asset_file(opened)
            return
        st.subheader("Mark an asset", anchor=False)
        if may_or_is_told(Permission.MANAGE_ASSETS):
            show_mark_asset()
