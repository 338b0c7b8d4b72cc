"""How somebody comes to a password: by a link that works once, or at the machine itself."""

from __future__ import annotations

import secrets
from typing import Final

from chb.domain.access.accounts import (
    LINK_LIFETIME,
    Account,
    AccountKind,
    checked_email,
)
from chb.domain.access.permissions import Permission
from chb.domain.access.roles import Role
from chb.domain.access.sessions import Ending, name_of
from chb.domain.refusal import Refusal
from chb.services.access import passwords
from chb.services.access.accounts import (
    MAKE_ADMINISTRATOR,
    administrators,
    existing_account,
    give_role,
    record_change,
)
from chb.services.access.rules import needs, open_to_all
from chb.services.access.sessions import end_sessions_of
from chb.services.workspace import Workspace
from chb.store.identity import OneTimeLink
from chb.store.store import Transaction

_TOKEN_BYTES: Final = 32


@needs(Permission.ADMINISTER)
def make_link(ws: Workspace, work_email: str) -> str:
    """A token that lets somebody choose a password once, within half an hour.

    Earlier ones of the same account no longer work.
    """
    with ws.writing() as tx:
        account = existing_account(tx, work_email)
        if account.kind is not AccountKind.LOCAL:
            raise Refusal(
                "That person signs in at their organisation, and has no password here",
                found=account.work_email,
            )
        return _new_link(tx, ws, account.work_email)


@open_to_all
def make_first_link(ws: Workspace) -> str:
    """The same for the first administrator; Refusal when there is one."""
    with ws.writing() as tx:
        _refuse_second_first(tx)
        return _new_link(tx, ws, "")


@open_to_all
def link_of(ws: Workspace, token: str) -> OneTimeLink:
    """The link of a token; Refusal when it was used, is too old, or never was."""
    with ws.reading() as tx:
        return _sound_link(tx, ws, token)


@open_to_all
def choose_password(ws: Workspace, token: str, *, work_email: str, password: str) -> str:
    """Set the password of the link's account, or make the first administrator's; the address.

    It ends the person's sessions: a password is chosen anew when the old one may be known.
    """
    with ws.writing() as tx:
        link = _sound_link(tx, ws, token)
        address = link.work_email or checked_email(work_email)
        passwords.checked_password(password, work_email=address)
        if not link.work_email:
            _add_first(tx, ws, address)
        tx.identity.links.use(link.digest, now=ws.now())
        set_password(tx, address, password)
        end_sessions_of(tx, ws, address, why=Ending.REVOKED)
    return address


@open_to_all
def make_first_administrator(ws: Workspace, work_email: str, password: str) -> None:
    """The first account of a store, with the role that gives others theirs."""
    address = checked_email(work_email)
    passwords.checked_password(password, work_email=address)
    with ws.writing() as tx:
        _add_first(tx, ws, address)
        set_password(tx, address, password)


def _add_first(tx: Transaction, ws: Workspace, address: str) -> None:
    _refuse_second_first(tx)
    tx.identity.accounts.add(
        Account(
            work_email=address,
            name="",
            kind=AccountKind.LOCAL,
            made_at=ws.now(),
            made_by=ws.scope.person,
        )
    )
    give_role(tx, ws, address, Role.ADMINISTRATOR, "")


def set_password(tx: Transaction, address: str, password: str) -> None:
    """Keep the hash of a password that was checked; failures and locks are over."""
    tx.identity.accounts.change(
        address, password_hash=passwords.hashed(password), failed_attempts=0, locked_until=None
    )
    record_change(tx, address, "password chosen")


def _new_link(tx: Transaction, ws: Workspace, address: str) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    link = OneTimeLink(
        digest=name_of(token),
        work_email=address,
        made_by=ws.scope.person,
        expires_at=ws.now() + LINK_LIFETIME,
    )
    tx.identity.links.add(link)
    record_change(tx, address, "one-time link")
    return token


def _refuse_second_first(tx: Transaction) -> None:
    if administrators(tx):
        raise Refusal(
            "There is an administrator already",
            remedy="Ask them for a link: python -m chb account link",
        )
    if tx.identity.accounts.count():
        raise Refusal(
            "There are accounts, and none of them is an administrator's",
            cause="The first link is for a store that nobody has an account of",
            remedy=MAKE_ADMINISTRATOR,
        )


def _sound_link(tx: Transaction, ws: Workspace, token: str) -> OneTimeLink:
    link = tx.identity.links.find(name_of(token))
    first_and_late = link is not None and not link.work_email and tx.identity.accounts.count()
    if link is None or link.used_at or link.expires_at <= ws.now() or first_and_late:
        raise Refusal(
            "This link does not work",
            cause="It was used already, is more than half an hour old, or was not copied whole",
            remedy="Ask for another: python -m chb account link",
        )
    return link
