"""May this person? What each role may do, and the refusal for everybody else.

Every rule is a pair: ``check_may`` raises with the reason, ``may`` is its boolean twin
for the screen. Whether a thing can be done now is asked elsewhere, of the thing itself.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou, Scope


class Permission(StrEnum):
    """What a person may be allowed to do."""

    WORK_HERE = "open the app"
    SEE_HARM_FIGURES = "see the figures of single cells"
    SEE_HARM_BANDS = "see harm in bands"
    SEE_COMMUNITY = "see assets and what the community builds"
    LOAD_DATA = "load data"
    SEE_OPERATIONS = "see the work of Clear, Hold and Build in full"
    START_PLACES = "start places"
    MANAGE_PLACES = "change places and their phases"
    MANAGE_OCGS = "register groups and change what is kept about them"
    GRANT_NEED_TO_KNOW = "let people in on a group or a place"
    PLAN = "write plans"
    LOG_DISRUPTIONS = "log disruptions"
    MODERATE = "moderate disruptions"
    DECIDE = "record decisions"
    MANAGE_INTELLIGENCE = "manage intelligence requirements and requests"
    SEND_SIGNALS = "send signals"
    LINK_SIGNALS = "link signals to groups and places"
    MANAGE_PARTNERSHIP = "run the stakeholder group"
    MANAGE_ASSETS = "map community assets"
    DISCLOSE = "take data out of the product"
    DISPOSE = "review what is kept, hold it and dispose of it"
    ADMINISTER = "manage people, roles, retention and backups"
    AUDIT = "read the audit log"


_OFFICERS: Final = frozenset({Role.SRO, Role.LRO})
_RESTRICTED: Final = _OFFICERS | {Role.P_LEAD, Role.ANALYST}
_HOSTS: Final = frozenset({Role.CSP_MANAGER, Role.CO_ORDINATOR})
_OPERATIONAL: Final = _RESTRICTED | _HOSTS | {Role.PARTNER}

_MAY: Final[dict[Permission, frozenset[Role]]] = {
    Permission.WORK_HERE: frozenset(Role),
    Permission.SEE_HARM_FIGURES: _RESTRICTED,
    Permission.SEE_HARM_BANDS: _RESTRICTED | _HOSTS | {Role.PARTNER},
    Permission.SEE_COMMUNITY: _OPERATIONAL,
    Permission.LOAD_DATA: frozenset({Role.ANALYST, Role.LRO, Role.SRO}),
    Permission.SEE_OPERATIONS: _RESTRICTED,
    Permission.START_PLACES: _OFFICERS | {Role.CSP_MANAGER},
    Permission.MANAGE_PLACES: _OFFICERS,
    Permission.MANAGE_OCGS: _OFFICERS,
    Permission.GRANT_NEED_TO_KNOW: _OFFICERS,
    Permission.PLAN: _OFFICERS | {Role.P_LEAD},
    Permission.LOG_DISRUPTIONS: _OFFICERS | {Role.P_LEAD},
    Permission.MODERATE: _OFFICERS,
    Permission.DECIDE: _OFFICERS,
    Permission.MANAGE_INTELLIGENCE: _RESTRICTED,
    Permission.SEND_SIGNALS: _OPERATIONAL,
    Permission.LINK_SIGNALS: _OFFICERS | {Role.P_LEAD},
    Permission.MANAGE_PARTNERSHIP: _OFFICERS | _HOSTS,
    Permission.MANAGE_ASSETS: _OFFICERS | _HOSTS | {Role.P_LEAD},
    Permission.DISCLOSE: _RESTRICTED | _HOSTS,
    Permission.DISPOSE: _OFFICERS,
    Permission.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
    Permission.AUDIT: frozenset({Role.ADMINISTRATOR, Role.SRO}),
}


def may(scope: Scope, permission: Permission) -> bool:
    """Whether one of the person's roles allows it; the engine may work on figures only."""
    if scope.is_engine:
        return permission == Permission.SEE_HARM_FIGURES
    return scope.holds_whole_store or bool(scope.roles & _MAY[permission])


def check_may(scope: Scope, permission: Permission) -> None:
    """Refusal for a person none of whose roles allows it."""
    if may(scope, permission):
        return
    held = " and ".join(sorted(role.value for role in scope.roles)) or "no role"
    allowed = ", ".join(role.value for role in Role if role in _MAY[permission])
    raise NotForYou(
        f"Your role does not let you {permission}",
        found=f"You work here as {held}",
        remedy=f"Ask somebody whose role does: {allowed}",
    )


def roles_that_may(permission: Permission) -> frozenset[Role]:
    """The roles that allow it."""
    return _MAY[permission]
