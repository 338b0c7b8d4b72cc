"""How a figure is computed, one press away from the figure."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from chb.services.figures import meanings_of
from chb.ui.parts.words import literal


def explain(subject: str, keys: Iterable[str], *, rules: Iterable[str] = (), key: str) -> None:
    """A button that opens meaning, formula and source of figures, and the rules followed.

    ``keys`` are rows of ``data/reference/figures.csv``; ``key`` tells the buttons of one page
    apart.
    """
    meanings = [
        f"- **{literal(each.name)}**: {literal(each.meaning)}. {literal(each.formula)} "
        f"*Source: {literal(each.source)}*"
        for each in meanings_of(keys)
    ]
    said = [f"- {literal(rule)}" for rule in rules]
    with st.popover("How is this computed?", icon=":material/calculate:", type="tertiary", key=key):
        st.markdown(f"**{literal(subject)}**")
        st.markdown("\n".join(meanings))
        if said:
            st.markdown("\n".join(["**Rules followed**", "", *said]))
