"""Send a signal: five plain questions, an agency, a period, an area, and nobody's name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import streamlit as st

from chb.domain.planning.person_names import NameWarning
from chb.domain.planning.signals import (
    MOST_CELLS,
    Signal,
    SignalAnswer,
    SignalCategory,
    SignalQuestion,
)
from chb.services.places import register as places
from chb.services.planning import signals
from chb.services.planning.signals import NamesSuspectedError
from chb.ui import cache
from chb.ui.parts.drafts import kept_area, kept_form
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.people_fields import ask_agency
from chb.ui.parts.sending import chosen, send_button
from chb.ui.parts.signals.area import clicked_cells, forget_cells, show_area
from chb.ui.parts.words import literal

_FORM: Final = "send_signal"
_SUSPECTED: Final = "suspected_names"
_CATEGORIES: Final[list[SignalCategory]] = list(SignalCategory)
_USUAL_PERIOD: Final = timedelta(days=30)


def show_send_signal() -> None:
    """The form. Words that look like a name are shown before anything is saved."""
    suspected: tuple[NameWarning, ...] = st.session_state.get(_SUSPECTED, ())
    show_area()
    with kept_form(_FORM):
        area_name, cells = _ask_area()
        agency = ask_agency("Agency")
        category = st.selectbox("Kind of work", _CATEGORIES, index=None, placeholder="Choose")
        first_day, last_day = _ask_period(cache.workspace().today())
        answers = _ask_answers()
        is_nobody = _ask_about(suspected)
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
        return _send(signal, suspected if is_nobody else (), by=by, request_key=request_key)

    save(_FORM, work)


def _send(signal: Signal, confirmed: tuple[NameWarning, ...], *, by: str, request_key: str) -> str:
    """Send it, or draw the form again with what it must say about the words found."""
    words = [each.words for each in confirmed]
    try:
        signals.send_signal(
            cache.workspace(), signal, by=by, no_persons=words, request_key=request_key
        )
    except NamesSuspectedError as found:
        st.session_state[_SUSPECTED] = (*confirmed, *found.suspected)
        st.rerun()
    st.session_state[_SUSPECTED] = ()
    forget_cells()
    return "The signal is sent. Thank you."


def _ask_area() -> tuple[str, frozenset[int]]:
    """A name, and the cells clicked on the map; those of a place when none was clicked."""
    ids = {name: id_ for id_, name in places.place_names(cache.workspace()).items()}
    name = st.selectbox(
        "Where",
        list(ids),
        index=None,
        placeholder="Choose a place, or type an area",
        accept_new_options=True,
        help="A place brings its own cells when none is clicked on the map.",
    )
    cells = places.get_place(cache.workspace(), ids[name]).boundary.cells if name in ids else ()
    return name or "", clicked_cells() or frozenset(cells if len(cells) <= MOST_CELLS else ())


def _ask_period(today: date) -> tuple[date, date]:
    first, second = st.columns(2)
    return (
        first.date_input("From", value=today - _USUAL_PERIOD, format="DD/MM/YYYY"),
        second.date_input("To", value=today, format="DD/MM/YYYY"),
    )


def _ask_answers() -> tuple[SignalAnswer, ...]:
    typed = {question: kept_area(question.value, height=70) for question in SignalQuestion}
    return tuple(SignalAnswer(question, text) for question, text in typed.items() if text.strip())


def _ask_about(suspected: tuple[NameWarning, ...]) -> bool:
    """Whether the words found name nobody; asked only once some were found."""
    if not suspected:
        return False
    listed = "\n".join(f"- {literal(each.words)}: {literal(each.why)}" for each in suspected)
    st.warning(
        "**A person seems to be named, and signals name nobody**\n\n"
        f"{listed}\n\nDescribe instead of naming. The check can be wrong: then say so.",
        icon=":material/person_off:",
    )
    asked = "|".join(each.words for each in suspected)  # other words are asked about anew
    return st.checkbox("None of these words is a person", key=f"nobody:{asked}")
