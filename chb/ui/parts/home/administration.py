"""What an administrator finds on Home: accounts, backups and the audit log, and no work."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from chb.services.home.administration import AdministrationState, administration_state
from chb.services.workspace import Workspace
from chb.ui import theme
from chb.ui.parts.backups.tab import BACKUPS
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.home.moments import age_words
from chb.ui.parts.page_links import show_page_link

BACKUP_IS_OLD_AFTER: Final = timedelta(days=7)


def show_administration(ws: Workspace) -> None:
    """The store in three rows of figures."""
    state, now = administration_state(ws), ws.now()
    st.subheader("People and roles", anchor=False)
    show_cards(account_cards(state))
    show_page_link("administration", "People and roles", icon="admin_panel_settings")
    st.subheader("Backups", anchor=False)
    show_cards((backup_card(state, now=now),))
    show_page_link("administration", "Make or check a backup", icon="backup", tab=BACKUPS)
    st.subheader("Audit log", anchor=False)
    show_cards(audit_cards(state, now=now))
    with st.container(horizontal=True, vertical_alignment="center"):
        show_page_link("audit-log", "Search or verify the log", icon="history")
        explain("Administration", ("home_accounts", "home_anchor"), key="explain_administration")


def account_cards(state: AdministrationState) -> tuple[Card, ...]:
    """How many may sign in, and who cannot."""
    return (
        Card("Accounts", f"{state.n_accounts:,}", "that may sign in"),
        Card("Locked", f"{state.n_locked:,}", "after wrong passwords", _warns(state.n_locked)),
        Card(
            "Without a role",
            f"{state.n_without_role:,}",
            "may open nothing",
            _warns(state.n_without_role),
        ),
    )


def backup_card(state: AdministrationState, *, now: datetime) -> Card:
    """The newest backup; one that is old or missing stands out."""
    if state.backup is None:
        return Card("Newest backup", "none", "in the folder of backups", theme.CLARET)
    is_old = now - state.backup.made_at > BACKUP_IS_OLD_AFTER
    return Card(
        "Newest backup",
        age_words(state.backup.made_at, now=now),
        f"{state.backup.n_bytes / 1e6:,.1f} MB",
        theme.CLARET if is_old else theme.BLUE,
    )


def audit_cards(state: AdministrationState, *, now: datetime) -> tuple[Card, ...]:
    """How long the log is, and when its end was last written down outside the database."""
    return (
        Card("Rows", f"{state.n_audit_rows:,}", _when(state.audited_at, now, "last added")),
        Card(
            "Anchored",
            age_words(state.anchored_at, now=now) if state.anchored_at else "never",
            "the end of the log, outside the database",
            theme.BLUE if state.anchored_at else theme.CLARET,
        ),
    )


def _when(at: datetime | None, now: datetime, what: str) -> str:
    return f"{what} {age_words(at, now=now)}" if at else "nothing yet"


def _warns(number: int) -> str:
    return theme.CLARET if number else theme.BLUE
