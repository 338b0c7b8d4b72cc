"""The page script: what is on every page, and which pages there are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from chb.ui import cache
from chb.ui.pages import (
    assets,
    decisions,
    disruptions,
    harm_map,
    hotspots,
    my_work,
    ocgs,
    places,
    plans,
    signals,
)
from chb.ui.parts.style import apply_style
from chb.ui.parts.words import plural

_PICTURES: Final = Path(__file__).parent / "pictures"


def run() -> None:
    """One run of the app for one browser tab."""
    st.set_page_config(
        page_title="Holdfast",
        page_icon=str(_PICTURES / "mark.svg"),
        layout="wide",
    )
    st.logo(str(_PICTURES / "wordmark.svg"), icon_image=str(_PICTURES / "mark.svg"), size="large")
    apply_style()
    page = st.navigation(
        [
            st.Page(harm_map.show, title="Harm map", icon=":material/grid_view:", default=True),
            st.Page(hotspots.show, title="Hotspots", icon=":material/target:", url_path="hotspots"),
            st.Page(places.show, title="Places", icon=":material/flag:", url_path="places"),
            st.Page(plans.show, title="Plan", icon=":material/checklist:", url_path="plan"),
            st.Page(ocgs.show, title="OCGs", icon=":material/hub:", url_path="ocgs"),
            st.Page(
                disruptions.show,
                title="Disruptions",
                icon=":material/bolt:",
                url_path="disruptions",
            ),
            st.Page(signals.show, title="Signals", icon=":material/forum:", url_path="signals"),
            st.Page(
                decisions.show, title="Decisions", icon=":material/gavel:", url_path="decisions"
            ),
            st.Page(my_work.show, title="My work", icon=":material/task_alt:", url_path="my-work"),
            st.Page(assets.show, title="Assets", icon=":material/handshake:", url_path="assets"),
        ]
    )
    with st.sidebar:
        _show_loaded()
    page.run()


def _show_loaded() -> None:
    """What the figures on every page rest on."""
    months = cache.months(cache.data_version())
    if not months:
        st.caption("No incidents are loaded.")
        return
    st.caption(f"Incidents loaded: {plural(len(months), 'month')}, {months[0]} to {months[-1]}")


run()
