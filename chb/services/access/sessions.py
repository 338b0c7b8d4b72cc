"""Sessions: opened at sign-in, looked up at every request and every run, ended at once.

What a session may do is never kept with it: who the person is, which roles they hold and
what they were let in on is read from the store, at most a second ago.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, replace
from typing import Final

from chb.domain.access.accounts import roles_held
from chb.domain.access.roles import Role
from chb.domain.access.scope import OPERATOR
from chb.domain.access.sessions import (
    SEEN_EVERY,
    Ending,
    SignedIn,
    SignInMode,
    UserSession,
    name_of,
    surplus,
)
from chb.services.access.rules import open_to_all
from chb.services.access.scopes import known_to
from chb.services.workspace import Workspace
from chb.store.store import Transaction

SECRET_BYTES: Final = 32
FRESH_S: Final = 1.0
"""How long an answer is given again without looking: the longest a change goes unseen here."""

_MOST_KEPT: Final = 1_000


@dataclass(frozen=True)
class OpenedSession:
    """A new session, with the one copy of its secret."""

    session: UserSession
    secret: str


@dataclass(frozen=True)
class _Found:
    session: UserSession
    who: SignedIn | None
    looked_at_s: float


class _Recent:
    """The last answers, by session. Safe in threads."""

    def __init__(self) -> None:
        self._found: dict[str, _Found] = {}
        self._lock = threading.Lock()
        self.n_forgotten = 0

    def get(self, name: str) -> _Found | None:
        found = self._found.get(name)
        fresh = found is not None and time.monotonic() - found.looked_at_s < FRESH_S
        return found if fresh else None

    def put(self, found: _Found, n_forgotten: int) -> None:
        """Keep an answer, unless any was forgotten since it was asked for: it may be of before."""
        with self._lock:
            if n_forgotten != self.n_forgotten:
                return
            if len(self._found) >= _MOST_KEPT:
                self._found.clear()
            self._found[found.session.name] = found

    def forget(self, name: str) -> None:
        with self._lock:
            self._found.pop(name, None)
            self.n_forgotten += 1


_RECENT: Final = _Recent()


@open_to_all
def signed_in(ws: Workspace, session_name: str) -> SignedIn | None:
    """Who is at the screen of a session; None when it is over, or they have no role left."""
    found = _look_up(ws, session_name)
    return None if found is None or found.session.ending(ws.now()) else found.who


@open_to_all
def seconds_left(ws: Workspace, session_name: str) -> float:
    """How long a session holds if nothing more is done; 0 when it is over."""
    found = _look_up(ws, session_name)
    if found is None or found.session.ending(ws.now()):
        return 0.0
    return found.session.time_left(ws.now()).total_seconds()


def open_session(
    tx: Transaction, ws: Workspace, *, work_email: str, mode: SignInMode, role: Role | None = None
) -> OpenedSession:
    """Open a session within a transaction; a person's oldest make room for it.

    In demo mode one invented person is everybody's, so nobody makes room.
    """
    now = ws.now()
    sessions = tx.identity.sessions
    sessions.end_expired(now)
    if mode is not SignInMode.DEMO:
        for crowded in surplus(sessions.open_of(work_email)):
            sessions.end(crowded.name, why=Ending.CROWDED, now=now)
            _RECENT.forget(crowded.name)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session = UserSession(
        name=name_of(secret),
        work_email=work_email,
        mode=mode,
        made_at=now,
        seen_at=now,
        role=role,
    )
    sessions.add(session)
    return OpenedSession(session, secret)


@open_to_all
def needs_touch(ws: Workspace, session_name: str) -> bool:
    """Whether the last use of a session was written down too long ago. Never waits."""
    found = _RECENT.get(session_name)
    return found is None or ws.now() - found.session.seen_at >= SEEN_EVERY


@open_to_all
def touch(ws: Workspace, session_name: str) -> None:
    """Write down that the person did something; at most once a minute."""
    if signed_in(ws, session_name) is None or not needs_touch(ws, session_name):
        return
    with ws.writing() as tx:
        tx.identity.sessions.change(session_name, seen_at=ws.now())
    _RECENT.forget(session_name)


def end_session(tx: Transaction, ws: Workspace, session_name: str, *, why: Ending) -> bool:
    """End a session within a transaction; False when it was over already."""
    ended = tx.identity.sessions.end(session_name, why=why, now=ws.now())
    _RECENT.forget(session_name)
    return ended


def end_sessions_of(tx: Transaction, ws: Workspace, work_email: str, *, why: Ending) -> int:
    """End all of somebody's sessions; how many there were."""
    opened = tx.identity.sessions.open_of(work_email)
    return sum(end_session(tx, ws, session.name, why=why) for session in opened)


def forget(session_name: str) -> None:
    """Look the session up afresh next time."""
    _RECENT.forget(session_name)


def _look_up(ws: Workspace, session_name: str) -> _Found | None:
    recent = _RECENT.get(session_name)
    if recent is not None:
        return recent
    n_forgotten = _RECENT.n_forgotten
    with ws.seen_by(OPERATOR).reading() as tx:
        session = tx.identity.sessions.find(session_name)
        if session is None:
            return None
        who = _who(tx, ws, session)
        if who is not None:
            who = replace(who, knows=known_to(tx, who, ws.today()))
        found = _Found(session, who, time.monotonic())
    _RECENT.put(found, n_forgotten)
    return found


def _who(tx: Transaction, ws: Workspace, session: UserSession) -> SignedIn | None:
    """The person of a session as the store knows them now; None when they may not work here."""
    accounts = tx.identity.accounts
    person = accounts.person(session.work_email)
    if person is not None and person.has_left(ws.today()):
        return None
    name = "" if person is None else person.name
    agency = "" if person is None else person.agency
    if session.mode is SignInMode.DEMO:
        roles = frozenset({session.role} if session.role else ())
    else:
        account = accounts.find(session.work_email)
        if account is None or account.ended_at is not None:
            return None
        grants = [grant for grant in accounts.grants(account.work_email) if grant.ended_at is None]
        roles = roles_held(grants)
        name = account.name
        agency = next((grant.agency for grant in grants if grant.agency), agency)
    if not roles:
        return None
    return SignedIn(
        session=session.name,
        person=session.work_email,
        name=name or session.work_email,
        agency=agency,
        roles=roles,
        mode=session.mode,
    )
