"""The short form for an asset: where, what, and one session when it is known."""

from __future__ import annotations

import math
from datetime import time
from typing import Final

import streamlit as st

from chb.domain.assets import Session, Weekday
from chb.services import assets
from chb.services.assets import AssetDraft
from chb.ui import cache, session
from chb.ui.maps.elements import Position
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.words import literal

_FORM: Final = "mark_asset"
_LATITUDE: Final = "asset_latitude"
_LONGITUDE: Final = "asset_longitude"
_SAVED: Final = "asset_saved"
_NO_SESSION: Final = "No session yet"
_STEP_DEGREES: Final = 0.0001


def put_pin(position: Position) -> None:
    """Where the next asset stands: shown on the map and in the form."""
    st.session_state[session.PIN] = position
    st.session_state[_LATITUDE], st.session_state[_LONGITUDE] = position


def show_mark_asset() -> None:
    """The form. A click on the map fills in the position; it can be typed as well."""
    if st.session_state.pop(_SAVED, False):
        st.session_state[_LATITUDE] = st.session_state[_LONGITUDE] = None
    with st.container():
        if st.session_state.get(session.PIN) is None:
            st.info("Click the map where the asset stands.", icon=":material/ads_click:")
    with st.form(session.form_key(_FORM), border=False):
        latitude, longitude = _ask_position()
        name = st.text_input("Name", placeholder="As on its door")
        kind = _ask_kind()
        weekly = _ask_session()
        note = st.text_area("Note", height=70, placeholder="What it offers; no private person")
        by = ask_author()
        sent = st.form_submit_button("Save the asset", type="primary")
    if sent:
        save(
            _FORM,
            lambda request_key: _mark(
                AssetDraft(
                    name=name,
                    kind=kind,
                    longitude=longitude,
                    latitude=latitude,
                    note=note,
                    sessions=_sessions(*weekly),
                ),
                by=by,
                request_key=request_key,
            ),
        )


def _mark(draft: AssetDraft, *, by: str, request_key: str) -> str:
    asset = assets.mark_asset(cache.workspace(), draft, by=by, request_key=request_key)
    st.session_state[session.PIN] = None
    st.session_state[_SAVED] = True
    return f"{literal(asset.name)} is saved."


def _ask_position() -> tuple[float, float]:
    """Latitude and longitude; not a number until something is clicked or typed."""
    up, across = st.columns(2)
    with up:
        latitude = _ask_degrees("Latitude", _LATITUDE)
    with across:
        longitude = _ask_degrees("Longitude", _LONGITUDE)
    return latitude, longitude


def _ask_degrees(label: str, key: str) -> float:
    asked = st.number_input(label, key=key, value=None, step=_STEP_DEGREES, format="%.5f")
    return math.nan if asked is None else float(asked)


def _ask_kind() -> str:
    labels = {kind.key: kind.label for kind in cache.asset_kinds()}
    return st.selectbox("Kind", list(labels), format_func=lambda key: labels[key])


def _ask_session() -> tuple[str, time, time, str]:
    weekday = st.selectbox("Weekly session", [_NO_SESSION, *(day.value for day in Weekday)])
    first, second = st.columns(2)
    start = first.time_input("Starts", value=time(18), step=900)
    end = second.time_input("Ends", value=time(20), step=900)
    activity = st.text_input("Activity", placeholder="For example: boxing, 11 to 16")
    return weekday, start, end, activity


def _sessions(weekday: str, start: time, end: time, activity: str) -> tuple[Session, ...]:
    if weekday == _NO_SESSION:
        return ()
    return (Session(Weekday(weekday), start, end, activity.strip()),)
