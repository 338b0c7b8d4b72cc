"""What a person asks of a profile, in one row of fields."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chb.domain.periods import Month, Period
from chb.services.harm.areas import Area
from chb.services.harm.profiling import ProfileRequest
from chb.ui import cache

_AREA: Final = "area"
_LAST_AREA: Final = "last_area"
_USUAL_MONTHS: Final = 12
_BANDWIDTHS_M: Final = {
    8: (1_000, 1_250, 1_500, 2_000, 3_000),
    9: (400, 500, 600, 800, 1_000, 1_500),
    10: (200, 300, 400, 500, 600, 800, 1_000, 1_500),
}
"""By resolution: none is below the distance between centres anywhere in England and Wales."""
_USUAL_BANDWIDTHS_M: Final = {8: 1_000, 9: 400, 10: 400}
_RESOLUTIONS: Final = {
    8: "8: about 0.7 km\N{SUPERSCRIPT TWO} a cell",
    9: "9: about 0.1 km\N{SUPERSCRIPT TWO} a cell",
    10: "10: about 0.014 km\N{SUPERSCRIPT TWO} a cell",
}
_KINDS: Final = {"csp": "partnership", "district": "district", "ward": "ward"}
_USUAL_SCHEME: Final = "cchi-2026"


def choose_profile(areas: tuple[Area, ...], months: tuple[Month, ...]) -> ProfileRequest:
    """The row of filters; every choice has a sensible first value."""
    where, since, until, weighed, more = st.columns(
        [1.9, 1.25, 1.25, 1.9, 1.15], vertical_alignment="bottom"
    )
    with where:
        area = choose_area(areas)
    period = choose_period(since, until, months)
    with weighed:
        scheme = choose_scheme()
    with more.popover("Settings", width="stretch"):
        resolution, bandwidth_m = _choose_surface()
    return ProfileRequest(
        area=area.key,
        period=period,
        scheme=scheme,
        resolution=resolution,
        bandwidth_m=float(bandwidth_m),
    )


def choose_shared_profile(areas: tuple[Area, ...], months: tuple[Month, ...]) -> ProfileRequest:
    """What partners may ask: an area and a scheme, over the last year of whole quarters."""
    where, weighed = st.columns([2.2, 2.2], vertical_alignment="bottom")
    with where:
        area = choose_area(areas)
    with weighed:
        scheme = choose_scheme()
    return ProfileRequest(area=area.key, period=usual_period(months), scheme=scheme)


def usual_period(months: tuple[Month, ...]) -> Period:
    """The last year that is loaded, or as much of it as there is."""
    return Period(months[max(0, len(months) - _USUAL_MONTHS)], months[-1])


def choose_period(
    since: DeltaGenerator, until: DeltaGenerator, months: tuple[Month, ...]
) -> Period:
    """First and last month, each in its column."""
    first = months.index(usual_period(months).first)
    start = since.selectbox("From", months, index=first, key="from_month", persist_state="session")
    end = until.selectbox(
        "To", months, index=len(months) - 1, key="to_month", persist_state="session"
    )
    return Period(start, end)


def choose_area(areas: tuple[Area, ...]) -> Area:
    """One area; every page starts with the one chosen last.

    Streamlit forgets a field when its page is left, so the choice is kept beside it.
    """
    last = st.session_state.get(_LAST_AREA)
    if _AREA not in st.session_state and last in areas:
        st.session_state[_AREA] = last
    chosen = st.selectbox(
        "Area",
        areas,
        format_func=lambda area: f"{area.name} ({_KINDS.get(area.kind, area.kind)})",
        key=_AREA,
    )
    st.session_state[_LAST_AREA] = chosen
    return chosen


def choose_scheme() -> str:
    """The key of a harm scheme."""
    schemes = cache.harm_schemes()
    keys = list(schemes)
    usual = keys.index(_USUAL_SCHEME) if _USUAL_SCHEME in keys else 0
    return st.selectbox(
        "Harm scheme",
        keys,
        index=usual,
        format_func=lambda key: schemes[key].title,
        key="scheme",
        persist_state="session",
        help="Which weights turn an incident into harm. The choice changes the map: "
        "compare two before you act on one.",
    )


def choose_resolution() -> int:
    """The size of the cells."""
    resolution = st.segmented_control(
        "H3 resolution",
        list(_RESOLUTIONS),
        default=9,
        required=True,
        key="resolution",
        persist_state="session",
        help="Published points are snapped: nothing finer than 9 is claimed from them.",
    )
    st.caption(_RESOLUTIONS[resolution])
    return resolution


def _choose_surface() -> tuple[int, int]:
    resolution = choose_resolution()
    bandwidth_m = st.select_slider(
        "Bandwidth, metres",
        _BANDWIDTHS_M[resolution],
        value=_USUAL_BANDWIDTHS_M[resolution],
        key=f"bandwidth_at_{resolution}",
        persist_state="session",
        help="How far an incident's harm spreads. 400 m suits an estate.",
    )
    return resolution, bandwidth_m
