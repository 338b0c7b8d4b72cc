"""Data: what is loaded, how good it is, and bringing in more."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.services.loading.uploads import kinds_for
from chb.ui import viewer
from chb.ui.parts.allowed import may_here
from chb.ui.parts.data.bring_in import show_bring_in
from chb.ui.parts.data.imports import show_imports
from chb.ui.parts.data.loaded import show_loaded
from chb.ui.parts.data.take_out import show_take_out
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head


def show() -> None:
    """The page."""
    page_head("Data", about="What every figure here rests on, how old it is, and what is missing.")
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """One tab for everybody, and those for whoever may load data: a choice runs this part only."""
    tabs = _tabs()
    if len(tabs) == 1:
        show_loaded()
        return
    for tab, show_tab in zip(st.tabs(list(tabs)), tabs.values(), strict=True):
        with tab, refusals_shown():
            show_tab()


def _tabs() -> dict[str, Callable[[], None]]:
    tabs = {"What is loaded": show_loaded}
    # People are loaded on the administration page, where a page is marked for it.
    kinds = [kind for kind in kinds_for(viewer.scope()) if kind.key != "people"]
    if kinds:
        tabs |= {"Bring in": lambda: show_bring_in(kinds), "Imports": show_imports}
    if may_here(Permission.LOAD_DATA):
        tabs["Take out"] = show_take_out
    return tabs
