"""Pairs that are probably one asset, side by side: made into one, or kept apart for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.wording import plural
from chb.services.assets.duplicates import DuplicatePair, likely_duplicates
from chb.services.assets.merging import keep_apart, merge_assets
from chb.ui import cache, session
from chb.ui.parts.assets.facts import asset_facts
from chb.ui.parts.explained import explain
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.html_table import Cell, Noted, show_table
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal, percent

_HEADINGS: Final = ("Pair", "Why", "Likeness")
_AT_ONCE: Final = 30
_FOUND: Final = "asset_pairs"


def show_duplicates(version: str) -> None:
    """The pairs, likeliest first, and the one that is chosen beside its forms."""
    pairs = _pairs(version)
    if not pairs:
        st.success("No two assets look like one.", icon=":material/check:")
        return
    by_ids = {_ids(pair): pair for pair in pairs[:_AT_ONCE]}
    st.caption(
        f"{plural(len(pairs), 'likely pair')}, the likeliest first. Names, distance and postcode "
        "are compared."
    )
    chosen = st.selectbox(
        "Pair", list(by_ids), format_func=lambda each: _pair_words(by_ids[each]), key="asset_pair"
    )
    _show_pair(by_ids[chosen])
    with st.expander("All likely pairs as a table"):
        show_table(_HEADINGS, map(_row, by_ids.values()), name="Likely pairs")


def _pairs(version: str) -> tuple[DuplicatePair, ...]:
    """Looked for once while the register stays as it is: it takes a while with thousands."""
    kept = st.session_state.get(_FOUND)
    if kept is None or kept[0] != version:
        with st.spinner("Looking for assets that are alike"):
            kept = (version, likely_duplicates(cache.workspace()))
        st.session_state[_FOUND] = kept
    pairs: tuple[DuplicatePair, ...] = kept[1]
    return pairs


def _show_pair(pair: DuplicatePair) -> None:
    st.write(f"Likeness {percent(pair.score)}: {literal(pair.reason)}.")
    explain("The likeness", ("likeness",), key="explain_likeness")
    one, other = dict(asset_facts(pair.one)), dict(asset_facts(pair.other))
    rows = [
        (label, _compared(one[label], other[label]), other[label] or "not recorded")
        for label in one
        if one[label] or other[label]
    ]
    show_table(("", pair.one.name, pair.other.name), rows, name="The two side by side")
    merge, apart = st.columns([2, 1], gap="medium")
    with merge:
        _show_merge(pair)
    with apart:
        _show_apart(pair)


def _compared(one: str, other: str) -> Cell:
    """What the first says; a difference is said in words."""
    return Noted(one or "not recorded", "" if one == other else "differs")


def _show_merge(pair: DuplicatePair) -> None:
    form = f"merge:{pair.one.id}:{pair.other.id}"
    seen = as_shown(form, pair)
    both = (seen.one, seen.other)
    with st.form(session.form_key(form), border=True):
        at = st.radio(
            "They are one: keep", (0, 1), format_func=lambda each: _keep_words(both, each)
        )
        reason = st.text_input("Reason", placeholder="How you know")
        st.caption(
            "The kept one takes over what it lacks. The other closes and points at it. "
            "It can be undone under *Changes of many*."
        )
        by = ask_author()
        sent = send_button(form, "Merge them")
    if not sent:
        return
    keep, absorbed = both[at], both[1 - at]

    def work(request_key: str) -> str:
        merge_assets(
            cache.workspace(), keep, [absorbed], by=by, reason=reason, request_key=request_key
        )
        return f"{literal(absorbed.name)} is merged into {literal(keep.name)}."

    save(form, work)


def _keep_words(both: Sequence[object], at: int) -> str:
    side = ("the left", "the right")[at]
    return f"{side}: {literal(getattr(both[at], 'name', ''))}"


def _show_apart(pair: DuplicatePair) -> None:
    form = f"apart:{pair.one.id}:{pair.other.id}"
    with st.form(session.form_key(form), border=True):
        st.caption("They are two. The pair is not offered again.")
        by = ask_author()
        sent = send_button(form, "Keep them apart")
    if not sent:
        return

    def work(request_key: str) -> str:
        del request_key  # said twice it is kept once
        keep_apart(cache.workspace(), pair.one.id, pair.other.id, by=by)
        st.session_state.pop(_FOUND, None)
        return "They are kept apart."

    save(form, work)


def _ids(pair: DuplicatePair) -> str:
    return f"{pair.one.id}:{pair.other.id}"


def _pair_words(pair: DuplicatePair) -> str:
    return f"{pair.one.name} / {pair.other.name}"


def _row(pair: DuplicatePair) -> Sequence[Cell]:
    return (Noted(pair.one.name, pair.other.name), pair.reason, percent(pair.score))
