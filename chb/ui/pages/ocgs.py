"""OCGs: the register, overdue reviews, and one group's file."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.ocgs.register import OcgStanding
from chb.services.planning import ocg_register
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache
from chb.ui.parts.allowed import may_here, may_or_is_told
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.ocgs.calendar import show_review_calendar
from chb.ui.parts.ocgs.file import show_standing
from chb.ui.parts.ocgs.forms import show_register_ocg
from chb.ui.parts.ocgs.register_list import show_band_grid, show_overdue, show_register
from chb.ui.parts.ocgs.tabs import show_file_tabs
from chb.ui.parts.page_head import page_head
from chb.ui.parts.words import literal

_CHOICE: Final = "chosen_ocg"


def show() -> None:
    """The page."""
    page_head(
        "OCG register",
        about="Restricted: for the lead officer and those indoctrinated. Groups go by code name, "
        "people by reference.",
    )
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """Register and file: a choice runs this part only."""
    listed = ocg_register.list_ocgs(cache.workspace())
    if not listed:
        _show_none()
        return
    today = cache.workspace().today()
    wide, narrow = st.columns([1.1, 1], gap="medium")
    with narrow:
        file = _choose_file(listed)
        _show_file(file, listed, today=today)
    with wide:
        _show_register(listed, chosen_id=file.ocg.id, today=today)


def _show_none() -> None:
    """Nobody is told whether there are groups that they were not let in on."""
    if cache.workspace().scope.sees_every_ocg:
        st.write("No group is registered yet. Register one, or load the sample place.")
    else:
        st.write("You lead no group and were let in on none. Its lead officer may let you in.")
    if may_or_is_told(Permission.MANAGE_OCGS):
        show_register_ocg()


def _show_register(listed: tuple[OcgStanding, ...], *, chosen_id: str, today: date) -> None:
    show_overdue(listed, today=today)
    registers = may_here(Permission.MANAGE_OCGS)
    tabs = ["Bands", "Review calendar", "Register", *(["Register a group"] if registers else [])]
    bands, calendar, register, *new = st.tabs(tabs)
    with bands:
        show_band_grid(listed, chosen_id=chosen_id)
    with calendar:
        show_review_calendar(listed, today=today)
    with register:
        show_register(listed, today=today)
    for tab in new:
        with tab:
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
    show_file_tabs(file, {each.ocg.id: each.ocg.code for each in listed})
