"""The same plan under the headings of SARA, SPATIAL or U-Battle."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.planning.plan_frames import FrameItem, PlanFrame
from chb.services.planning import plan_frames
from chb.ui import cache
from chb.ui.parts.words import literal_html

_WHAT_IT_IS: Final = {
    PlanFrame.SARA: "The plan's items as scanning, analysis, response and assessment.",
    PlanFrame.SPATIAL: "The plan's items in the seven steps of SPATIAL.",
    PlanFrame.U_BATTLE: "The plan's interventions by the part of the business they hit.",
}


def show_headings(plan_id: str, frame: PlanFrame) -> None:
    """A box a heading; an empty one stays and says so."""
    st.caption(_WHAT_IT_IS[frame])
    found = plan_frames.plan_under(cache.workspace(), plan_id, frame)
    boxes = "".join(_box(heading, items) for heading, items in found.items())
    st.html(f'<div class="hf-headings" data-testid="headings">{boxes}</div>')


def _box(heading: str, items: tuple[FrameItem, ...]) -> str:
    lines = "".join(
        f"<p>{literal_html(item.title)}<small>{item.kind}</small></p>" for item in items
    )
    return f"<div><b>{heading}</b>{lines or '<p><small>nothing yet</small></p>'}</div>"
