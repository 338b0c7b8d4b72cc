"""Signing in and out. Every way ends in a session of ours, and every end is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from chb.domain.access.accounts import Account, AccountKind, locked_until, roles_held
from chb.domain.access.roles import Role
from chb.domain.access.scope import Scope
from chb.domain.access.sessions import Ending, SignInMode
from chb.domain.audit import AuditAction
from chb.domain.people import Person
from chb.domain.refusal import Refusal
from chb.services.access import passwords
from chb.services.access.rules import open_to_all
from chb.services.access.sessions import OpenedSession, end_session, forget, open_session
from chb.services.workspace import Workspace
from chb.store.store import Transaction

DEFAULT_DEMO_ROLE: Final = Role.LRO

_SESSION: Final = "session"
_ACCOUNT: Final = "account"


class SignInRefused(Refusal):
    """Somebody was not let in."""


class NoRoleYet(SignInRefused):
    """Somebody proved who they are, and nobody gave them a role."""


@dataclass(frozen=True)
class ProvenIdentity:
    """What an OpenID provider says of a person. Never a role."""

    work_email: str
    subject: str


@open_to_all
def sign_in_with_password(ws: Workspace, work_email: str, password: str) -> OpenedSession:
    """Open a session for whoever has that password; Refusal as of ``check_password``.

    NoRoleYet when the password was right.
    """
    address = check_password(ws, work_email, password)
    return _opened(ws.seen_by(Scope(person=address)), address, SignInMode.LOCAL)


@open_to_all
def check_password(ws: Workspace, work_email: str, password: str) -> str:
    """The address of the account whose password that is.

    SignInRefused says the same, after the same time, whether the address is unknown,
    the password wrong or the account locked.
    """
    address = work_email.strip().lower()[:200]
    with ws.reading() as tx:
        account = tx.identity.accounts.find(address)
    # What was typed is not recorded unless it is an account's: it may be a password.
    ws = ws.seen_by(Scope(person="unknown" if account is None else address))
    kept = account.password_hash if account is not None and _may_try(account, ws) else ""
    if not passwords.fits(password[:1_000], kept):
        _note_failure(ws, address)
        raise SignInRefused(
            "You are not signed in",
            cause="The address or the password is not right, or there were too many "
            "attempts: after five, the account waits up to 15 minutes",
            remedy="Try again, or ask an administrator for a link to choose a new password",
        )
    fresh = passwords.hashed(password) if passwords.is_outdated(kept) else kept
    with ws.writing() as tx:
        tx.identity.accounts.change(
            address, failed_attempts=0, locked_until=None, password_hash=fresh
        )
    return address


@open_to_all
def sign_in_with_identity(ws: Workspace, identity: ProvenIdentity) -> OpenedSession:
    """Open a session for whom the provider vouches; NoRoleYet when nobody gave them a role.

    The provider's own name for the person is kept at their first sign-in: whoever
    is given the same address later is somebody else.
    """
    ws = ws.seen_by(Scope(person=identity.work_email))
    with ws.writing() as tx:
        account = tx.identity.accounts.find(identity.work_email)
        known = account is not None and account.kind is AccountKind.OIDC
        if account is not None and known and not account.subject:
            tx.identity.accounts.change(account.work_email, subject=identity.subject)
    if account is None or not known or account.subject not in ("", identity.subject):
        raise _no_role(ws, identity.work_email)
    return _opened(ws, account.work_email, SignInMode.OIDC)


@open_to_all
def sign_in_to_demo(ws: Workspace, role: Role = DEFAULT_DEMO_ROLE) -> OpenedSession:
    """Open a session as the sample place's person in that role."""
    with ws.reading() as tx:
        person = _demo_person(tx.identity.accounts.sample_people(), role)
    ws = ws.seen_by(Scope(person=person.work_email))
    with ws.writing() as tx:
        opened = open_session(tx, ws, work_email=person.work_email, mode=SignInMode.DEMO, role=role)
        _recorded(tx, AuditAction.SIGN_IN, _SESSION, opened.session.name, SignInMode.DEMO)
    return opened


