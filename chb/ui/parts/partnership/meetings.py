"""Meetings of a stakeholder group: who came, who sent apologies, what was said."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from chb.domain.places.places import Place
from chb.domain.planning.stakeholders import Meeting
from chb.services.planning.partnership import list_meetings, save_meeting, stakeholder_group
from chb.ui import cache
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import send_button
from chb.ui.parts.words import literal, literal_html


def show_meetings(place: Place) -> None:
    """The meetings held, the latest first, beside the form for another."""
    ws = cache.workspace()
    agencies = {
        member.stakeholder.id: member.stakeholder.agency
        for member in stakeholder_group(ws, place.id)
    }
    wide, narrow = st.columns([1.9, 1], gap="medium")
    with wide:
        held = list_meetings(ws, place.id)
        if held:
            st.html("".join(_entry(meeting, agencies) for meeting in held))
        else:
            st.info("No meeting is recorded here yet.", icon=":material/event:")
    with narrow:
        _ask(place, agencies)


def _ask(place: Place, agencies: dict[str, str]) -> None:
    if not agencies:
        st.write("Add agencies to the group first: they are who can be present.")
        return
    form = f"meeting:{place.id}"
    with kept_form(form):
        held_on = st.date_input("Held on", value=cache.workspace().today(), format="DD/MM/YYYY")
        purpose = kept_line("Purpose", placeholder="For example Monthly meeting")
        present = _ask_who("Present", agencies)
        apologies = _ask_who("Apologies", agencies)
        notes = kept_area("Notes", height=90, placeholder="What was agreed; nobody's details")
        by = ask_author()
        sent = send_button(form, "Record the meeting")
    if not sent:
        return
    meeting = Meeting(
        place_id=place.id,
        held_on=held_on,
        purpose=purpose,
        present=tuple(present),
        apologies=tuple(apologies),
        notes=notes,
    )

    def work(request_key: str) -> str:
        saved = save_meeting(cache.workspace(), meeting, by=by, request_key=request_key)
        return f"The meeting is recorded: {literal(saved.purpose)}."

    save(form, work)


def _ask_who(label: str, agencies: dict[str, str]) -> list[str]:
    return st.multiselect(label, list(agencies), format_func=lambda each: agencies[each])


def _entry(meeting: Meeting, agencies: dict[str, str]) -> str:
    rows = {
        "Present": _named(meeting.present, agencies) or "nobody recorded",
        "Apologies": _named(meeting.apologies, agencies),
    }
    lines = "".join(
        f"<p><small>{label}</small> {literal_html(words)}</p>"
        for label, words in rows.items()
        if words
    )
    return (
        f'<div class="hf-entry"><b>{literal_html(meeting.purpose)}</b> '
        f"<small>{meeting.held_on.day} {meeting.held_on:%B %Y}</small>{lines}"
        f"<p>{literal_html(meeting.notes)}</p></div>"
    )


def _named(ids: Iterable[str], agencies: dict[str, str]) -> str:
    return ", ".join(agencies.get(each, "an agency no longer in the group") for each in ids)
