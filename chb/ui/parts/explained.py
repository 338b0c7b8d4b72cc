"""How a figure is computed, one press away from the figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from chb.services.figures import meanings_of
from chb.services.harm.columns import meaning
from chb.ui.parts.words import literal


def show_explained(
    subject: str, columns: Mapping[str, str], *, rules: Iterable[str] = (), key: str
) -> None:
    """A button that opens the meaning of each figure and the rules that were followed.

    ``columns`` has the words on the screen and the column they come from; ``key`` tells the
    buttons of one page apart.
    """
    meanings = [f"- **{literal(label)}**: {literal(meaning(at))}" for label, at in columns.items()]
    _show(subject, meanings, rules=rules, key=key)


def explain(subject: str, keys: Iterable[str], *, rules: Iterable[str] = (), key: str) -> None:
    """The same for figures of ``data/reference/figures.csv``: meaning, formula and source."""
    meanings = [
        f"- **{literal(each.name)}**: {literal(each.meaning)}. {literal(each.formula)} "
        f"*Source: {literal(each.source)}*"
        for each in meanings_of(keys)
    ]
    _show(subject, meanings, rules=rules, key=key)


def rule_of(key: str) -> str:
    """A row of that table in words, for those who read it among the rules."""
    (each,) = meanings_of([key])
    return f"{each.name}: {each.meaning}. {each.formula}"


def _show(subject: str, meanings: Iterable[str], *, rules: Iterable[str], key: str) -> None:
    said = [f"- {literal(rule)}" for rule in rules]
    with st.popover("How is this computed?", icon=":material/calculate:", type="tertiary", key=key):
        st.markdown(f"**{literal(subject)}**")
        st.markdown("\n".join(meanings))
        if said:
            st.markdown("\n".join(["**Rules followed**", "", *said]))
