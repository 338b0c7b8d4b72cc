"""Every import with its account, for those who may know of it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.services.loading.accounts import ImportAccount, import_accounts
from chb.services.loading.uploads import UPLOAD_KINDS
from chb.ui import cache
from chb.ui.parts.data.report import show_report
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table

_MOST: Final = 100
_LONGEST_NAME: Final = 60


def show_imports() -> None:
    """The newest first, and the account of one of them."""
    accounts = import_accounts(cache.workspace())[:_MOST]
    if not accounts:
        st.write("Nothing was imported yet that you may load.")
        return
    chosen = st.selectbox(
        "Account of",
        range(len(accounts)),
        format_func=lambda at: words_of(accounts[at]),
        key="import_account",
    )
    account = accounts[chosen]
    show_report(account.report, attribution=account.attribution, key="explain_account")
    st.subheader("Every import", anchor=False)
    show_table(
        ("When (UTC)", "What", "Read", "Kept", "Refused"), map(_row, accounts), name="Imports"
    )
    explain("Imports", ("import_account",), key="explain_imports")
    st.caption("What was imported may have been replaced or taken out since.")


def words_of(account: ImportAccount) -> str:
    """One import in a list to choose from."""
    name = account.source
    short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]} ..."
    return f"{account.imported_at:%d %b %Y, %H:%M}: {_kind_words(account.kind)}, {short}"


def _kind_words(kind: str) -> str:
    others = {"context": "Basemap", "assets": "Community assets"}
    return others.get(kind) or UPLOAD_KINDS[kind].label


def _row(account: ImportAccount) -> tuple[str | Noted, ...]:
    report = account.report
    what = Noted(_kind_words(account.kind), account.source)
    sample = "sample place" if account.is_sample else ""
    when = Noted(f"{account.imported_at:%d %b %Y, %H:%M}", sample)
    counts = (report.rows_read, report.kept, report.refused_rows)
    return (when, what, *(f"{count:,}" for count in counts))
