"""The roles people hold, and the view of the data that each is given."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Final


class Role(StrEnum):
    """What a person is here to do. A person may hold several."""

    SRO = "Senior Responsible Officer"
    LRO = "Lead Responsible Officer"
    P_LEAD = "P lead"
    ANALYST = "Analyst"
    CSP_MANAGER = "CSP manager"
    CO_ORDINATOR = "Community co-ordinator"
    PARTNER = "Partner"
    ADMINISTRATOR = "Administrator"


HOSTS: Final = frozenset({Role.CSP_MANAGER, Role.CO_ORDINATOR})
"""Roles that convene the partnership: they see what every agency of it has shared."""


class View(IntEnum):
    """Three views of one data set, each a different set of types; a higher one holds more."""

    NONE = 0
    """No operational content at all."""
    COMMUNITY = 1
    """Coarser cells, assets, and Build."""
    PARTNER = 2
    """Banded cells, code names, overt work; no name and no address."""
    RESTRICTED = 3
    """OCGs, nominals and exact points, of what the person needs to know."""


_VIEWS = {
    Role.SRO: View.RESTRICTED,
    Role.LRO: View.RESTRICTED,
    Role.P_LEAD: View.RESTRICTED,
    Role.ANALYST: View.RESTRICTED,
    Role.CSP_MANAGER: View.PARTNER,
    Role.CO_ORDINATOR: View.PARTNER,
    Role.PARTNER: View.PARTNER,
    Role.ADMINISTRATOR: View.NONE,
}


def view_of(roles: Iterable[Role], *, has_agreement: bool) -> View:
    """The view that roles are given together.

    A partner agency without a sharing agreement in force sees what any resident may.
    """
    highest = max((_VIEWS[role] for role in roles), default=View.NONE)
    if highest == View.PARTNER and not has_agreement and Role.PARTNER in set(roles):
        return View.COMMUNITY
    return highest
