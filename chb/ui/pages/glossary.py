"""Glossary: the words of the work, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

import streamlit as st

from chb.domain.glossary import GlossaryTerm
from chb.domain.wording import plural
from chb.services.home.glossary import groups, look_up
from chb.ui.parts.glossary.terms import show_terms
from chb.ui.parts.page_head import page_head

_ALL: Final = "All"


def show() -> None:
    """The page."""
    page_head(
        "Glossary",
        about="Words from the Home Office guidance for Lead Responsible Officers and from the "
        "sciences behind the maps, in our own words. Each names its source.",
    )
    _explore()


@st.fragment
def _explore() -> None:
    """The search and what it finds."""
    wanted = st.text_input(
        "Find a word", placeholder="For example: band, gate, ISA", key="glossary_wanted"
    )
    group = st.pills("Part", [_ALL, *groups()], default=_ALL, required=True, key="glossary_group")
    found = look_up(wanted, group="" if group == _ALL else str(group))
    st.caption(plural(len(found), "word") if found else "No word is like that. Try another.")
    _show_by_group(found, is_search=bool(wanted.strip()))


def _show_by_group(found: Iterable[GlossaryTerm], *, is_search: bool) -> None:
    """What was looked for in the order of its rank; the whole list under its parts."""
    if is_search:
        show_terms(found)
        return
    order = groups()
    sorted_terms = sorted(found, key=lambda term: order.index(term.group))
    for group, terms in groupby(sorted_terms, key=lambda term: term.group):
        st.subheader(group, anchor=False)
        show_terms(terms)
