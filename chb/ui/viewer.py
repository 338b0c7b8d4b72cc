"""Who is at the screen, and the workspace as they see it: looked up anew for every run."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.access.scope import PUBLIC_DATA, NotForYou, Scope
from chb.domain.access.sessions import SignedIn
from chb.services.access.scopes import scope_of
from chb.services.workspace import Workspace, open_workspace
from chb.ui import session

_KEPT: Final = "scope_of_person"
_LONGEST_S: Final = 3.0
"""A right that came and went between two looks at who somebody is does not outlive this."""


@dataclass(frozen=True)
class _Looked:
    who: SignedIn
    on: date
    at_s: float
    scope: Scope

    def holds(self, who: SignedIn, on: date) -> bool:
        same = self.who == who and self.on == on
        return same and time.monotonic() - self.at_s < _LONGEST_S


@st.cache_resource(show_spinner=False)
def store() -> Workspace:
    """The store of this process; by itself it shows no records."""
    return open_workspace(scope=PUBLIC_DATA)


def workspace() -> Workspace:
    """The store as whoever is at the screen may see it."""
    return store().seen_by(scope())


def scope() -> Scope:
    """What whoever is at the screen may see now; NotForYou when nobody is.

    A run asks dozens of times. Who somebody is holds their roles and all that lets them know of
    a group or place, and is looked up every second; while it stays as it was, the scope is kept
    for a few seconds.
    """
    who, today = who_is_here(), store().today()
    kept: _Looked | None = st.session_state.get(_KEPT)
    if kept is not None and kept.holds(who, today):
        return kept.scope
    found = scope_of(store(), who)
    st.session_state[_KEPT] = _Looked(who, today, time.monotonic(), found)
    return found


def look_again() -> None:
    """After a save: what was saved may be the person's own to see."""
    st.session_state.pop(_KEPT, None)


def who_is_here() -> SignedIn:
    """The person of this session; NotForYou when it is over."""
    who = session.signed_in(store())
    if who is None:
        raise NotForYou(
            "Nobody is signed in here",
            cause="The session ended, or was ended",
            remedy="Load the page again and sign in",
        )
    return who
