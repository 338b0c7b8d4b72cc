"""Record a location by hand or edit one: an uncertain area, never a pin."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from chb.domain.ocgs.locations import Confidence, LocationKind, OcgLocation
from chb.services.planning import ocg_locations
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache, session
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.record_fields import ask_day, ask_reason
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal

_KINDS: Final[list[LocationKind]] = list(LocationKind)
_CONFIDENCES: Final[list[Confidence]] = list(Confidence)
_USUAL_RADIUS_M: Final = 200
_RADIUS_STEP_M: Final = 50
_STEP_DEGREES: Final = 0.0001


def show_save_location(file: OcgFile) -> None:
    """Choose a location, or a new one under the group's code."""
    present = _open(file)
    form = f"location:{file.ocg.id}:{present.id if present else 'new'}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with st.form(key, border=False):
        typed = {**_ask_place(present, key), **_ask_ground(present, key)}
        reason = ask_reason(present)
        by = ask_author()
        sent = send_button(form, "Save the location" if present else "Add the location")
    if not sent:
        return
    edited = replace(seen, **typed) if seen else OcgLocation(code=file.ocg.code, **typed)

    def work(request_key: str) -> str:
        saved = ocg_locations.save_location(
            cache.workspace(), edited, by=by, reason=reason, request_key=request_key
        )
        return f"The {saved.kind.value} of {literal(saved.code)} is recorded."

    save(form, work)


def location_words(file: OcgFile, location: OcgLocation) -> str:
    """A location in a list: its number on the file, what it is, from when, how wide."""
    since = f"since {location.valid_from:%b %Y}" if location.valid_from else "start not known"
    what = f"{location.kind.value}, {since}, {location.radius_m:,.0f} m"
    return f"No. {file.number_of(location)}: {what}"


def _open(file: OcgFile) -> OcgLocation | None:
    by_id = {each.id: each for each in file.locations}
    opened = st.selectbox(
        "Location",
        [0, *by_id],
        format_func=lambda each: location_words(file, by_id[each]) if each else "A new location",
    )
    return by_id.get(opened)


def _ask_place(present: OcgLocation | None, key: str) -> dict[str, Any]:
    first, second = st.columns(2)
    kind = first.selectbox(
        "Kind", _KINDS, index=_KINDS.index(present.kind) if present else 0, key=f"{key}:kind"
    )
    radius_m = second.number_input(
        "Radius (m)",
        value=round(present.radius_m) if present else _USUAL_RADIUS_M,
        step=_RADIUS_STEP_M,
        help="How far from the point the place may be.",
        key=f"{key}:radius_m",
    )
    latitude = _ask_degrees(first, "Latitude", present.latitude if present else None, key)
    longitude = _ask_degrees(second, "Longitude", present.longitude if present else None, key)
    return {
        "kind": kind,
        "radius_m": float(radius_m),
        "latitude": latitude,
        "longitude": longitude,
    }


def _ask_degrees(column: Any, label: str, value: float | None, key: str) -> float:
    """Degrees; not a number until something is typed."""
    asked = column.number_input(
        label, value=value, step=_STEP_DEGREES, format="%.5f", key=f"{key}:{label}"
    )
    return math.nan if asked is None else float(asked)


def _ask_ground(present: OcgLocation | None, key: str) -> dict[str, Any]:
    """How sure, for how long, from whom, and who may see it."""
    first, second = st.columns(2)
    with first:
        valid_from = ask_day("From", present.valid_from if present else None, key=f"{key}:from")
    with second:
        valid_to = ask_day("To", present.valid_to if present else None, key=f"{key}:to")
    confidence = first.selectbox(
        "Confidence",
        _CONFIDENCES,
        index=_CONFIDENCES.index(present.confidence if present else Confidence.MEDIUM),
        key=f"{key}:confidence",
    )
    source = second.text_input(
        "Source", value=present.source if present else "", key=f"{key}:source"
    )
    handling = _ask_handling(present, key)
    return {
        "valid_from": valid_from,
        "valid_to": valid_to,
        "confidence": confidence,
        "source": source,
        "handling": handling,
    }


def _ask_handling(present: OcgLocation | None, key: str) -> str:
    levels = ocg_locations.handling_levels(cache.workspace())
    level = st.selectbox(
        "Handling level",
        levels,
        index=levels.index(present.handling) if present else None,
        placeholder="Choose, or type one",
        accept_new_options=True,
        key=f"{key}:handling",
    )
    return level or ""
