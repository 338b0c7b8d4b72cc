"""Send a signal: five plain questions, an agency, a period, an area, and nobody's name."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import streamlit as st

from chb.domain.planning.signals import (
    MOST_CELLS,
    Signal,
    SignalAnswer,
    SignalCategory,
    SignalQuestion,
)
from chb.services.places import register as places
from chb.services.planning import signals
from chb.ui import cache, session
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_agency
from chb.ui.parts.sending import chosen, send_button

_FORM: Final = "send_signal"
_CATEGORIES: Final[list[SignalCategory]] = list(SignalCategory)
_USUAL_PERIOD: Final = timedelta(days=30)


def show_send_signal() -> None:
    """The form; a place that is chosen by name brings its cells, so that the map shows it."""
    today = cache.workspace().today()
    with st.form(session.form_key(_FORM), border=False):
        agency = ask_agency("Agency")
        category = st.selectbox("Kind of work", _CATEGORIES, index=None, placeholder="Choose")
        first, second = st.columns(2)
        first_day = first.date_input("From", value=today - _USUAL_PERIOD, format="DD/MM/YYYY")
        last_day = second.date_input("To", value=today, format="DD/MM/YYYY")
        area_name, cells = _ask_area()
        answers = _ask_answers()
        names_nobody = st.checkbox("I have checked: nobody is named")
        by = ask_author()
        sent = send_button(_FORM, "Send the signal")
    if not sent:
        return

    def work(request_key: str) -> str:
        signal = Signal(
            agency=agency,
            category=chosen(category, what="The kind of work"),
            first_day=first_day,
            last_day=last_day,
            area_name=area_name,
            cells=cells,
            answers=answers,
        )
        signals.send_signal(
            cache.workspace(),
            signal,
            by=by,
            names_nobody=names_nobody,
            request_key=request_key,
        )
        return "The signal is sent. Thank you."

    save(_FORM, work, by=by)


def _ask_area() -> tuple[str, frozenset[int]]:
    by_name = {place.name: place for place in places.list_places(cache.workspace())}
    name = st.selectbox(
        "Where",
        list(by_name),
        index=None,
        placeholder="Choose a place, or type an area",
        accept_new_options=True,
    )
    cells = by_name[name].boundary.cells if name in by_name else frozenset()
    return name or "", cells if len(cells) <= MOST_CELLS else frozenset()


def _ask_answers() -> tuple[SignalAnswer, ...]:
    typed = {question: st.text_area(question.value, height=70) for question in SignalQuestion}
    return tuple(SignalAnswer(question, text) for question, text in typed.items() if text.strip())
