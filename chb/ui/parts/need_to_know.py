"""Who was let in on a group or a place; letting in one more, and ending it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import streamlit as st

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.permissions import Permission, may
from chb.services.access import need_to_know
from chb.ui import cache, session
from chb.ui.parts.forms import save
from chb.ui.parts.html_table import show_table
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.sending import chosen, send_button
from chb.ui.parts.words import literal

_USUAL_TIME: Final = timedelta(days=182)
"""Long enough for an operation, short enough to be asked again."""
_BASES: Final[list[Basis]] = list(Basis)


def show_who_knows(*, place_id: str | None = None, ocg_id: str | None = None) -> None:
    """Everybody who was let in, those whose time is over among them."""
    ws = cache.workspace()
    grants = need_to_know.who_knows(ws, place_id=place_id, ocg_id=ocg_id)
    if not grants:
        st.write("Nobody was let in, beyond those whose task it is.")
        return
    show_table(
        ("Person", "Why", "From", "Until"),
        [_row(grant, ws.today()) for grant in grants],
        name="Who knows",
    )


def show_need_to_know(*, place_id: str | None = None, ocg_id: str | None = None) -> None:
    """Let one more in, or end it, for those who may."""
    ws = cache.workspace()
    if not may(ws.scope, Permission.GRANT_NEED_TO_KNOW):
        st.write("The lead officer and the senior officer let people in.")
        return
    _show_let_in(place_id, ocg_id)
    grants = need_to_know.who_knows(ws, place_id=place_id, ocg_id=ocg_id)
    _show_end(tuple(each for each in grants if each.holds_on(ws.today())))


def _row(grant: NeedToKnow, today: date) -> tuple[str, ...]:
    until = "no end" if grant.ends_on is None else _day(grant.ends_on)
    over = "" if grant.ends_on is None or grant.ends_on >= today else " (over)"
    return grant.work_email, grant.basis.value, _day(grant.starts_on), f"{until}{over}"


def _show_let_in(place_id: str | None, ocg_id: str | None) -> None:
    form = f"let_in:{place_id or ocg_id}"
    people, today = people_at_work(), cache.workspace().today()
    st.caption(
        "Officers and P leads then see it as its lead does. Of a group, a partner is told the code "
        "name and no more."
    )
    with st.form(session.form_key(form), border=False):
        person = st.selectbox(
            "Let in",
            list(people),
            index=None,
            placeholder="Choose somebody",
            format_func=lambda each: person_words(people[each], each),
        )
        basis = st.radio("Why", _BASES, format_func=lambda each: each.value.capitalize())
        first, second = st.columns(2)
        starts_on = first.date_input("From", value=today, format="DD/MM/YYYY")
        ends_on = second.date_input("Until", value=today + _USUAL_TIME, format="DD/MM/YYYY")
        note = st.text_input("Note", placeholder="For example the signed agreement's number")
        sent = send_button(form, "Let them in")
    if not sent:
        return

    def work(request_key: str) -> str:
        email = people[chosen(person, what="The person")].work_email
        grant = NeedToKnow(
            work_email=email,
            basis=chosen(basis, what="The reason"),
            place_id=place_id,
            ocg_id=ocg_id,
            starts_on=starts_on,
            ends_on=ends_on,
            note=note,
        )
        need_to_know.let_in(cache.workspace(), grant, by="", request_key=request_key)
        return f"{literal(email)} is let in from {_day(starts_on)}."

    save(form, work)


def _show_end(held: tuple[NeedToKnow, ...]) -> None:
    if not held:
        return
    form = f"end_need:{held[0].place_id or held[0].ocg_id}"
    by_id = {grant.id: grant for grant in held}
    with st.form(session.form_key(form), border=False):
        grant_id = st.selectbox(
            "Let in now",
            list(by_id),
            format_func=lambda each: f"{by_id[each].work_email}, {by_id[each].basis.value}",
        )
        reason = st.text_input("Why it ends")
        sent = send_button(form, "End it today")
    if not sent:
        return

    def work(request_key: str) -> str:
        del request_key  # ending twice ends once
        ws = cache.workspace()
        need_to_know.end_need(ws, grant_id, on=ws.today(), by="", reason=reason)
        return f"{literal(by_id[grant_id].work_email)} sees it no more from tomorrow."

    save(form, work)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
