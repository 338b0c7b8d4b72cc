"""Ways from one page to another, which keep what this tab has chosen."""

from __future__ import annotations

import streamlit as st


def show_page_link(path: str, label: str, *, icon: str) -> None:
    """A link to the page of that address; ``icon`` is a name of a Material symbol."""
    st.page_link(_page_at(path), label=label, icon=f":material/{icon}:")


def go_to(path: str) -> None:
    """Open the page of that address instead of this one."""
    st.switch_page(_page_at(path))


def _page_at(path: str) -> st.Page:
    """Streamlit knows a page by its address alone, so another of the same address stands for it."""
    return st.Page(_drawn_elsewhere, title=path, url_path=path)


def _drawn_elsewhere() -> None:
    """The page that is opened draws itself."""
