"""What the lead officer makes of a signal: a link to a place, a group, or both."""

from __future__ import annotations

import streamlit as st

from chb.domain.planning.signals import Signal, SignalLink
from chb.services.planning import signals
from chb.services.planning.signals import LinkedSignal
from chb.ui import cache
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import send_button
from chb.ui.parts.subjects import ask_subject, list_subjects


def show_link_signal(listed: tuple[LinkedSignal, ...]) -> None:
    """The form; the sender never sees what comes of it."""
    if not listed:
        st.write("There is no signal to link.")
        return
    by_id = {each.signal.id: each.signal for each in listed}
    opened = st.selectbox(
        "Signal", list(by_id), key="open_signal", format_func=lambda each: _line(by_id[each])
    )
    form = f"link_signal:{opened}"
    with kept_form(form):
        place_id, ocg_id = ask_subject(list_subjects())
        note = kept_area("Note", height=70)
        by = ask_author()
        sent = send_button(form, "Link the signal")
    st.caption("The sender does not see the link.")
    if not sent:
        return
    link = SignalLink(signal_id=opened, place_id=place_id, ocg_id=ocg_id, note=note)

    def work(request_key: str) -> str:
        signals.link_signal(cache.workspace(), link, by=by, request_key=request_key)
        return "The signal is linked."

    save(form, work)


def _line(signal: Signal) -> str:
    where = f" at {signal.area_name}" if signal.area_name else ""
    return f"{signal.agency}{where}, {signal.last_day:%b %Y}"
