"""Changes of many assets at once, merges among them: what each did, and its undoing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.assets.batches import AssetBatch, BatchKind
from chb.domain.wording import plural
from chb.services.assets.batches import list_batches
from chb.services.assets.undoing import changes_since, undo_batch
from chb.ui import cache, session
from chb.ui.parts.explained import explain
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.html_table import Cell, Noted, show_table
from chb.ui.parts.sending import send_button
from chb.ui.parts.words import literal

_HEADINGS: Final = ("What", "What it did", "Made", "Undone")
_MOST: Final = 60
_MOST_NAMED: Final = 10


def show_batches(kind: BatchKind | None = None) -> None:
    """Every such change, or those of a kind, beside the form that undoes one whole.

    The newest comes first.
    """
    batches = [each for each in list_batches(cache.workspace()) if kind in (None, each.kind)]
    if not batches:
        st.write("No list was imported and nothing was merged yet.")
        return
    wide, narrow = st.columns([1.9, 1], gap="medium")
    with wide:
        show_table(_HEADINGS, map(_row, batches[:_MOST]), name="Changes of many assets")
        explain("The changes", ("batch_counts",), key="explain_batches")
        if len(batches) > _MOST:
            st.caption(f"The latest {_MOST} of {len(batches):,}.")
    with narrow:
        _show_undo([each for each in batches if not each.is_undone])


def batch_words(batch: AssetBatch) -> str:
    """How many it added, changed and closed."""
    counts = {"added": batch.n_added, "changed": batch.n_changed, "closed": batch.n_closed}
    said = [f"{number:,} {what}" for what, number in counts.items() if number]
    return ", ".join(said) or "nothing"


def _row(batch: AssetBatch) -> Sequence[Cell]:
    undone = f"{batch.undone_at:%d %B %Y}" if batch.undone_at else ""
    return (
        Noted(batch.title, batch.kind.value),
        batch_words(batch),
        Noted(f"{batch.made_at:%d %B %Y, %H:%M}", batch.by),
        Noted(undone or "no", batch.undone_by),
    )


def _show_undo(standing: Sequence[AssetBatch]) -> None:
    by_id = {each.id: each for each in standing}
    if not by_id:
        st.caption("Nothing is left to undo.")
        return
    chosen = st.selectbox(
        "Undo",
        list(by_id),
        format_func=lambda each: f"{by_id[each].title}, {by_id[each].made_at:%d %b %Y}",
        key=f"asset_batch:{standing[0].id}",  # after another change it begins with that one
    )
    in_the_way = changes_since(cache.workspace(), chosen)
    if in_the_way:
        _show_in_the_way([f"{each.name}: {each.what}" for each in in_the_way])
        return
    form = f"undo_batch:{chosen}"
    with st.form(session.form_key(form), border=False):
        st.caption(
            f"{batch_words(by_id[chosen]).capitalize()}: all of it is taken back, as a further "
            "version of each asset. No history is lost."
        )
        by = ask_author()
        sent = send_button(form, "Undo it whole")
    if sent:
        save(form, lambda request_key: _undo(chosen, by=by, request_key=request_key))


def _undo(batch_id: str, *, by: str, request_key: str) -> str:
    undone = undo_batch(cache.workspace(), batch_id, by=by, request_key=request_key)
    return f"Undone: {literal(undone.title)}"


def _show_in_the_way(said: Sequence[str]) -> None:
    listed = "\n".join(f"- {literal(each)}" for each in said[:_MOST_NAMED])
    more = len(said) - _MOST_NAMED
    rest = f"\n- and {plural(more, 'more asset')}" if more > 0 else ""
    st.warning(
        "**It cannot be undone whole: people have worked on these assets since**\n\n"
        f"{listed}{rest}",
        icon=":material/lock:",
    )
