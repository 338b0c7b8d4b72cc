"""How every page begins: its title, what was saved just now, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from chb.domain.periods import Month
from chb.services.harm.areas import Area
from chb.ui import cache, session
from chb.ui.parts.notices import show_nothing_loaded
from chb.ui.parts.planner_style import apply_planner_style

_TOLD: Final = "notices_told"


@dataclass(frozen=True)
class Loaded:
    """What a page about harm asks of: neither list is empty."""

    version: str
    areas: tuple[Area, ...]
    months: tuple[Month, ...]


def page_head(title: str, *, about: str = "") -> None:
    """The title, the notice of what was saved, and a line about the page."""
    st.title(title, anchor=False)
    apply_planner_style()
    _show_notice()
    if about:
        st.caption(about)


def loaded_or_is_told() -> Loaded | None:
    """What is loaded; None when something is missing, and then the page says what."""
    version = cache.data_version()
    areas, months = cache.areas(version), cache.months(version)
    if not areas or not months:
        show_nothing_loaded(has_areas=bool(areas))
        return None
    return Loaded(version, areas, months)


def _show_notice() -> None:
    """The notice that the last run left, once; it stays in sight for some seconds.

    Its container is always there: an element that comes and goes would move what follows
    it, and a map that moves in the page is made anew. Two names take turns, so that the
    seconds of a second notice begin anew (see ``style``).
    """
    notice = session.take_notice()
    if notice:
        st.session_state[_TOLD] = st.session_state.get(_TOLD, 0) + 1
    with st.container(key=f"notice-{st.session_state.get(_TOLD, 0) % 2}"):
        if notice:
            st.success(notice, icon=":material/check_circle:")
