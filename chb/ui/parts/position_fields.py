"""A position that a click on the map fills in, and that can be typed as well."""

from __future__ import annotations

import math
from typing import Final

import streamlit as st

from chb.ui.maps.elements import Position

_STEP_DEGREES: Final = 0.0001


def put_position(name: str, position: Position) -> None:
    """Fill the fields of that name; from a click, so before they are drawn."""
    st.session_state[_latitude(name)], st.session_state[_longitude(name)] = position


def position_of(name: str) -> Position | None:
    """Where the fields of that name stand; None while one of them is empty."""
    _empty_when_asked(name)
    latitude = st.session_state.get(_latitude(name))
    longitude = st.session_state.get(_longitude(name))
    return None if latitude is None or longitude is None else (latitude, longitude)


def forget_position(name: str) -> None:
    """Empty the fields when they are drawn next; they may be on the screen now."""
    st.session_state[_forget(name)] = True


def ask_position(name: str) -> Position:
    """Latitude and longitude; not a number until something is clicked or typed."""
    _empty_when_asked(name)
    up, across = st.columns(2)
    with up:
        latitude = _ask_degrees("Latitude", _latitude(name))
    with across:
        longitude = _ask_degrees("Longitude", _longitude(name))
    return latitude, longitude


def _ask_degrees(label: str, key: str) -> float:
    asked = st.number_input(label, key=key, value=None, step=_STEP_DEGREES, format="%.5f")
    return math.nan if asked is None else float(asked)


def _empty_when_asked(name: str) -> None:
    if st.session_state.pop(_forget(name), False):
        st.session_state[_latitude(name)] = st.session_state[_longitude(name)] = None


def _latitude(name: str) -> str:
    return f"{name}:latitude"


def _longitude(name: str) -> str:
    return f"{name}:longitude"


def _forget(name: str) -> str:
    return f"{name}:forget"
