"""Ways from one page to another, which keep what this tab has chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

TAB: Final = "tab"
"""What an address names the tab by at which its page is to open."""


def show_page_link(path: str, label: str, *, icon: str, tab: str = "") -> None:
    """A link to the page of that address; ``icon`` is a name of a Material symbol.

    ``tab`` is the one at which the page opens, if it reads it with ``tab_asked_for``.
    """
    query = {TAB: tab} if tab else None
    st.page_link(_page_at(path), label=label, icon=f":material/{icon}:", query_params=query)


def tab_asked_for(tabs: Sequence[str]) -> str | None:
    """The tab that the address names, if the page has it."""
    asked = st.query_params.get(TAB)
    return asked if asked in tabs else None


def go_to(path: str) -> None:
    """Open the page of that address instead of this one."""
    st.switch_page(_page_at(path))


def _page_at(path: str) -> st.Page:
    """Streamlit knows a page by its address alone, so another of the same address stands for it."""
    return st.Page(_drawn_elsewhere, title=path, url_path=path)


def _drawn_elsewhere() -> None:
    """The page that is opened draws itself."""
