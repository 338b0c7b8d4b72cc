"""Thanks that are still owed after a debrief, and recording that they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from chb.domain.planning.debriefs import Debrief
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_past
from chb.services.planning.partnership import save_debrief
from chb.ui import cache, session
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import as_shown, chosen, send_button
from chb.ui.parts.words import literal

Owed = tuple[str, str]
"""Id of a debrief and whom it wants thanked."""


def show_give_thanks(debriefs: Sequence[Debrief]) -> None:
    """Choose whom, and say when: recognition is part of the work."""
    by_id = {each.id: each for each in debriefs}
    owed: list[Owed] = [(each.id, to) for each in debriefs for to in each.thanks_owed]
    if not owed:
        st.write("Everybody named in a debrief has been thanked.")
        return
    form = "give_thanks"
    seen = as_shown(form, by_id)
    with st.form(session.form_key(form), border=False):
        choice = st.selectbox(
            "Whom to thank",
            owed,
            index=None,
            placeholder=f"{len(owed)} owed",
            format_func=lambda each: f"{each[1]} ({by_id[each[0]].title})",
        )
        given_on = st.date_input("Thanked on", value=cache.workspace().today(), format="DD/MM/YYYY")
        by = ask_author()
        sent = send_button(form, "Record the thanks")
    if not sent:
        return

    def work(request_key: str) -> str:
        debrief_id, to = chosen(choice, what="Whom to thank")
        if debrief_id not in seen:
            raise Refusal("That debrief was not on the screen yet", remedy="Choose again")
        day = checked_past(given_on, today=cache.workspace().today(), what="The thanks")
        thanked = with_thanks_given(seen[debrief_id], to, day)
        save_debrief(cache.workspace(), thanked, by=by, request_key=request_key)
        return f"{literal(to)} was thanked."

    save(form, work)


def with_thanks_given(debrief: Debrief, to: str, given_on: date) -> Debrief:
    """The debrief with the thanks owed to somebody given on a day."""
    thanks = tuple(
        replace(each, given_on=given_on) if each.to == to and each.given_on is None else each
        for each in debrief.thanks
    )
    return replace(debrief, thanks=thanks)
