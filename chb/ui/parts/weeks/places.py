"""Places whose week or gaps may be asked about, as far as whoever is here is shown them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.services.places import register as places
from chb.services.views import community_work, partner_work
from chb.ui import cache, session, viewer
from chb.ui.parts.allowed import may_here

_CHOICE: Final = "week_place"

Titles = Mapping[str, str]
"""What a place is called, by its id."""


def places_shown() -> Titles:
    """Every place the person is shown, under the name by which they know it."""
    ws = cache.workspace()
    if may_here(Permission.SEE_OPERATIONS):
        return places.place_names(ws)
    if viewer.scope().view >= View.PARTNER:
        return {
            each.place_id: each.title for each in partner_work.partner_places(ws, with_steps=False)
        }
    built = {each.title for each in community_work.community_places(ws, with_steps=False)}
    return {id_: title for id_, title in places.place_names(ws).items() if title in built}


def choose_place(shown: Titles) -> str:
    """The id of one of them; the place opened on another page at first."""
    opened = st.session_state.get(session.PLACE)
    last = st.session_state.get(_CHOICE)
    # Written in every run, or Streamlit forgets it on a page that does not ask.
    st.session_state[_CHOICE] = next(each for each in (opened, last, *shown) if each in shown)
    return st.selectbox(
        "Place",
        list(shown),
        key=_CHOICE,
        format_func=lambda id_: shown[id_],
        on_change=_follow_choice,
    )


def _follow_choice() -> None:
    st.session_state[session.PLACE] = st.session_state[_CHOICE]
