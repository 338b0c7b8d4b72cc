"""A table of words too long for one look: a page of it at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import h3.api.numpy_int as h3
import streamlit as st

from chb.ui.parts.html_table import Cell, show_table

Listed = TypeVar("Listed")

_AT_ONCE: Final = 40


def show_paged_table(
    headings: Sequence[str],
    listed: Sequence[Listed],
    row: Callable[[Listed], Sequence[Cell]],
    *,
    told: str,
    name: str,
    key: str,
) -> None:
    """A page of what is listed, and the way to the other pages.

    ``row`` makes a row of one; ``told`` says how many there are and in which order; ``key``
    keeps the number of the page.
    """
    n_pages = -(-len(listed) // _AT_ONCE)
    number = min(st.session_state.get(key, 1), max(n_pages, 1))
    first = (number - 1) * _AT_ONCE
    shown = listed[first : first + _AT_ONCE]
    here = f": {first + 1:,} to {first + len(shown):,} are below" if n_pages > 1 else ""
    st.caption(f"{told}{here}.")
    show_table(headings, map(row, shown), name=name)
    if n_pages > 1:
        if st.session_state.get(key, number) != number:
            st.session_state[key] = number
        st.pagination(n_pages, key=key)


def middle_words(cell: int) -> str:
    """Where the middle of a cell is: latitude and longitude in degrees."""
    latitude, longitude = h3.cell_to_latlng(cell)
    return f"{latitude:.4f}, {longitude:.4f}"
