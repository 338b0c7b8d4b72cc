"""Which place is open in this browser tab, also when it was removed in another."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.places.places import Place
from chb.ui import session

_CHOICE: Final = "place_choice"


def choose_place(listed: tuple[Place, ...]) -> Place:
    """The list, with the place opened last; of one that is gone it says so and opens the first."""
    by_id = {place.id: place for place in listed}
    opened = st.session_state.get(session.PLACE)
    if opened and opened not in by_id:
        st.warning(
            "The place that was open here is not there any more: it was removed, perhaps in "
            "another window. Nothing that was typed for it is saved. Choose one that is there."
        )
    st.session_state[_CHOICE] = opened if opened in by_id else listed[0].id
    place_id = st.selectbox(
        "Place",
        list(by_id),
        key=_CHOICE,
        format_func=lambda each: by_id[each].name,
        on_change=_follow_choice,
    )
    st.session_state[session.PLACE] = place_id
    return by_id[place_id]


def _follow_choice() -> None:
    st.session_state[session.PLACE] = st.session_state[_CHOICE]
