"""My work: what is due, overdue, waiting on others and coming, for one person."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.roles import View
from chb.domain.people import Person
from chb.domain.planning.my_work import Timing
from chb.services.exports.products import ExportKind
from chb.services.planning import my_work
from chb.ui import cache, viewer
from chb.ui.parts.download import offer_download
from chb.ui.parts.explained import explain
from chb.ui.parts.notices import refusals_shown, show_empty
from chb.ui.parts.page_head import page_head
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.work_list import show_work, show_work_cards

_CHOICE: Final = "chosen_person"
_PRESSING: Final = (Timing.OVERDUE, Timing.DUE, Timing.WAITING)
_AHEAD: Final = (Timing.COMING, Timing.LATER, Timing.UNDATED)


def show() -> None:
    """The page."""
    page_head("My work")
    people = _people_to_ask_for()
    if not people:
        show_empty(
            "Nobody is on the list of people yet",
            "Work is shown for somebody on the list. Import it; a blank form for a spreadsheet "
            "comes from the second command.",
            ("python -m chb import people PATH", "python -m chb template people"),
        )
        return
    with refusals_shown():
        _show_person(_choose_person(people))


def _people_to_ask_for() -> dict[str, Person]:
    """Everybody on the list, or oneself alone for who does not see operations in full."""
    scope, listed = viewer.scope(), people_at_work()
    if scope.view >= View.RESTRICTED:
        return listed
    own = Person(
        name=scope.name or scope.person,
        agency=scope.agency,
        role=", ".join(sorted(role.value for role in scope.roles)),
        work_email=scope.person,
    )
    return {scope.person: listed.get(scope.person, own)}


def _choose_person(people: dict[str, Person]) -> Person:
    """Whoever is at the screen at first, where the list has them."""
    names, download = st.columns([2, 1], vertical_alignment="bottom")
    addresses, own = list(people), viewer.scope().person
    chosen = names.selectbox(
        "Whose work",
        addresses,
        index=addresses.index(own) if own in people else 0,
        key=_CHOICE,
        persist_state="session",
        format_func=lambda each: person_words(people[each], each),
    )
    person = people[chosen]
    with download:
        offer_download(
            "Calendar (iCalendar)",
            lambda: _known_as(person),
            kind=ExportKind.MY_WORK,
            icon=":material/calendar_add_on:",
        )
    return person


def _show_person(person: Person) -> None:
    today = cache.workspace().today()
    work = my_work.my_work(cache.workspace(), *_known_as(person))
    show_work_cards(work)
    explain("The list", ("work_timing",), key="explain_work")
    if not any(work.values()):
        st.write("Nothing is on this person's list: no action, review, request or gate.")
        return
    halves = [half for half in (_PRESSING, _AHEAD) if any(work[timing] for timing in half)]
    for half, column in zip(halves, st.columns(2, gap="medium"), strict=False):
        with column:
            for timing in half:
                if work[timing]:
                    show_work(work[timing], timing, today=today)


def _known_as(person: Person) -> tuple[str, ...]:
    """What work may be recorded under; a role's work is on the list of all who hold it."""
    return person.name, person.work_email, person.role
