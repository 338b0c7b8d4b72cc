"""What somebody does with their own way in: choose another password, end their other screens.

Both ask for the password again, so that a screen left open gives nobody the account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chb.domain.access.scope import Scope
from chb.domain.access.sessions import Ending, SignedIn, SignInMode
from chb.domain.audit import AuditAction
from chb.domain.refusal import Refusal
from chb.services.access import passwords
from chb.services.access.invitations import set_password
from chb.services.access.rules import open_to_all
from chb.services.access.sessions import (
    OpenedSession,
    end_session,
    end_sessions_of,
    open_session,
    signed_in,
)
from chb.services.access.signing import SignInRefused, check_password
from chb.services.workspace import Workspace


@dataclass(frozen=True)
class OwnSession:
    """One of somebody's screens: when it was signed in with, and used last."""

    made_at: datetime
    seen_at: datetime
    is_this: bool


@open_to_all
def own_sessions(ws: Workspace, session_name: str) -> tuple[OwnSession, ...]:
    """The open screens of whoever has this one, the latest used first."""
    who = _at(ws, session_name)
    with ws.reading() as tx:
        held = tx.identity.sessions.open_of(who.person)
    found = [
        OwnSession(each.made_at, each.seen_at, is_this=each.name == session_name)
        for each in held
        if not each.ending(ws.now())
    ]
    return tuple(sorted(found, key=lambda each: each.seen_at, reverse=True))


@open_to_all
def end_other_sessions(ws: Workspace, session_name: str, *, password: str) -> int:
    """End all of one's screens but this; how many there were. SignInRefused as of signing in."""
    who = _proven(ws, session_name, password)
    ws = ws.seen_by(Scope(person=who.person))
    with ws.writing() as tx:
        others = [
            each.name
            for each in tx.identity.sessions.open_of(who.person)
            if each.name != session_name
        ]
        ended = sum(end_session(tx, ws, each, why=Ending.ELSEWHERE) for each in others)
        tx.audit.record(
            AuditAction.SIGN_IN, "session", session_name, event=Ending.ELSEWHERE, ended=ended
        )
    return ended


@open_to_all
def change_password(ws: Workspace, session_name: str, *, current: str, new: str) -> OpenedSession:
    """Choose another password; every screen of the account ends, and this one begins anew.

    SignInRefused as of signing in; Refusal for a password that would be guessed.
    """
    who = _proven(ws, session_name, current)
    passwords.checked_password(new, work_email=who.person)
    if new == current:
        raise Refusal("That is the password you have", remedy="Choose another")
    ws = ws.seen_by(Scope(person=who.person))
    with ws.writing() as tx:
        set_password(tx, who.person, new)
        end_sessions_of(tx, ws, who.person, why=Ending.ELSEWHERE)
        return open_session(tx, ws, work_email=who.person, mode=who.mode)


def _at(ws: Workspace, session_name: str) -> SignedIn:
    who = signed_in(ws, session_name)
    if who is None:
        raise SignInRefused("This screen is no longer signed in", remedy="Sign in again")
    return who


def _proven(ws: Workspace, session_name: str, password: str) -> SignedIn:
    who = _at(ws, session_name)
    if who.mode is not SignInMode.LOCAL:
        raise Refusal(
            "You have no password here",
            cause="You sign in at your organisation, or look round a demonstration",
            remedy="Change it where you sign in",
        )
    check_password(ws, who.person, password)
    return who
