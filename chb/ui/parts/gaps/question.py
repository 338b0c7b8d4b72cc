"""What a map of gaps is asked: where and of which harm, for whom, at which hour, how far."""

from __future__ import annotations

from datetime import time
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chb.domain.assets.sessions import Weekday
from chb.services.assets.needs import GapRequest
from chb.services.harm.profiling import ProfileRequest
from chb.ui.parts.filters import (
    choose_area,
    choose_period,
    choose_resolution,
    choose_scheme,
    choose_shared_profile,
)
from chb.ui.parts.page_head import Loaded
from chb.ui.parts.reach_fields import ask_ages, ask_groups, ask_kinds, ask_term, ask_walking

_USUAL: Final = GapRequest.at
_HALF_HOUR_S: Final = 1_800


def ask_gaps(loaded: Loaded, *, in_figures: bool) -> GapRequest:
    """Two rows of fields; those who are shown bands are asked less."""
    where = _ask_where(loaded) if in_figures else choose_shared_profile(loaded.areas, loaded.months)
    youngest, oldest, which, on, at, more = st.columns(
        [0.8, 0.8, 1.9, 1.4, 0.9, 1.1], vertical_alignment="bottom"
    )
    ages = ask_ages(youngest, oldest)
    groups = ask_groups(which)
    weekday, hour = _ask_weekday(on), _ask_hour(at)
    with more.popover("Settings", width="stretch"):
        resolution = choose_resolution() if in_figures else where.resolution
        kinds, walking_m, in_term = ask_kinds(), ask_walking(), ask_term()
        with_deprivation = _ask_deprivation()
    return GapRequest(
        area=where.area,
        period=where.period,
        scheme=where.scheme,
        resolution=resolution,
        youngest=ages.youngest,
        oldest=ages.oldest,
        with_deprivation=with_deprivation,
        kinds=kinds,
        groups=groups,
        weekday=weekday,
        at=hour,
        in_term=in_term,
        walking_m=walking_m,
    )


def _ask_where(loaded: Loaded) -> ProfileRequest:
    """Area, months and scheme of officers."""
    where, since, until, weighed = st.columns([2.2, 1.1, 1.1, 2.2], vertical_alignment="bottom")
    with where:
        area = choose_area(loaded.areas)
    period = choose_period(since, until, loaded.months)
    with weighed:
        return ProfileRequest(area=area.key, period=period, scheme=choose_scheme())


def _ask_weekday(column: DeltaGenerator) -> Weekday:
    days = list(Weekday)
    return column.selectbox(
        "Day",
        days,
        index=days.index(GapRequest.weekday),
        key="gap_weekday",
        persist_state="session",
    )


def _ask_hour(column: DeltaGenerator) -> time:
    asked = column.time_input(
        "At", _USUAL, step=_HALF_HOUR_S, key="gap_hour", persist_state="session"
    )
    return _USUAL if asked is None else asked


def _ask_deprivation() -> bool:
    return st.toggle(
        "Weigh in deprivation",
        value=False,
        key="gap_deprivation",
        persist_state="session",
        help="Need counts half in the least deprived cell and half as much again in the most "
        "deprived. Off unless you ask: deprivation is no cause of organised crime.",
    )
