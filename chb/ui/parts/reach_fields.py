"""Fields of every question about what is within reach: for whom, of which kinds, how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chb.domain.assets.ages import OLDEST_AGE
from chb.services.assets.reach import WALKING_M
from chb.ui import cache

YOUNGEST: Final = 10
OLDEST: Final = 17
"""Whom evenings are first asked about: those whom a group would draw in."""
_WALKS_M: Final = (400, 600, int(WALKING_M), 1_000, 1_200, 1_600, 2_000, 3_000)


@dataclass(frozen=True)
class Ages:
    """In whole years, both ends included."""

    youngest: int
    oldest: int


def ask_ages(first: DeltaGenerator, second: DeltaGenerator) -> Ages:
    """Two fields, each in its own column; every page starts with the ages asked last."""
    youngest = first.number_input(
        "From age", 0, OLDEST_AGE, YOUNGEST, key="reach_youngest", persist_state="session"
    )
    oldest = second.number_input(
        "To age", 0, OLDEST_AGE, OLDEST, key="reach_oldest", persist_state="session"
    )
    return Ages(int(youngest), int(oldest))


def ask_groups(column: DeltaGenerator) -> tuple[str, ...]:
    """Groups of kinds; none means all."""
    groups = sorted({kind.group for kind in cache.asset_kinds()})
    return tuple(
        column.multiselect(
            "Groups of assets",
            groups,
            format_func=str.capitalize,
            placeholder="All groups",
            key="reach_groups",
            persist_state="session",
        )
    )


def ask_kinds() -> tuple[str, ...]:
    """Single kinds, beside the groups; none means those of the groups."""
    labels = {kind.key: kind.label for kind in cache.asset_kinds()}
    return tuple(
        st.multiselect(
            "Kinds of assets",
            list(labels),
            format_func=lambda key: labels[key],
            placeholder="All kinds of the groups",
            key="reach_kinds",
            persist_state="session",
        )
    )


def ask_walking() -> float:
    """How far people walk, in metres."""
    walking_m = st.select_slider(
        "Walk, metres",
        _WALKS_M,
        value=int(WALKING_M),
        key="reach_walking",
        persist_state="session",
        help="As people walk it, estimated as 1.3 times the straight line. An asset's own reach "
        "counts where it is given.",
    )
    return float(walking_m)


def ask_term() -> bool:
    """Whether sessions of term time count."""
    return st.toggle(
        "In term time",
        value=True,
        key="reach_term",
        persist_state="session",
        help="Off: sessions that run in term time only are left out, as in the holidays.",
    )
