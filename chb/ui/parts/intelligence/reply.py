"""Record what a partner replied, or change a request; the question stays with its versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from chb.domain.planning.intelligence import PartnerRequest, Reply, RequestHeading
from chb.services.planning import intelligence
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.record_fields import ask_reason
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal

_HEADINGS: Final[list[RequestHeading]] = list(RequestHeading)


def show_reply(present: PartnerRequest) -> None:
    """One more reply; earlier ones stay."""
    form = f"reply:{present.id}"
    seen = as_shown(form, present)
    with kept_form(form):
        text = kept_area("Reply", height=90)
        first, second = st.columns(2)
        received_on = first.date_input(
            "Received on", value=cache.workspace().today(), format="DD/MM/YYYY"
        )
        who = kept_line("From", column=second, placeholder="The team or role that replied")
        by = ask_author()
        sent = send_button(form, "Record the reply")
    if not sent:
        return

    def work(request_key: str) -> str:
        reply = Reply(received_on, who, text)
        saved = intelligence.add_reply(
            cache.workspace(), seen, reply=reply, by=by, request_key=request_key
        )
        return f"The reply of {literal(saved.agency)} is recorded."

    save(form, work)


def show_change(present: PartnerRequest) -> None:
    """The heading, the question, the day, or that no reply is awaited any more."""
    form = f"request:{present.id}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with kept_form(form):
        typed = _ask_change(present, key)
        reason = ask_reason(present)
        by = ask_author()
        sent = send_button(form, "Save the request")
    if not sent:
        return

    def work(request_key: str) -> str:
        saved = intelligence.save_request(
            cache.workspace(), replace(seen, **typed), by=by, reason=reason, request_key=request_key
        )
        return f"The request to {literal(saved.agency)} is saved."

    save(form, work)


def _ask_change(present: PartnerRequest, key: str) -> dict[str, Any]:
    heading = st.selectbox(
        "Heading",
        _HEADINGS,
        index=_HEADINGS.index(present.heading),
        format_func=heading_words,
        key=f"{key}:heading",
    )
    question = kept_area("Question", value=present.question, height=70, key=f"{key}:question")
    due_on = st.date_input("Reply due", value=present.due_on, format="DD/MM/YYYY", key=f"{key}:due")
    is_closed = st.checkbox("Closed: no reply is awaited", present.is_closed, key=f"{key}:closed")
    return {"heading": heading, "question": question, "due_on": due_on, "is_closed": is_closed}


def heading_words(heading: RequestHeading) -> str:
    """A heading with what it asks for."""
    return f"{heading.value}: {heading.asks_for}"
