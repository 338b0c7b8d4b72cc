"""The short form for a contact with an asset: how, what came of it, and when again."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.assets.engagement import Contact, ContactOutcome, ContactWay
from chb.services.assets.engagement import log_contact
from chb.ui import cache
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import chosen, send_button

_WAYS: Final[list[ContactWay]] = list(ContactWay)
_OUTCOMES: Final[list[ContactOutcome]] = list(ContactOutcome)


def show_log_contact(asset_id: str) -> None:
    """The form; once it is sent the asset's status moves on by what came of it."""
    form = f"contact:{asset_id}"
    with kept_form(form):
        day, way = st.columns([1.5, 1])
        on = day.date_input("On", value=cache.workspace().today(), format="DD/MM/YYYY")
        how = way.selectbox("How", _WAYS)
        outcome = st.selectbox("What came of it", _OUTCOMES, index=None, placeholder="Choose")
        note = kept_area(
            "Note",
            height=70,
            placeholder="What was said; roles, not private persons",
        )
        next_on = st.date_input("In touch again on", value=None, format="DD/MM/YYYY")
        by = ask_author()
        sent = send_button(form, "Log the contact")
    if not sent:
        return

    def work(request_key: str) -> str:
        contact = Contact(
            asset_id=asset_id,
            on=on,
            how=how,
            outcome=chosen(outcome, what="What came of it"),
            note=note,
            next_on=next_on,
        )
        saved = log_contact(cache.workspace(), contact, by=by, request_key=request_key)
        return f"The contact is in the log: {saved.outcome}."

    save(form, work)
