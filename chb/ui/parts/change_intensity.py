"""Change one phase of a place: from when, to what, and why."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.places import Place
from chb.services.places import register as places
from chb.ui import cache, session
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal

_PHASES: Final[list[Phase]] = list(Phase)
_INTENSITIES: Final[list[Intensity]] = list(Intensity)


def show_change_intensity(place: Place, *, today: date) -> None:
    """The form; it carries the version of the place that the person is looking at."""
    form = f"change_intensity:{place.id}"
    seen = as_shown(form, place)
    with st.form(session.form_key(form), border=False):
        first, second = st.columns(2)
        phase = first.selectbox("Phase", _PHASES)
        intensity = second.selectbox("Intensity", _INTENSITIES, index=1)
        effective_on = st.date_input("From", value=today, format="DD/MM/YYYY")
        reason = st.text_area("Reason", height=70, placeholder="Why now, and what it rests on")
        by = ask_author()
        sent = send_button(form, "Record the change")
    if not sent:
        return

    def work(request_key: str) -> str:
        changed = places.change_intensity(
            cache.workspace(),
            place.id,
            phase=phase,
            intensity=intensity,
            effective_on=effective_on,
            reason=reason,
            by=by,
            version=seen.version,
            request_key=request_key,
        )
        return f"{phase.value} is {intensity.value} at {literal(changed.name)}."

    save(form, work, by=by)
