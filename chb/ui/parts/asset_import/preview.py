"""What an import of assets would do: counts, what to look at, the rows, and those refused."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.wording import plural
from chb.services.assets.previews import AssetPreview, PreviewRow, RowState
from chb.services.exports.products import ExportKind
from chb.ui import cache
from chb.ui.parts.asset_import.words import (
    RefusedGroup,
    cards_of,
    flags_of,
    refused_groups,
    rows_table,
)
from chb.ui.parts.cards import show_cards
from chb.ui.parts.download import offer_download
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import show_table
from chb.ui.parts.words import literal, literal_html

_SHOWN: Final = (RowState.NEW, RowState.UPDATED, RowState.UNCHANGED, RowState.LIKELY_DUPLICATE)
_MOST_ROWS: Final = 500
_MOST_REASONS: Final = 50
_MOST_PX: Final = 320
_ROW_PX: Final = 35


def show_preview(preview: AssetPreview) -> None:
    """Counts first, then what a person should look at, then every row."""
    read = plural(preview.report.rows_read, "row")
    st.markdown(
        f"**{read} read from {literal(preview.title)}.** Nothing is stored until you confirm."
    )
    show_cards(cards_of(preview))
    explain("The rows", ("import_preview", "likeness"), key="explain_preview")
    for note in preview.report.notes:
        st.caption(literal(note))
    if preview.attribution:
        st.caption(f"Source: {literal(preview.attribution)}")
    _show_refused(preview)
    _show_flags(preview)
    _show_rows(preview)


def _show_flags(preview: AssetPreview) -> None:
    flags = flags_of(preview)
    if flags:
        with st.expander(f"Look at {plural(preview.n_flagged, 'row')} before you confirm"):
            show_table(("What", "How many", "The first"), flags, name="What to look at")


def _show_rows(preview: AssetPreview) -> None:
    by_state = {state: _rows_of(preview, state) for state in _SHOWN}
    there = [state for state, rows in by_state.items() if rows]
    if not there:
        return
    with st.expander("Row by row"):
        state = st.segmented_control(
            "Rows that are",
            there,
            default=there[0],
            required=True,
            format_func=lambda each: f"{each.value} ({len(by_state[each]):,})",
            key=f"rows:{preview.token[:12]}",
        )
        _show_table(by_state[state or there[0]])


def _rows_of(preview: AssetPreview, state: RowState) -> tuple[PreviewRow, ...]:
    return tuple(row for row in preview.rows if row.state == state)


def _show_table(rows: tuple[PreviewRow, ...]) -> None:
    labels = {kind.key: kind.label for kind in cache.asset_kinds()}
    table = rows_table(rows[:_MOST_ROWS], labels)
    st.dataframe(table, hide_index=True, height=min(_MOST_PX, _ROW_PX * (len(table) + 1) + 3))
    if len(rows) > _MOST_ROWS:
        st.caption(f"The first {_MOST_ROWS:,} of {len(rows):,} are listed.")


def _show_refused(preview: AssetPreview) -> None:
    if not preview.n_refused:
        return
    groups = refused_groups(preview)
    with st.expander(f"{plural(preview.n_refused, 'row')} refused, and why"):
        st.html(
            f'<ul class="hf-lacks" data-testid="refused">'
            f"{''.join(map(_refused, groups[:_MOST_REASONS]))}</ul>"
        )
        if len(groups) > _MOST_REASONS:
            st.caption(f"The {_MOST_REASONS} commonest of {len(groups):,} reasons are listed.")
        st.caption(
            "Take the refused rows out, correct them in a spreadsheet, and import that file here."
        )
        offer_download("Refused rows (CSV)", lambda: preview, kind=ExportKind.REFUSED_ASSETS)


def _refused(group: RefusedGroup) -> str:
    rows = plural(group.n_rows, "row")
    first = f"the first is row {group.first_row:,} of {literal_html(group.file_name)}"
    return (
        f"<li><b>{rows}</b>: {literal_html(group.reason)}"
        f"<br><small>{literal_html(group.remedy)} ({first})</small></li>"
    )
