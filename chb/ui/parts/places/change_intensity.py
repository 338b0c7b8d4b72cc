"""Change one phase of a place: from when, to what, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.edits import Edit
from chb.domain.places.gates import GateState, gate_of
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.places import Place
from chb.services.places import register as places
from chb.services.places.gates import gate_states
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author
from chb.ui.parts.gates.open_items import show_open_items
from chb.ui.parts.places.edit import save_edit
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal

_PHASES: Final[list[Phase]] = list(Phase)
_INTENSITIES: Final[list[Intensity]] = list(Intensity)


@dataclass(frozen=True)
class Wanted:
    """The change as it is chosen, before a reason is given."""

    phase: Phase
    intensity: Intensity
    on: date


def show_change_intensity(place: Place, *, today: date) -> None:
    """What to change, what is open at its gate, and the form that asks why.

    The form carries the version of the place that the person is looking at.
    """
    form = f"change_intensity:{place.id}"
    seen = as_shown(form, place)
    wanted = _ask_change(session.form_key(form), today=today)
    with st.container():  # always there, so that the form below is never drawn anew
        state = gate_ahead(place, wanted)
        if state is not None:
            show_open_items(state)
    with kept_form(form):
        reason = kept_area("Reason", height=70, placeholder="Why now, and what it rests on")
        by = ask_author()
        sent = send_button(form, "Record the change")
    if sent:
        edit = Edit(reason=reason, by=by, version=seen.version, on=wanted.on)
        save_edit(form, edit, lambda kept: _change(place, wanted, kept))


def gate_ahead(place: Place, wanted: Wanted) -> GateState | None:
    """The gate that the change would go through, as it stands; None when there is none."""
    before = place.intensities(wanted.on)[wanted.phase]
    gate = gate_of(wanted.phase, before, wanted.intensity)
    return gate_states(cache.workspace(), place.id)[gate] if gate else None


def _ask_change(key: str, *, today: date) -> Wanted:
    """Outside the form, so that the gate follows the choice at once."""
    first, second = st.columns(2)
    phase = first.selectbox("Phase", _PHASES, key=f"{key}:phase")
    intensity = second.selectbox("Intensity", _INTENSITIES, index=1, key=f"{key}:intensity")
    on = st.date_input("From", value=today, format="DD/MM/YYYY", key=f"{key}:on")
    return Wanted(phase, intensity, on)


def _change(place: Place, wanted: Wanted, edit: Edit) -> str:
    changed = places.change_intensity(
        cache.workspace(),
        place.id,
        phase=wanted.phase,
        intensity=wanted.intensity,
        effective_on=wanted.on,
        reason=edit.reason,
        by=edit.by,
        version=edit.version,
        request_key=edit.request_key,
    )
    day = wanted.on
    ahead = day > cache.workspace().today()
    verb, since = ("will be", f" from {day.day} {day:%B %Y}") if ahead else ("is", "")
    return (
        f"{wanted.phase.value} {verb} {wanted.intensity.value} at {literal(changed.name)}{since}."
    )
