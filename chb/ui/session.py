"""What one browser tab remembers between runs, under names in one place."""

from __future__ import annotations

import uuid
from typing import Final

import streamlit as st

from chb.domain.access.sessions import SignedIn
from chb.services.access import sessions
from chb.services.workspace import Workspace
from chb.ui.server.sessions import HEADER

CELL: Final = "chosen_cell"
PLACE: Final = "chosen_place"
HOTSPOT: Final = "chosen_hotspot"
BAND_HOTSPOT: Final = "chosen_band_hotspot"
ASSET: Final = "chosen_asset"
NOTICE: Final = "notice"


def browser_session() -> str:
    """The session's name, as the gate gave it; empty when a test runs without a server."""
    return str(st.context.headers.get(HEADER) or "")


def signed_in(ws: Workspace) -> SignedIn | None:
    """Who is at the screen, looked up afresh; None when a test runs without a server."""
    return sessions.signed_in(ws, browser_session())


def form_key(form: str) -> str:
    """A key that is the same for every send of one filled form, so that it is saved once.

    It also names the form on the screen: after a save the next form is an empty one.
    """
    name = f"form_key:{form}"
    if name not in st.session_state:
        st.session_state[name] = uuid.uuid4().hex
    return str(st.session_state[name])


def renew_form(form: str) -> None:
    """After a save: the next send is another record."""
    st.session_state.pop(f"form_key:{form}", None)


def tell_after_rerun(notice: str) -> None:
    """Keep a notice until the next run shows it."""
    st.session_state[NOTICE] = notice


def take_notice() -> str:
    """The notice that the last run left, once; empty when it left none."""
    return str(st.session_state.pop(NOTICE, ""))
