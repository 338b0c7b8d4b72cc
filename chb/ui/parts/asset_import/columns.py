"""Saying which column of a list is which: proposed by likeness, remembered by the headings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from chb.domain.refusal import Refusal
from chb.services.assets.column_choice import ColumnChoice, choose_columns
from chb.ui import cache, session
from chb.ui.parts.asset_import.look import forget_look
from chb.ui.parts.asset_import.words import field_words
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import send_button

_FORM: Final = "asset_columns"
_WIDTH_PX: Final = 212
"""Four in a row on an ordinary screen, three on a small one."""
_NOT_THERE: Final = "not in the list"


def show_columns(choice: ColumnChoice, refusal: Refusal | None) -> None:
    """The columns in a part that folds, open where the list could not be read as it is."""
    said = " (as chosen before)" if choice.is_remembered else ""
    with st.expander(f"Which column is which{said}", expanded=refusal is not None):
        st.caption(
            "A list needs names, and positions or postcodes; if its headings are ours there is "
            "nothing to do here. What stands below is proposed by likeness, or was chosen before. "
            "What you use is remembered for every list with these headings."
        )
        _show_first_rows(choice)
        columns, by, sent = _ask(choice)
    if sent:
        save(_FORM, lambda _key: _choose(choice, columns, by))


def _show_first_rows(choice: ColumnChoice) -> None:
    headings = choice.headings
    rows = pd.DataFrame(list(headings.rows), columns=list(headings.headings), dtype="str")
    st.dataframe(rows, hide_index=True)


def _ask(choice: ColumnChoice) -> tuple[dict[str, str], str, bool]:
    """Our column to the list's heading, who says so, and whether the form was sent."""
    key = f"{session.form_key(_FORM)}:{choice.headings.fingerprint[:12]}"
    with st.form(key, border=False):
        with st.container(horizontal=True):
            columns = {
                ours: _ask_heading(choice, ours, key=f"{key}:{ours}") for ours in choice.ours
            }
        by = ask_author()
        sent = send_button(_FORM, "Use these columns")
    return columns, by, sent


def _ask_heading(choice: ColumnChoice, ours: str, *, key: str) -> str:
    """The list's heading for one of our columns, empty for none."""
    headings = ["", *choice.headings.headings]
    chosen = choice.columns.get(ours, "")
    return st.selectbox(
        field_words(ours).capitalize(),
        headings,
        index=headings.index(chosen) if chosen in headings else 0,
        format_func=lambda each: each or _NOT_THERE,
        key=key,
        width=_WIDTH_PX,
    )


def _choose(choice: ColumnChoice, columns: Mapping[str, str], by: str) -> str:
    choose_columns(cache.workspace(), choice.headings, columns, by=by)
    forget_look()
    return "The columns are remembered for every list with these headings. Nothing is imported yet."
