"""How old the data are, in one short list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from chb.services.loading.freshness import KindFreshness, freshness
from chb.services.workspace import Workspace
from chb.ui.parts.explained import explain
from chb.ui.parts.home.moments import age_words
from chb.ui.parts.page_links import show_page_link
from chb.ui.parts.words import literal_html


def show_freshness(ws: Workspace) -> None:
    """Every kind that is loaded with its months or edition; what is stale says so."""
    kinds = freshness(ws)
    loaded = [kind for kind in kinds if kind.is_loaded]
    st.subheader("Data", anchor=False)
    st.caption(last_import_words(loaded, now=ws.now()))
    st.html(f'<ul class="hf-news">{"".join(_row(kind) for kind in loaded)}</ul>')
    absent = [kind.label.lower() for kind in kinds if not kind.is_loaded]
    if absent:
        st.caption(f"Not loaded: {', '.join(absent)}.")
    with st.container(horizontal=True, vertical_alignment="center"):
        show_page_link("data", "All that is loaded", icon="database")
        explain("Data", ("home_age",), key="explain_data")


def last_import_words(loaded: Iterable[KindFreshness], *, now: datetime) -> str:
    """What came in last, and when; that nothing did, where nothing is loaded."""
    timed = [(kind.imported_at, kind.label) for kind in loaded if kind.imported_at is not None]
    if not timed:
        return "Nothing is loaded yet."
    at, label = max(timed)
    return f"Last import: {label.lower()}, {age_words(at, now=now)}."


def _row(kind: KindFreshness) -> str:
    stale = '<em class="hf-late">may be stale</em>' if kind.is_stale else ""
    facts = ". ".join(part for part in (kind.edition, kind.sentence) if part)
    return (
        f"<li><div><b>{literal_html(kind.label)}</b><small>{literal_html(facts)}</small></div>"
        f"{stale}</li>"
    )
