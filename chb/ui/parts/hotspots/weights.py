"""What makes one hotspot come before another: a person weighs it, in the open."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from chb.services.harm.hotspots import Hotspots
from chb.services.harm.priority import COMPONENT_COLUMNS, COMPONENTS, Weights, rank_hotspots
from chb.services.harm.study import refusing

_HEAVIEST: Final = 3.0
_STEP: Final = 0.5
_POINTS: Final = "_points"


def weigh(found: Hotspots) -> Hotspots:
    """Ask for weights of the components there are data for; the hotspots ranked by them.

    Raises Refusal when every component weighs nothing.
    """
    known = [key for key, column in COMPONENT_COLUMNS.items() if found.table[column].notna().any()]
    with st.popover("Weights", icon=":material/tune:", width="stretch"):
        st.caption("Deprivation counts only if you say so.")
        asked = tuple((key, _ask_weight(key)) for key in known)
    usual = tuple((key, _usual(key)) for key in known)
    return found if asked == usual else reweighed(found, asked)


def reweighed(found: Hotspots, weights: Weights) -> Hotspots:
    """The same hotspots in another order; nothing else is computed again.

    A component that weighs nothing is left out. Raises Refusal when that leaves none.
    """
    counted = tuple((key, weight) for key, weight in weights if weight > 0) or weights
    points = [column for column in found.table if str(column).endswith(_POINTS)]
    bare = found.table.drop(columns=points)
    with refusing():
        before = rank_hotspots(bare, found.request.weights)
        after = rank_hotspots(bare, counted)
    told = found.provenance
    return replace(
        found,
        table=after.table,
        provenance=replace(
            told,
            choices=_instead(told.choices, before.choices, after.choices),
            caveats=_instead(told.caveats, before.caveats, after.caveats),
        ),
    )


def _instead(said: tuple[str, ...], old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return (*(sentence for sentence in said if sentence not in old), *new)


def _usual(key: str) -> float:
    return 0.0 if COMPONENTS[key].only_if_chosen else 1.0


def _ask_weight(key: str) -> float:
    component = COMPONENTS[key]
    return st.slider(
        component.label[:1].upper() + component.label[1:],
        0.0,
        _HEAVIEST,
        _usual(key),
        _STEP,
        key=f"weight_{key}",
        help=component.unit,
    )
