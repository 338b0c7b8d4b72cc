"""OCGs: one group's file, and below it the register of all that a person may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.ocgs.register import OcgStanding
from chb.services.planning import ocg_register
from chb.services.planning.ocg_network import group_network
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache
from chb.ui.parts.allowed import may_here, may_or_is_told
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.ocgs.calendar import show_review_calendar
from chb.ui.parts.ocgs.file import show_heading, show_standing
from chb.ui.parts.ocgs.forms import show_register_ocg
from chb.ui.parts.ocgs.network import show_network
from chb.ui.parts.ocgs.register_list import (
    explain_standing,
    show_band_grid,
    show_overdue,
    show_register,
)
from chb.ui.parts.ocgs.tabs import show_file_tabs
from chb.ui.parts.page_head import page_head

Listed = tuple[OcgStanding, ...]

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
    """File and register: a choice runs this part only, and only the open tabs are made."""
    listed = ocg_register.list_ocgs(cache.workspace())
    if not listed:
        _show_none()
        return
    today = cache.workspace().today()
    show_overdue(listed, today=today)
    file = _choose_file(listed, today=today)
    with refusals_shown():
        show_file_tabs(file, _codes(listed))
    st.subheader("All groups", anchor=False)
    _show_all(listed, file.ocg.id, today=today)


def _show_none() -> None:
    """Nobody is told whether there are groups that they were not let in on."""
    if cache.workspace().scope.sees_every_ocg:
        st.write("No group is registered yet. Register one, or load the sample place.")
    else:
        st.write("You lead no group and were let in on none. Its lead officer may let you in.")
    if may_or_is_told(Permission.MANAGE_OCGS):
        show_register_ocg()


def _choose_file(listed: Listed, *, today: date) -> OcgFile:
    """The list, and beside it where the chosen group stands."""
    narrow, wide = st.columns([1, 3], gap="medium")
    codes = _codes(listed)
    with narrow:
        chosen = st.selectbox(
            "OCG",
            list(codes),
            key=_CHOICE,
            persist_state="session",
            format_func=lambda each: codes[each],
        )
        explain_standing(key="how:standing")
    file = ocg_register.ocg_file(cache.workspace(), chosen)
    with wide:
        show_heading(file)
        show_standing(file, today=today)
    return file


def _show_all(listed: Listed, chosen_id: str, *, today: date) -> None:
    shown = _views(listed, chosen_id, today=today)
    tabs = st.tabs(list(shown), key="ocg_register_tab", on_change="rerun")
    for tab, show_tab in zip(tabs, shown.values(), strict=True):
        if tab.open:
            with tab, refusals_shown():
                show_tab()


def _views(listed: Listed, chosen_id: str, *, today: date) -> Mapping[str, Callable[[], None]]:
    """What the register can be seen as, for who is at the screen."""
    registering = {"Register a group": show_register_ocg}
    return {
        "Bands": lambda: show_band_grid(listed, chosen_id=chosen_id),
        "Review calendar": lambda: show_review_calendar(listed, today=today),
        "Register": lambda: show_register(listed, today=today),
        "Network": lambda: show_network(
            group_network(cache.workspace()), chosen_id=chosen_id, key="how:network"
        ),
        **(registering if may_here(Permission.MANAGE_OCGS) else {}),
    }


def _codes(listed: Listed) -> dict[str, str]:
    return {each.ocg.id: each.ocg.code for each in listed}
