"""The first tour over the sample place: what to do, ticked when it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.home import HomeVisit
from chb.domain.home_tour import TourStep, tour_for
from chb.services.home.visits import open_step, put_tour_away
from chb.services.workspace import Workspace
from chb.ui import session
from chb.ui.parts.page_links import go_to
from chb.ui.parts.words import literal_html

_IN_A_ROW: Final = 3
_SEEN_BY: Final = {
    "hotspots": session.HOTSPOT,
    "cell": session.CELL,
    "place": session.PLACE,
    "bands": session.BAND_HOTSPOT,
    "assets": session.ASSET,
}
"""What this tab remembers once a step was done without the tour."""


def show_tour(ws: Workspace, visit: HomeVisit) -> None:
    """The steps of the person's role; where they were put away, a way to bring them back."""
    steps = tour_for(ws.scope.roles)
    if not steps:
        return
    # One place for both, or all that follows would be drawn anew when the tour comes or goes,
    # and a press on it meanwhile would be lost.
    with st.container():
        if visit.tour_is_away:
            _show_way_back(ws)
        else:
            with st.container(border=True, gap="xsmall", key="home-tour"):
                _show_head(ws, steps, done_steps(visit))
                _show_steps(ws, steps, done_steps(visit))


def done_steps(visit: HomeVisit) -> frozenset[str]:
    """Steps that were opened from here, and those done in this tab in some other way."""
    seen = {step for step, key in _SEEN_BY.items() if st.session_state.get(key) is not None}
    return visit.tour_done | seen


def _show_way_back(ws: Workspace) -> None:
    if st.button("Show the tour of the sample place", icon=":material/tour:", type="tertiary"):
        put_tour_away(ws, away=False)
        st.rerun()


def _show_head(ws: Workspace, steps: Sequence[TourStep], done: frozenset[str]) -> None:
    number = sum(step.key in done for step in steps)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.subheader("A tour of the sample place", anchor=False, width="content")
        if st.button("Put away", icon=":material/close:", type="tertiary"):
            put_tour_away(ws, away=True)
            st.rerun()
    st.caption(f"{number} of {len(steps)} done. Everything here is invented: try what you like.")


def _show_steps(ws: Workspace, steps: Sequence[TourStep], done: frozenset[str]) -> None:
    for start in range(0, len(steps), _IN_A_ROW):
        row = steps[start : start + _IN_A_ROW]
        for step, column in zip(row, st.columns(_IN_A_ROW), strict=False):
            with column, st.container(gap="xxsmall"):
                _show_step(ws, step, is_done=step.key in done)


def _show_step(ws: Workspace, step: TourStep, *, is_done: bool) -> None:
    icon = ":material/check_circle:" if is_done else ":material/radio_button_unchecked:"
    label = f"{step.title} (done)" if is_done else step.title
    if st.button(label, icon=icon, type="tertiary", key=f"tour-{step.key}"):
        open_step(ws, step.key)
        go_to(step.path)
    st.html(f'<p class="hf-step">{literal_html(step.words)}</p>')
