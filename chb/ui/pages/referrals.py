"""Referrals: where somebody can be referred, and a sheet of it to carry at a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.referrals.list import show_referral_options
from chb.ui.parts.referrals.sheet import show_referral_sheet

_ABOUT: Final = (
    "Pathways of the partnership's register, and community assets that accept referrals. "
    "Organisations and roles only, no person."
)


def show() -> None:
    """The page."""
    page_head("Referrals", about=_ABOUT)
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """Two tabs; a choice runs this part only, and only the open tab is made."""
    tabs = st.tabs(["Find", "Sheet for a place"], key="referral_tab", on_change="rerun")
    shown: tuple[Callable[[], None], ...] = (show_referral_options, show_referral_sheet)
    for tab, show_tab in zip(tabs, shown, strict=True):
        if tab.open:
            with tab, refusals_shown():
                show_tab()
