"""What a plan, an event or a decision is about: a place, or an OCG by its code name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from chb.domain.places.decisions import Link, LinkKind
from chb.services.places import register as places
from chb.services.planning import ocg_register
from chb.ui import cache, session

_CHOICE: Final = "chosen_subject"


@dataclass(frozen=True)
class Subject:
    """One place or one OCG."""

    name: str
    place_id: str | None = None
    ocg_id: str | None = None

    @property
    def id(self) -> str:
        return self.place_id or self.ocg_id or ""

    @property
    def link(self) -> Link:
        """How a decision names it: a place goes by its id, a group by its code."""
        if self.place_id:
            return Link(LinkKind.PLACE, self.place_id)
        return Link(LinkKind.OCG, self.name)

    @property
    def words(self) -> str:
        return f"{self.name} (OCG)" if self.ocg_id else self.name


def list_subjects() -> tuple[Subject, ...]:
    """Every place, then every OCG."""
    ws = cache.workspace()
    return (
        *(Subject(name, place_id=id_) for id_, name in places.place_names(ws).items()),
        *(Subject(code, ocg_id=id_) for id_, code in ocg_register.ocg_codes(ws).items()),
    )


def names_by_id(subjects: tuple[Subject, ...]) -> dict[str, str]:
    """Names of places and codes of groups, by their id."""
    return {subject.id: subject.name for subject in subjects}


def choose_subject(label: str, subjects: tuple[Subject, ...]) -> Subject:
    """The place or OCG that this tab works on; the place opened elsewhere at first."""
    by_id = {subject.id: subject for subject in subjects}
    if st.session_state.get(_CHOICE) not in by_id:
        opened = st.session_state.get(session.PLACE)
        st.session_state[_CHOICE] = opened if opened in by_id else subjects[0].id
    else:  # written again, or Streamlit forgets it on a page that does not ask
        st.session_state[_CHOICE] = st.session_state[_CHOICE]
    chosen = st.selectbox(
        label, list(by_id), key=_CHOICE, format_func=lambda each: by_id[each].words
    )
    return by_id[chosen]


def ask_subject(subjects: tuple[Subject, ...]) -> tuple[str | None, str | None]:
    """Ids of a place and of an OCG, either of them None, asked inside a form."""
    where, whom = st.columns(2)
    with where:
        place_id = _ask_one("Place", [each for each in subjects if each.place_id])
    with whom:
        ocg_id = _ask_one("OCG", [each for each in subjects if each.ocg_id])
    return place_id, ocg_id


def _ask_one(label: str, subjects: list[Subject]) -> str | None:
    names = {subject.id: subject.name for subject in subjects}
    return st.selectbox(
        label, list(names), index=None, format_func=lambda each: names[each], placeholder="None"
    )
