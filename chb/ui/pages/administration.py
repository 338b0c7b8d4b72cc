"""Administration: who may sign in, in which roles, and whether the store is sound."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.sessions import SignInMode
from chb.services.loading.uploads import UPLOAD_KINDS
from chb.ui import viewer
from chb.ui.parts.accounts.forms import show_account_changes, show_add_account
from chb.ui.parts.accounts.list import show_accounts
from chb.ui.parts.backups.tab import BACKUPS, show_backup_tab
from chb.ui.parts.data.bring_in import show_bring_in
from chb.ui.parts.data.imports import show_imports
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.page_links import tab_asked_for
from chb.ui.parts.store_check import show_store_check

_TABS: Final = ("People and roles", "People of the partnership", BACKUPS, "Store and settings")


def show() -> None:
    """The page."""
    page_head("Administration")
    people, partnership, kept, store = st.tabs(_TABS, default=tab_asked_for(_TABS))
    with people, refusals_shown():
        _show_people()
    with partnership, refusals_shown():
        _show_partnership()
    with kept, refusals_shown():
        show_backup_tab()
    with store, refusals_shown():
        show_store_check()


@st.fragment
def _show_partnership() -> None:
    """The list of people whom work is given to; an account is another thing."""
    st.write(
        "Whom plans and tasks name: agency, role and work e-mail, one row a person. Being on the "
        "list lets nobody in."
    )
    show_bring_in([UPLOAD_KINDS["people"]])
    with st.expander("Imports so far"):
        show_imports()


@st.fragment
def _show_people() -> None:
    """The accounts, and what can be done with one; a demonstration has none."""
    if viewer.who_is_here().mode is SignInMode.DEMO:
        st.write(
            "A demonstration has no accounts: the bar above switches between the roles. The first "
            "account makes this a store for work, in which people sign in. To make it, stop "
            "Holdfast and start it anew with:"
        )
        st.code("CHB_SIGN_IN=local make run", language=None)
        return
    wide, narrow = st.columns([1.6, 1], gap="medium")
    with wide:
        show_accounts()
    with narrow:
        change, add = st.tabs(["Change one", "Add one"])
        with change, refusals_shown():
            show_account_changes()
        with add:
            show_add_account()