@open_to_all
def change_demo_role(ws: Workspace, session_name: str, role: Role) -> None:
    """Go on as the sample place's person in another role."""
    with ws.writing() as tx:
        person = _demo_person(tx.identity.accounts.sample_people(), role)
        session = tx.identity.sessions.find(session_name)
        if session is None or session.mode is not SignInMode.DEMO:
            raise SignInRefused("Roles can be switched in the demonstration only")
        tx.identity.sessions.change(session_name, work_email=person.work_email, role=role)
    forget(session_name)


@open_to_all
def sign_out(ws: Workspace, session_name: str) -> None:
    """End a session. What its browser still holds opens nothing any more."""
    with ws.reading() as tx:
        session = tx.identity.sessions.find(session_name)
    if session is None:
        return
    ws = ws.seen_by(Scope(person=session.work_email))
    with ws.writing() as tx:
        if end_session(tx, ws, session_name, why=Ending.SIGNED_OUT):
            _recorded(tx, AuditAction.SIGN_IN, _SESSION, session_name, Ending.SIGNED_OUT)
    forget(session_name)  # whoever asked before the end was written down kept what was true then


def _opened(ws: Workspace, address: str, mode: SignInMode) -> OpenedSession:
    with ws.writing() as tx:
        accounts = tx.identity.accounts
        account, person = accounts.find(address), accounts.person(address)
        left = person is not None and person.has_left(ws.today())
        allowed = account is not None and account.ended_at is None and not left
        if allowed and roles_held(accounts.grants(address)):
            opened = open_session(tx, ws, work_email=address, mode=mode)
            _recorded(tx, AuditAction.SIGN_IN, _SESSION, opened.session.name, mode)
            return opened
    raise _no_role(ws, address)


def _may_try(account: Account, ws: Workspace) -> bool:
    ended = account.ended_at is not None
    return account.kind is AccountKind.LOCAL and not ended and not account.is_locked(ws.now())


def _note_failure(ws: Workspace, address: str) -> None:
    """Count a failure of an account that is not locked already, and lock it when it is time."""
    with ws.writing() as tx:
        account = tx.identity.accounts.find(address)
        body: dict[str, str | int] = {}
        if account is not None and _may_try(account, ws):
            failures = account.failed_attempts + 1
            locked = locked_until(failures, ws.now())
            tx.identity.accounts.change(address, failed_attempts=failures, locked_until=locked)
            body["failures"] = failures
            if locked is not None:
                body["locked_until"] = locked.isoformat()
        known = "" if account is None else address
        _recorded(tx, AuditAction.REFUSE, _ACCOUNT, known, "wrong address or password", **body)


def _no_role(ws: Workspace, address: str) -> NoRoleYet:
    with ws.writing() as tx:
        _recorded(tx, AuditAction.REFUSE, _ACCOUNT, address, "no role")
    return NoRoleYet(
        "You have no role here yet",
        found=f"You are {address}",
        remedy="Ask the administrator of this Holdfast to give you one",
    )


def _demo_person(people: tuple[Person, ...], role: Role) -> Person:
    """The sample place's person in a role. P leads are named by their P; a partner is a
    P lead of an agency that has none of the other roles.
    """
    inner = {person.agency for person in people if not person.role.endswith(" lead")}
    leads = [person for person in people if person.role.endswith(" lead")]
    candidates = {
        Role.P_LEAD: [person for person in leads if person.agency in inner],
        Role.PARTNER: [person for person in leads if person.agency not in inner],
    }.get(role, [])
    candidates += [person for person in people if person.role == role.value]
    if not candidates:
        raise SignInRefused(
            "The sample place has nobody in that role",
            found=f"The role is {role.value}",
            remedy="Make the sample place: python -m chb demo",
        )
    return candidates[0]


def _recorded(
    tx: Transaction, action: AuditAction, object_kind: str, object_id: str, event: str, **body: Any
) -> None:
    """Write what happened at the door into the audit log, in the same transaction."""
    tx.audit.record(action, object_kind, object_id, event=event, **body)
