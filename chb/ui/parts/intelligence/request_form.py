"""Ask a partner one specific question, record the reply, or change the request."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import streamlit as st

from chb.domain.planning.intelligence import (
    IntelligenceRequirement,
    PartnerRequest,
    RequestHeading,
    RequestState,
)
from chb.services.planning import intelligence
from chb.services.planning.record_versions import RecordKind
from chb.ui import cache
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.intelligence.glance import Picture
from chb.ui.parts.intelligence.reply import heading_words, show_change, show_reply
from chb.ui.parts.people_fields import ask_agency, ask_person
from chb.ui.parts.record_fields import open_record
from chb.ui.parts.record_versions import show_versions
from chb.ui.parts.sending import chosen, send_button
from chb.ui.parts.subjects import Subject, ask_subject
from chb.ui.parts.words import literal

_USUAL_WAIT: Final = timedelta(days=14)
_LONGEST_WORDS: Final = 60


def show_save_request(picture: Picture, subjects: tuple[Subject, ...]) -> None:
    """Choose a request to record its reply, or ask a new one."""
    today = cache.workspace().today()
    waiting_first = sorted(
        picture.requests, key=lambda each: each.state(today) == RequestState.ANSWERED
    )
    present = open_record("Request", waiting_first, _words, new="A new request")
    if present is None:
        _show_ask(picture, subjects)
        return
    show_reply(present)
    with st.expander("Change the request"):
        show_change(present)
    with st.expander("Versions of this request"):
        show_versions(RecordKind.REQUEST, present.id)


def _words(each: PartnerRequest) -> str:
    return f"{each.agency}: {each.question}"[:_LONGEST_WORDS]


def _show_ask(picture: Picture, subjects: tuple[Subject, ...]) -> None:
    form, today = "request:new", cache.workspace().today()
    with kept_form(form):
        agency = ask_agency("Agency")
        heading = st.selectbox(
            "Heading",
            list(RequestHeading),
            index=None,
            placeholder="Choose",
            format_func=heading_words,
        )
        question = kept_area(
            "Question", height=70, placeholder="One specific thing, never all that they have"
        )
        place_id, ocg_id = ask_subject(subjects)
        requirement_id = _ask_requirement(picture.requirements)
        asked_by = ask_person("Asked by")
        asked_on, due_on = _ask_days(today, today + _USUAL_WAIT)
        by = ask_author()
        sent = send_button(form, "Record the request")
    if not sent:
        return

    def work(request_key: str) -> str:
        request = PartnerRequest(
            agency=agency,
            heading=chosen(heading, what="The heading"),
            question=question,
            asked_by=asked_by,
            asked_on=asked_on,
            due_on=due_on,
            place_id=place_id,
            ocg_id=ocg_id,
            requirement_id=requirement_id,
        )
        saved = intelligence.save_request(
            cache.workspace(), request, by=by, request_key=request_key
        )
        return f"{literal(saved.agency)} is asked; a reply is due by {saved.due_on:%d %B %Y}."

    save(form, work)


def _ask_requirement(requirements: tuple[IntelligenceRequirement, ...]) -> str | None:
    questions = {each.id: each.question for each in requirements if each.is_open}
    return st.selectbox(
        "Helps to answer",
        list(questions),
        index=None,
        placeholder="No requirement",
        format_func=lambda each: questions[each][:_LONGEST_WORDS],
    )


def _ask_days(asked_on: date, due_on: date) -> tuple[date, date]:
    first, second = st.columns(2)
    return (
        first.date_input("Asked on", value=asked_on, format="DD/MM/YYYY"),
        second.date_input("Reply due", value=due_on, format="DD/MM/YYYY"),
    )
