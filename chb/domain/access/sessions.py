"""Sessions: how somebody signed in, how long it holds, and who they are while it does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from chb.domain.access.roles import Role

IDLE: Final = timedelta(minutes=15)
"""Without anything done by the person."""
ABSOLUTE: Final = timedelta(hours=12)
"""Whatever is done."""
MOST_AT_ONCE: Final = 3
"""Open sessions of one person; the oldest makes room."""
SEEN_EVERY: Final = timedelta(seconds=60)
"""How often the last use is written down."""


class SignInMode(StrEnum):
    """How people sign in to a server."""

    DEMO = "demo"
    """Nobody does: a role is chosen, and the data are synthetic."""
    LOCAL = "local"
    """With a password kept here."""
    OIDC = "oidc"
    """At the organisation's OpenID Connect provider."""


class Ending(StrEnum):
    """Why a session is over."""

    SIGNED_OUT = "signed out"
    IDLE = "not used for 15 minutes"
    OLD = "open for 12 hours"
    CROWDED = "opened on another screen"
    REVOKED = "ended by an administrator"
    ELSEWHERE = "ended from another screen"


@dataclass(frozen=True, kw_only=True)
class UserSession:
    """One browser that somebody signed in with."""

    name: str
    """Digest of the secret in the browser's cookie, which is kept nowhere."""
    work_email: str
    mode: SignInMode
    made_at: datetime
    seen_at: datetime
    role: Role | None = None
    """In demo mode the role chosen; otherwise roles are looked up at every run."""
    ended_at: datetime | None = None
    why: str = ""

    def ending(self, now: datetime) -> str:
        """Why the session is over, empty while it holds."""
        if self.ended_at is not None:
            return self.why
        if now - self.made_at >= ABSOLUTE:
            return Ending.OLD
        if now - self.seen_at >= IDLE:
            return Ending.IDLE
        return ""

    def time_left(self, now: datetime) -> timedelta:
        """How long it holds if nothing more is done."""
        return min(self.made_at + ABSOLUTE, self.seen_at + IDLE) - now


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Who is at the screen, as looked up a moment ago."""

    session: str
    person: str
    """Work e-mail."""
    name: str
    agency: str
    roles: frozenset[Role]
    mode: SignInMode
    knows: frozenset[str] = frozenset()
    """Why they know of one group or place or another: let in, leading it, or under an agreement."""

    @property
    def rights(self) -> str:
        """A digest that changes when the person, their agency or their roles do."""
        parts = (self.person, self.agency, *sorted(role.name for role in self.roles))
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    @property
    def knows_by_digest(self) -> frozenset[str]:
        """``knows``, for a browser to compare and to learn nothing from."""
        parts = (f"{self.session}\x1f{each}".encode() for each in self.knows)
        return frozenset(hashlib.sha256(part).hexdigest()[:16] for part in parts)

    def keeps(self, before: Self) -> bool:
        """Whether nothing that was theirs to see a moment ago is kept from them now.

        What comes in addition waits for the next run: it takes nothing off the screen.
        """
        return self.rights == before.rights and before.knows <= self.knows


def name_of(secret: str) -> str:
    """The name that stands for a session's secret everywhere but in its browser."""
    return hashlib.sha256(secret.encode()).hexdigest()


def surplus(sessions: Iterable[UserSession]) -> list[UserSession]:
    """Of one person's open sessions, those that make room for one more: the oldest."""
    by_age = sorted(sessions, key=lambda session: session.made_at)
    return by_age[: max(len(by_age) - MOST_AT_ONCE + 1, 0)]
