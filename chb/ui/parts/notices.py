"""Refusals and empty pages in words a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from chb.domain.access.sessions import SignInMode
from chb.domain.refusal import Refusal
from chb.ui import viewer
from chb.ui.parts.words import literal


@contextmanager
def refusals_shown() -> Iterator[None]:
    """Show a refusal raised inside, in place of what would have been drawn."""
    try:
        yield
    except Refusal as refusal:
        show_refusal(refusal)


def show_refusal(refusal: Refusal) -> None:
    """What is wrong in bold, then what was found, the likely cause and the remedy."""
    st.error(_in_full(refusal), icon=":material/block:")


def show_limit(refusal: Refusal) -> None:
    """The same of what nobody has asked for yet: it is how things are, and no error."""
    st.info(_in_full(refusal), icon=":material/lock:")


def warn_that_demo_ends() -> None:
    """Before what only real data can be: in a demonstration, that it ends with it."""
    if viewer.who_is_here().mode is SignInMode.DEMO:
        st.warning(
            "This ends the demonstration. Holdfast is then restarted, and people sign in.",
            icon=":material/logout:",
        )


def show_empty(title: str, explanation: str, commands: tuple[str, ...] = ()) -> None:
    """An honest empty page: what is missing and the command that brings it."""
    with st.container(border=True):
        st.subheader(title, anchor=False)
        st.write(explanation)
        if commands:
            st.code("\n".join(commands), language=None)


def show_nothing_loaded(*, has_areas: bool) -> None:
    """What a page about harm says before there is any."""
    if has_areas:
        show_empty(
            "No incidents are loaded yet",
            "The areas are there. Import a data.police.uk archive, its folders or CSV files, "
            "then reload this page.",
            ("python -m chb import incidents PATH",),
        )
        return
    show_empty(
        "Nothing is loaded yet",
        "Load the sample place to look around, or your own area and incidents.",
        (
            "python -m chb demo",
            "python -m chb import boundaries PATH --kind csp",
            "python -m chb import incidents PATH",
        ),
    )


def _in_full(refusal: Refusal) -> str:
    details = (refusal.found, refusal.cause, refusal.remedy)
    lines = [f"**{literal(refusal.wrong)}**", *(literal(detail) for detail in details if detail)]
    return "\n\n".join(lines)
