"""Which assets to look at again: those nobody has looked at, then the oldest looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.assets.verification import AGEING_DAYS, FRESH_DAYS, Verification
from chb.domain.wording import plural
from chb.services.assets.register import asset
from chb.services.assets.review_queue import DueForReview, review_queue
from chb.ui import cache
from chb.ui.parts.assets.file import show_asset_file
from chb.ui.parts.assets.words import kind_words, look_words
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Cell, Noted, show_table

_HEADINGS: Final = ("Asset", "Last look", "Status")
_AT_ONCE: Final = 40
_CHOICE: Final = "asset_to_review"


def show_review() -> None:
    """How many there are, the first of them, and the file of the one that is chosen."""
    queue = review_queue(cache.workspace())
    if not queue:
        st.success(f"Every asset was looked at within {FRESH_DAYS} days.", icon=":material/check:")
        return
    shown = queue[:_AT_ONCE]
    wide, narrow = st.columns([1.5, 1], gap="medium")
    with wide:
        show_cards(_cards(queue))
        explain("The ages", ("last_look",), key="explain_review")
        if len(queue) > len(shown):
            st.caption(f"The first {len(shown)} of {plural(len(queue), 'asset')}.")
        show_table(_HEADINGS, map(_row, shown), name="To look at again")
    with narrow:
        names = {due.asset.id: due.asset.name for due in shown}
        chosen = st.selectbox(
            "Look at", list(names), format_func=lambda each: names[each], key=_CHOICE
        )
        show_asset_file(asset(cache.workspace(), chosen), on_map=False)


def _cards(queue: Sequence[DueForReview]) -> list[Card]:
    n_in = Counter(due.state for due in queue)
    oldest = max((due.age_days or 0 for due in queue), default=0)
    return [
        Card("Never looked at", f"{n_in[Verification.NEVER]:,}"),
        Card("Stale", f"{n_in[Verification.STALE]:,}", f"over {AGEING_DAYS} days"),
        Card("Ageing", f"{n_in[Verification.AGEING]:,}", f"{FRESH_DAYS + 1} to {AGEING_DAYS} days"),
        Card("Oldest look", plural(oldest, "day") if oldest else "none", "ago" if oldest else ""),
    ]


def _row(due: DueForReview) -> Sequence[Cell]:
    each = due.asset
    return (
        Noted(each.name, kind_words(each.kind)),
        look_words(each),
        each.status.value,
    )
