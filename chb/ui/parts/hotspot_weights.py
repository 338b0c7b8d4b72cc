"""What makes one hotspot come before another: a person weighs it, in the open."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.services.hotspots import Hotspots
from chb.services.priority import COMPONENT_COLUMNS, COMPONENTS, Ranking, rank_hotspots
from chb.services.study import refusing

_HEAVIEST: Final = 3.0
_POINTS: Final = "_points"


def weigh(found: Hotspots) -> Ranking:
    """Sliders for the components there are data for, and the ranking by them.

    Raises Refusal when every component is weighed with nothing.
    """
    known = [key for key, column in COMPONENT_COLUMNS.items() if found.table[column].notna().any()]
    with st.popover("What counts", icon=":material/tune:", width="stretch"):
        st.caption("Deprivation counts only if you say so.")
        weights = tuple((key, _weight(key)) for key in known)
    chosen = tuple((key, weight) for key, weight in weights if weight > 0)
    bare = found.table.drop(columns=[name for name in found.table if str(name).endswith(_POINTS)])
    with refusing():
        return rank_hotspots(bare, chosen or weights or None)


def _weight(key: str) -> float:
    component = COMPONENTS[key]
    return st.slider(
        component.label.capitalize() if component.label.islower() else component.label,
        0.0,
        _HEAVIEST,
        0.0 if component.only_if_chosen else 1.0,
        0.5,
        key=f"weight_{key}",
        help=component.unit.capitalize(),
    )
