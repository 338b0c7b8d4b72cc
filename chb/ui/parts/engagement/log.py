"""The log of contacts with an asset, for those who map assets."""

from __future__ import annotations

import streamlit as st

from chb.domain.assets.engagement import Contact
from chb.domain.wording import plural
from chb.services.assets.engagement import contacts_of
from chb.ui import cache
from chb.ui.parts.words import literal_html


def show_contacts(asset_id: str) -> None:
    """Contacts with an asset, the latest first."""
    found = contacts_of(cache.workspace(), asset_id)
    if not found:
        st.caption("Nobody has been in touch with it yet.")
        return
    st.caption(plural(len(found), "contact"))
    st.html("".join(map(_entry, found)))


def _entry(contact: Contact) -> str:
    day = f"{contact.on.day} {contact.on:%B %Y}"
    again = f"in touch again on {contact.next_on:%d %B %Y}" if contact.next_on else ""
    facts = literal_html("; ".join(filter(None, (contact.how, contact.by, again))))
    note = f"<p>{literal_html(contact.note)}</p>" if contact.note else ""
    return (
        f'<div class="hf-entry"><b>{literal_html(contact.outcome.capitalize())}</b> '
        f"<small>{day}</small><p><small>{facts}</small></p>{note}</div>"
    )
