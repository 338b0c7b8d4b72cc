"""What a week is asked about: a place, ages, kinds of assets, and what an evening is."""

from __future__ import annotations

from datetime import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chb.services.assets.timetables import WeekRequest
from chb.services.assets.weeks import EVENING, Hours
from chb.ui.parts.reach_fields import ask_ages, ask_groups, ask_kinds, ask_term, ask_walking
from chb.ui.parts.weeks.places import Titles, choose_place


def ask_week(shown: Titles) -> WeekRequest:
    """The row of fields; every choice has a sensible first value."""
    where, youngest, oldest, which, more = st.columns(
        [2, 0.8, 0.8, 2.2, 1.1], vertical_alignment="bottom"
    )
    with where:
        place_id = choose_place(shown)
    ages = ask_ages(youngest, oldest)
    groups = ask_groups(which)
    with more.popover("Settings", width="stretch"):
        kinds, walking_m, evening, in_term = ask_kinds(), ask_walking(), _ask_evening(), ask_term()
    return WeekRequest(
        place_id=place_id,
        youngest=ages.youngest,
        oldest=ages.oldest,
        kinds=kinds,
        groups=groups,
        walking_m=walking_m,
        evening=evening,
        in_term=in_term,
    )


def _ask_evening() -> Hours:
    first, second = st.columns(2)
    begins = _ask_hour("Evenings from", EVENING[0], "week_evening_from", first)
    ends = _ask_hour("to", EVENING[1], "week_evening_to", second)
    return begins, ends


def _ask_hour(label: str, value: time, key: str, column: DeltaGenerator) -> time:
    asked = column.time_input(label, value, step=1_800, key=key, persist_state="session")
    return value if asked is None else asked
