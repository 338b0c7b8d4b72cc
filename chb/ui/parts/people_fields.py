"""Fields for people and agencies: chosen from the list, or typed."""

from __future__ import annotations

import streamlit as st

from chb.domain.people import Person
from chb.services.planning import people
from chb.ui import cache


def people_at_work() -> dict[str, Person]:
    """Those who have not left, by work address."""
    today = cache.workspace().today()
    listed = people.list_people(cache.workspace())
    return {each.work_email: each for each in listed if not each.has_left(today)}


def ask_person(label: str, *, current: str = "", key: str | None = None) -> str:
    """A work address from the list of people, or a role that is typed; empty for nobody."""
    known = people_at_work()
    options = list(known) if not current or current in known else [current, *known]
    chosen = st.selectbox(
        label,
        options,
        index=options.index(current) if current else None,
        format_func=lambda each: person_words(known.get(each), each),
        placeholder="Choose, or type a role",
        accept_new_options=True,
        key=key,
    )
    return chosen or ""


def ask_agency(label: str, *, current: str = "", key: str | None = None) -> str:
    """An agency of somebody on the list of people, or one that is typed."""
    listed = {each.agency for each in people_at_work().values()}
    agencies = sorted(listed | {current} - {""})
    chosen = st.selectbox(
        label,
        agencies,
        index=agencies.index(current) if current else None,
        placeholder="Choose, or type one",
        accept_new_options=True,
        key=key,
    )
    return chosen or ""


def person_words(person: Person | None, otherwise: str) -> str:
    """A person as a list shows them."""
    return f"{person.name}, {person.role}" if person else otherwise
