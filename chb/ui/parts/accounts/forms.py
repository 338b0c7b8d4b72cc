"""Add an account; give and end roles; let somebody choose a password; end an account."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.accounts import AccountKind
from chb.domain.access.roles import Role
from chb.domain.refusal import Refusal
from chb.services.access import accounts, invitations
from chb.services.access.accounts import KnownAccount
from chb.ui import cache, session
from chb.ui.parts.addresses import address_of
from chb.ui.parts.forms import save
from chb.ui.parts.notices import warn_that_demo_ends
from chb.ui.parts.sending import chosen, send_button
from chb.ui.parts.words import literal

_ADD: Final = "add_account"
_ROLES: Final[list[Role]] = list(Role)
_WHERE: Final = {
    AccountKind.LOCAL: "With a password here",
    AccountKind.OIDC: "At their organisation (OpenID Connect)",
}


def show_add_account() -> None:
    """One account with its first role; the person then chooses a password by a link."""
    warn_that_demo_ends()
    with st.form(session.form_key(_ADD), border=False):
        address = st.text_input("Work e-mail")
        name = st.text_input("Name")
        kind = st.radio("Signs in", list(AccountKind), format_func=lambda each: _WHERE[each])
        role, agency = _ask_role()
        sent = send_button(_ADD, "Add the account")
    if not sent:
        return

    def work(request_key: str) -> str:
        del request_key  # an address that has an account is refused
        ws = cache.workspace()
        first = chosen(role, what="The role")
        account = accounts.add_account(
            ws, address, name=name, kind=chosen(kind, what="Where the person signs in")
        )
        accounts.grant_role(ws, account.work_email, first, agency=agency)
        return f"{literal(account.work_email)} may work here as {first.value}."

    save(_ADD, work)


def show_account_changes() -> None:
    """One account, and what can be done with it."""
    known = {
        each.account.work_email: each
        for each in accounts.list_accounts(cache.workspace())
        if each.account.ended_at is None
    }
    if not known:
        st.write("There is no account to change.")
        return
    address = st.selectbox("Account", list(known), key="changed_account")
    _show_give_role(address)
    _show_end_role(known[address])
    _show_link(known[address])
    _show_sign_out(address)
    _show_end(address)


def _ask_role() -> tuple[Role | None, str]:
    role = st.selectbox(
        "Role",
        _ROLES,
        index=None,
        placeholder="Choose",
        format_func=lambda each: each.value,
    )
    agency = st.text_input("Agency", help="Whom a partner works for: it settles what they see.")
    return role, agency


def _show_give_role(address: str) -> None:
    form = f"give_role:{address}"
    with st.form(session.form_key(form), border=False):
        role, agency = _ask_role()
        sent = send_button(form, "Give the role")
    if not sent:
        return

    def work(request_key: str) -> str:
        del request_key  # a role that is held is held once
        given = chosen(role, what="The role")
        accounts.grant_role(cache.workspace(), address, given, agency=agency)
        return f"{literal(address)} works here as {given.value} from now on."

    save(form, work)


def _show_end_role(known: KnownAccount) -> None:
    address, held = known.account.work_email, sorted(known.roles)
    if not held:
        return
    form = f"end_role:{address}"
    with st.form(session.form_key(form), border=False):
        role = st.selectbox("Role held", held, format_func=lambda each: each.value)
        sent = send_button(form, "End the role")
    if not sent:
        return

    def work(request_key: str) -> str:
        del request_key
        accounts.end_role(cache.workspace(), address, role)
        return f"{literal(address)} is no longer {role.value}."

    save(form, work)


def _show_link(known: KnownAccount) -> None:
    address = known.account.work_email
    if known.account.kind is not AccountKind.LOCAL:
        return
    if st.button("Make a one-time link", key=f"link:{address}"):
        token = invitations.make_link(cache.workspace(), address)
        st.write("Give it to the person by a way of its own. It works once, for half an hour.")
        st.code(address_of(f"sign-in/link/{token}"), language=None, wrap_lines=True)


def _show_sign_out(address: str) -> None:
    if st.button("Sign them out everywhere", key=f"sign_out:{address}"):
        n_screens = accounts.end_screens(cache.workspace(), address)
        st.write(f"Screens signed out: {n_screens}. They may sign in again.")


def _show_end(address: str) -> None:
    form = f"end_account:{address}"
    with st.form(session.form_key(form), border=False):
        sure = st.checkbox("The person has left, or must not sign in any more")
        sent = send_button(form, "End the account")
    if not sent:
        return

    def work(request_key: str) -> str:
        del request_key
        if not sure:
            raise Refusal("Nothing was ended", remedy="Tick the box above the button first")
        n_sessions = accounts.end_account(cache.workspace(), address)
        return f"{literal(address)} can no longer sign in; sessions ended: {n_sessions}."

    save(form, work)
