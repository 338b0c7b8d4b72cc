"""Accounts and roles: made and ended by whoever runs the machine, never by a claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from chb.domain.access.accounts import (
    Account,
    AccountKind,
    RoleGrant,
    checked_agency,
    checked_email,
    roles_held,
)
from chb.domain.access.permissions import Permission
from chb.domain.access.roles import Role
from chb.domain.access.sessions import Ending
from chb.domain.audit import AuditAction
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line
from chb.services.access.rules import needs, open_to_all
from chb.services.access.sessions import end_sessions_of
from chb.services.workspace import Workspace
from chb.store.store import Transaction

MAKE_ADMINISTRATOR: Final = (
    "Make somebody one: python -m chb account roles their.address --grant Administrator"
)


@dataclass(frozen=True)
class KnownAccount:
    """An account with the roles it holds and held."""

    account: Account
    grants: tuple[RoleGrant, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return roles_held(self.grants)


@open_to_all
def has_accounts(ws: Workspace) -> bool:
    """Whether anybody ever could sign in."""
    with ws.reading() as tx:
        return tx.identity.accounts.count() > 0


@open_to_all
def has_administrator(ws: Workspace) -> bool:
    """Whether anybody may give roles from a screen."""
    with ws.reading() as tx:
        return bool(administrators(tx))


@needs(Permission.ADMINISTER)
def list_accounts(ws: Workspace) -> tuple[KnownAccount, ...]:
    """Every account, by address."""
    with ws.reading() as tx:
        accounts = tx.identity.accounts
        return tuple(
            KnownAccount(account, accounts.grants(account.work_email)) for account in accounts.all()
        )


@needs(Permission.ADMINISTER)
def add_account(
    ws: Workspace, work_email: str, *, name: str = "", kind: AccountKind = AccountKind.LOCAL
) -> Account:
    """Let somebody sign in, or sign in again; they hold no role and no password yet."""
    address = checked_email(work_email)
    with ws.writing() as tx:
        known = tx.identity.accounts.find(address)
        if known is not None and known.ended_at is None:
            raise Refusal(
                "That account is there already",
                found=address,
                remedy="Change its roles: python -m chb account roles",
            )
        if known is not None:
            return _again(tx, known, kind)
        person = tx.identity.accounts.person(address)
        called = checked_line(name, what="The name", required=False)
        made = Account(
            work_email=address,
            name=called or (person.name if person else ""),
            kind=kind,
            made_at=ws.now(),
            made_by=ws.scope.person,
        )
        tx.identity.accounts.add(made)
        record_change(tx, address, "added")
    return made


@needs(Permission.ADMINISTER)
def end_account(ws: Workspace, work_email: str) -> int:
    """Let somebody sign in no more, and end their sessions; how many were open.

    Refusal for the last administrator.
    """
    with ws.writing() as tx:
        account = existing_account(tx, work_email)
        _refuse_last_administrator(tx, account.work_email)
        tx.identity.accounts.change(account.work_email, ended_at=ws.now(), password_hash="")
        for role in roles_held(tx.identity.accounts.grants(account.work_email)):
            tx.identity.accounts.end_grants(account.work_email, role, now=ws.now())
        tx.drafts.remove_of(account.work_email)
        tx.home_visits.remove_of(account.work_email)
        record_change(tx, account.work_email, "ended")
        return end_sessions_of(tx, ws, account.work_email, why=Ending.REVOKED)


@needs(Permission.ADMINISTER)
def end_screens(ws: Workspace, work_email: str) -> int:
    """Sign somebody out wherever they are signed in; how many screens. They may come back."""
    with ws.writing() as tx:
        account = existing_account(tx, work_email)
        record_change(tx, account.work_email, "signed out everywhere")
        return end_sessions_of(tx, ws, account.work_email, why=Ending.REVOKED)


@needs(Permission.ADMINISTER)
def grant_role(ws: Workspace, work_email: str, role: Role, *, agency: str = "") -> None:
    """Give somebody a role; the next run of their screen knows."""
    with ws.writing() as tx:
        account = existing_account(tx, work_email)
        give_role(tx, ws, account.work_email, role, agency)


@needs(Permission.ADMINISTER)
def end_role(ws: Workspace, work_email: str, role: Role) -> None:
    """Take a role away; without any, a person's sessions open nothing.

    Refusal for the last administrator's.
    """
    with ws.writing() as tx:
        account = existing_account(tx, work_email)
        if role is Role.ADMINISTRATOR:
            _refuse_last_administrator(tx, account.work_email)
        if not tx.identity.accounts.end_grants(account.work_email, role, now=ws.now()):
            raise Refusal(f"{account.work_email} does not hold that role", found=role.value)
        record_change(tx, account.work_email, "role ended", role=role.name)


def administrators(tx: Transaction) -> frozenset[str]:
    """Work e-mails of those who may sign in and hold the role that gives others theirs."""
    accounts = tx.identity.accounts
    return frozenset(
        each.work_email
        for each in accounts.all()
        if each.ended_at is None
        and Role.ADMINISTRATOR in roles_held(accounts.grants(each.work_email))
    )


def give_role(tx: Transaction, ws: Workspace, address: str, role: Role, agency: str) -> None:
    """Give a role, in place of an earlier grant of it: the agency may be another."""
    tx.identity.accounts.end_grants(address, role, now=ws.now())
    tx.identity.accounts.grant(
        RoleGrant(
            work_email=address,
            role=role,
            agency=checked_agency(role, agency),
            granted_by=ws.scope.person,
            granted_at=ws.now(),
        )
    )
    record_change(tx, address, "role granted", role=role.name, agency=agency)


def _again(tx: Transaction, known: Account, kind: AccountKind) -> Account:
    """Somebody who is back: nothing of what they had is valid."""
    values = {"kind": kind, "ended_at": None, "subject": "", "password_hash": ""}
    tx.identity.accounts.change(known.work_email, **values)
    record_change(tx, known.work_email, "added again")
    return replace(known, kind=kind, ended_at=None, subject="", password_hash="")


def existing_account(tx: Transaction, work_email: str) -> Account:
    """The account of an address, in force; Refusal without one."""
    account = tx.identity.accounts.find(checked_email(work_email))
    if account is None or account.ended_at is not None:
        raise Refusal(
            "There is no such account",
            found=work_email.strip()[:200],
            remedy="Add it: python -m chb account add",
        )
    return account


def _refuse_last_administrator(tx: Transaction, address: str) -> None:
    """A store without an administrator could be put right from its machine only."""
    if administrators(tx) == {address}:
        raise Refusal(
            "That is the last administrator",
            found=f"Nobody but {address} holds the role",
            cause="Without one nobody could give roles or take them away",
            remedy="Make somebody else an administrator first",
        )


def record_change(tx: Transaction, address: str, event: str, **body: str) -> None:
    """What was done to an account, on the audit log."""
    tx.audit.record(AuditAction.ALTER, "account", address, event=event, **body)
