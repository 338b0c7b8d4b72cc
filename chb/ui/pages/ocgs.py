"""OCGs: the register, overdue reviews, and one group's file."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.ocgs.register import OcgStanding
from chb.services.planning import ocg_register
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache, session
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.ocg_file import (
    show_business,
    show_history,
    show_links,
    show_members,
    show_standing,
)
from chb.ui.parts.ocg_forms import show_hold_review, show_register_ocg, show_rescore
from chb.ui.parts.ocg_register_list import show_band_grid, show_overdue, show_register
from chb.ui.parts.planner_style import apply_planner_style
from chb.ui.parts.words import literal

_CHOICE: Final = "chosen_ocg"


def show() -> None:
    """The page."""
    st.title("OCG register", anchor=False)
    apply_planner_style()
    session.show_notice()
    st.caption(
        "Restricted: for the lead officer and those indoctrinated. Nobody signs in yet, so whoever "
        "opens this store sees it. Groups go by code name, people by reference."
    )
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """Register and file: a choice runs this part only."""
    listed = ocg_register.list_ocgs(cache.workspace())
    if not listed:
        st.write("No group is registered yet. Register one, or load the sample place.")
        show_register_ocg()
        return
    today = cache.workspace().today()
    wide, narrow = st.columns([1.25, 1], gap="medium")
    with narrow:
        file = _choose_file(listed)
        _show_file(file, listed, today=today)
    with wide:
        show_overdue(listed, today=today)
        show_band_grid(listed, chosen_id=file.ocg.id)
        show_register(listed, today=today)
        with st.expander("Register another group"):
            show_register_ocg()


def _choose_file(listed: tuple[OcgStanding, ...]) -> OcgFile:
    codes = {each.ocg.id: each.ocg.code for each in listed}
    chosen = st.selectbox(
        "OCG",
        list(codes),
        key=_CHOICE,
        persist_state="session",
        format_func=lambda each: codes[each],
    )
    return ocg_register.ocg_file(cache.workspace(), chosen)


def _show_file(file: OcgFile, listed: tuple[OcgStanding, ...], *, today: date) -> None:
    st.subheader(literal(file.ocg.code), anchor=False)
    show_standing(file, today=today)
    names = {each.ocg.id: each.ocg.code for each in listed}
    business, members, links, history, review, score = st.tabs(
        ["Business", "Members", "Links", "History", "Review", "Score"]
    )
    with business:
        show_business(file)
    with members:
        show_members(file)
    with links:
        show_links(file, names)
    with history:
        show_history(file)
    with review:
        show_hold_review(file)
    with score:
        show_rescore(file)
