"""A form is drawn for those who may send it; everybody else reads whose task it is.

This is for the eye only: the service that a form calls asks again.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from chb.domain.access.permissions import Permission, may, roles_that_may
from chb.domain.access.responsibility import moves_phases
from chb.domain.access.roles import Role
from chb.domain.places.places import Place
from chb.ui import viewer


def may_here(permission: Permission) -> bool:
    """Whether whoever is at the screen may."""
    return may(viewer.scope(), permission)


def may_or_is_told(permission: Permission) -> bool:
    """The same, and in place of the form a line that says who may."""
    allowed = may_here(permission)
    if not allowed:
        able = roles_that_may(permission)
        names = ", ".join(role.value for role in Role if role in able)
        st.caption(f"Who may {permission}: {names}.")
    return allowed


def moves_phases_or_is_told(place: Place, *, today: date) -> bool:
    """Whether a place's phases are theirs to move; in place of the form a line that says whose."""
    if not may_or_is_told(Permission.MANAGE_PLACES):
        return False
    allowed = moves_phases(viewer.scope(), place, today)
    if not allowed:
        st.caption("Whoever leads this place moves its phases, or the senior officer.")
    return allowed
