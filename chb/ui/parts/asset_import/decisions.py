"""Likely duplicates of an import: merge into, keep apart or leave out, one by one or all."""

from __future__ import annotations

from functools import partial
from math import ceil
from typing import Final

import streamlit as st

from chb.domain.wording import plural
from chb.services.assets.previews import (
    Decision,
    DecisionKind,
    LikelyMatch,
    PreviewRow,
    same_for_all,
)
from chb.ui import cache
from chb.ui.parts.asset_import.look import Look
from chb.ui.parts.asset_import.words import where
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table

_PER_PAGE: Final = 6
_APART: Final = Decision(DecisionKind.KEEP_APART)
_OUT: Final = Decision(DecisionKind.LEAVE_OUT)
_FOR_ALL: Final = {
    DecisionKind.MERGE: "Merge each into the likeliest",
    DecisionKind.KEEP_APART: "Keep each apart",
    DecisionKind.LEAVE_OUT: "Leave each out",
}


def show_decisions(look: Look) -> None:
    """Every likely duplicate beside what it is like, and a choice; buttons for those left."""
    rows = look.preview.undecided if look.preview else ()
    if not rows:
        return
    st.subheader("Likely duplicates", anchor=False)
    st.write(_standing_of_all(len(rows), len(look.left)))
    explain("How alike", ("likeness",), key="explain_alike")
    _offer_for_all(look)
    for row in _page(rows, look):
        _show_one(row, look)


def _standing_of_all(n_rows: int, n_left: int) -> str:
    about = f"{plural(n_rows, 'row')} may be an asset that is there, or come twice in the list."
    if not n_left:
        return f"{about} Every one is decided on."
    return f"{about} {n_left:,} left: decide on each below, or on all that are left at once."


def _offer_for_all(look: Look) -> None:
    """The buttons for the rest, and one that takes every decision back."""
    with st.container(horizontal=True):
        for kind, words in _FOR_ALL.items():
            st.button(
                words,
                key=f"rest:{kind.name}",
                disabled=not look.left,
                on_click=partial(_decide_rest, look, kind),
            )
        st.button(
            "Start the decisions afresh",
            key="rest:afresh",
            disabled=not look.decisions.made,
            on_click=look.decisions.take_back,
            type="tertiary",
        )


def _decide_rest(look: Look, kind: DecisionKind) -> None:
    look.decisions.put_many(same_for_all(look.left, kind))


def _page(rows: tuple[PreviewRow, ...], look: Look) -> tuple[PreviewRow, ...]:
    """The rows of the page that is chosen; all of them where one page is enough."""
    n_pages = ceil(len(rows) / _PER_PAGE)
    if n_pages == 1:
        return rows
    page = st.number_input(
        f"Page, of {n_pages:,}", 1, n_pages, key=f"page:{look.asked[0]}", width=180
    )
    return rows[_PER_PAGE * (int(page) - 1) : _PER_PAGE * int(page)]


def _show_one(row: PreviewRow, look: Look) -> None:
    kinds = {kind.key: kind.label for kind in cache.asset_kinds()}
    label = kinds.get(row.asset.kind, row.asset.kind)
    with st.container(border=True):
        in_list = (f"In the list, row {row.line:,}", row.asset.name, label, where(row.asset), "")
        matches = [
            (
                Noted(_standing(each), ""),
                each.name,
                kinds.get(each.asset.kind, each.asset.kind),
                where(each.asset),
                each.reason,
            )
            for each in row.likely
        ]
        show_table(
            ("", "Name", "Kind", "Where", "How alike"),
            [in_list, *matches],
            name=f"Row {row.line:,} and what it is like",
        )
        _ask(row, look)


def _ask(row: PreviewRow, look: Look) -> None:
    key = f"decide:{look.asked[0]}:{look.decisions.turn}:{row.number}"
    options = [*(_merge(each) for each in row.likely), _APART, _OUT]
    made = look.decisions.made.get(row.number)
    st.selectbox(
        f"What to do with row {row.line:,}",
        options,
        index=None if made is None else options.index(made),
        placeholder="Decide",
        format_func=partial(_words, {each.asset_id: each for each in row.likely}),
        key=key,
        on_change=lambda: look.decisions.put(row.number, st.session_state[key]),
    )


def _merge(match: LikelyMatch) -> Decision:
    return Decision(DecisionKind.MERGE, match.asset_id)


def _words(matches: dict[str, LikelyMatch], decision: Decision) -> str:
    if decision == _APART:
        return "Keep apart: it is another asset"
    if decision == _OUT:
        return "Leave out"
    match = matches[decision.into_id]
    return f"Merge into {match.name} ({_standing(match).casefold()})"


def _standing(match: LikelyMatch) -> str:
    return "In the register" if match.earlier_row is None else "Earlier in the list"
