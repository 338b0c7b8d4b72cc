"""What is tied to a place: threats, OCGs, its board and owners."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.people import Person
from chb.domain.places.places import Place
from chb.domain.places.records import Tie, TieKind
from chb.services.places.ties import posts_to_fill
from chb.ui import cache
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.need_to_know import show_need_to_know, show_who_knows
from chb.ui.parts.people_fields import people_at_work, person_words
from chb.ui.parts.places.tie_forms import show_end_tie, show_tie
from chb.ui.parts.words import literal, literal_html

HEADINGS: Final = {
    TieKind.NETWORK: "Networks",
    TieKind.PRIORITY_INDIVIDUAL: "Priority individuals",
    TieKind.VULNERABILITY: "Vulnerabilities",
    TieKind.LOCATION: "Priority locations",
    TieKind.OCG: "OCGs",
    TieKind.BOARD: "Board",
    TieKind.OWNER: "Owners",
}
_GROUPS: Final = {
    "Threats it faces": [kind for kind in HEADINGS if kind.is_threat],
    "Groups and people": [kind for kind in HEADINGS if not kind.is_threat],
}
_COLUMNS: Final = "grid-template-columns:repeat(auto-fit,minmax(9rem,1fr))"
_ADD: Final = "Add an entry"
_END: Final = "End an entry"
_LET_IN: Final = "Who knows"


def show_ties(place: Place, listed: tuple[Place, ...]) -> None:
    """Everything in force under its heading, beside the forms."""
    del listed
    today = cache.workspace().today()
    wide, narrow = st.columns([1.5, 1], gap="medium")
    with wide:
        _show_posts_to_fill(place)
        known = people_at_work()
        for title, kinds in _GROUPS.items():
            st.subheader(title, anchor=False)
            columns = "".join(_heading(place, kind, known, today=today) for kind in kinds)
            st.html(f'<div class="hf-headings" style="{_COLUMNS}">{columns}</div>')
        st.subheader("Who knows", anchor=False)
        show_who_knows(place_id=place.id)
    with narrow:
        job = st.segmented_control(
            "What to do", [_ADD, _END, _LET_IN], default=_ADD, required=True, key="tie_job"
        )
        if job == _LET_IN:
            show_need_to_know(place_id=place.id)
        elif may_or_is_told(Permission.PLAN):
            _show_form(place, job, today=today)


def _show_form(place: Place, job: str, *, today: date) -> None:
    if job == _ADD:
        show_tie(place)
    else:
        show_end_tie(place, today=today)


def _show_posts_to_fill(place: Place) -> None:
    gone = [post for post in posts_to_fill(cache.workspace()) if post.place.id == place.id]
    if gone:
        names = ", ".join(f"{post.person.name} ({post.tie.kind})" for post in gone)
        st.warning(f"Left, and not replaced yet: {literal(names)}", icon=":material/person_off:")


def _heading(place: Place, kind: TieKind, known: dict[str, Person], *, today: date) -> str:
    entries = "".join(_entry(tie, known) for tie in place.tied(today, kind))
    shown = entries or '<span class="hf-none">None recorded</span>'
    return f"<div><b>{HEADINGS[kind]}</b>{shown}</div>"


def _entry(tie: Tie, known: dict[str, Person]) -> str:
    who = person_words(known.get(tie.subject), tie.subject) if tie.kind.is_person else tie.subject
    return (
        f"<p>{literal_html(who)}<small>since {tie.effective_on:%d %B %Y}: "
        f"{literal_html(tie.reason)} ({literal_html(tie.recorded_by)})</small></p>"
    )
