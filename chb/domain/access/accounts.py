"""Accounts: who may sign in, how long a password is, when an account locks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chb.domain.access.roles import Role
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 128
"""Longer ones would only give the hash work to do."""

FREE_FAILURES: Final = 5
"""Wrong passwords before an account locks."""
FIRST_LOCK: Final = timedelta(seconds=30)
LONGEST_LOCK: Final = timedelta(minutes=15)

LINK_LIFETIME: Final = timedelta(minutes=30)

_E_MAIL: Final = re.compile(r"[a-z0-9][a-z0-9.!#$%&'*+/=?^_`{|}~-]*@[a-z0-9-]+(\.[a-z0-9-]+)+")


class AccountKind(StrEnum):
    """Where a person proves who they are."""

    LOCAL = "local"
    OIDC = "oidc"


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody who may sign in; what they may do is in their roles."""

    work_email: str
    name: str
    kind: AccountKind
    made_at: datetime
    made_by: str
    password_hash: str = ""
    """Empty until the person has chosen one, and always with OpenID Connect."""
    subject: str = ""
    """What the OpenID provider calls the person, once they have signed in."""
    failed_attempts: int = 0
    locked_until: datetime | None = None
    ended_at: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until


@dataclass(frozen=True, kw_only=True)
class RoleGrant:
    """A role somebody holds, or held."""

    work_email: str
    role: Role
    agency: str
    """Whom a partner works for; empty where the role does not depend on it."""
    granted_by: str
    granted_at: datetime
    ended_at: datetime | None = None


def checked_email(text: str) -> str:
    """A work address in small letters; Refusal when it is none."""
    address = text.strip().lower()
    if len(address) > 200 or not _E_MAIL.fullmatch(address):
        raise Refusal(
            "That is not a work e-mail address",
            found=f"Found {text.strip()[:80]!r}",
            remedy="Write it as name@organisation.example",
        )
    return address


def locked_until(failures: int, now: datetime) -> datetime | None:
    """Until when an account is locked after that many failures in a row, None when it is not.

    30 seconds after the fifth, twice as long after each further one, at most 15 minutes.
    """
    if failures < FREE_FAILURES:
        return None
    doublings = min(failures - FREE_FAILURES, 10)
    return now + min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def role_named(text: str) -> Role:
    """A role by its words or its short name; Refusal that lists them."""
    wanted = " ".join(re.split(r"[\s_-]+", text.strip().casefold()))
    for role in Role:
        if wanted in (_spaced(role.value), _spaced(role.name)):
            return role
    raise Refusal(
        "There is no such role",
        found=f"Found {text.strip()[:80]!r}",
        remedy=f"Choose one of {', '.join(role.value for role in Role)}",
    )


def checked_agency(role: Role, agency: str) -> str:
    """The agency of a grant; Refusal when a partner has none."""
    agency = checked_line(agency, what="The agency", required=False)
    if role is Role.PARTNER and not agency:
        raise Refusal(
            "A partner works for somebody",
            remedy="Name the agency: what it may see depends on its sharing agreement",
        )
    return agency


def roles_held(grants: Iterable[RoleGrant]) -> frozenset[Role]:
    """The roles that have not ended."""
    return frozenset(grant.role for grant in grants if grant.ended_at is None)


def _spaced(name: str) -> str:
    return " ".join(re.split(r"[\s_-]+", name.casefold()))
