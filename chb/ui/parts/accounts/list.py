"""Who may sign in, with the roles they hold."""

from __future__ import annotations

import streamlit as st

from chb.services.access import accounts
from chb.services.access.accounts import KnownAccount
from chb.ui import cache
from chb.ui.parts.html_table import show_table


def show_accounts() -> None:
    """Every account, those that ended last."""
    known = sorted(
        accounts.list_accounts(cache.workspace()),
        key=lambda each: (each.account.ended_at is not None, each.account.work_email),
    )
    if not known:
        st.write("Nobody has an account yet.")
        return
    show_table(
        ("Person", "Roles", "Signs in", "State"),
        [_row(each) for each in known],
        name="Accounts",
    )


def _row(known: KnownAccount) -> tuple[str, ...]:
    account = known.account
    person = f"{account.name} ({account.work_email})" if account.name else account.work_email
    roles = ", ".join(sorted(role.value for role in known.roles)) or "no role"
    where = "with a password here" if account.kind == "local" else "at their organisation"
    return person, roles, where, _state(known)


def _state(known: KnownAccount) -> str:
    account = known.account
    if account.ended_at is not None:
        return f"ended {account.ended_at:%d %B %Y}"
    if account.is_locked(cache.workspace().now()):
        return f"locked until {account.locked_until:%H:%M} UTC"
    waiting = account.kind == "local" and not account.password_hash
    return "has not chosen a password" if waiting else "may sign in"
