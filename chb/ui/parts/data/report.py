"""The account of an import on the screen: every row that was read is somewhere in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.periods import Month
from chb.domain.quality import QualityReport, RefusedRows
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.words import literal, percent

_MOST_REASONS: Final = 50
_LOCATED: Final = ("incidents", "assets")
"""Kinds of which a row may have no position, or lie outside the area."""


def show_report(report: QualityReport, *, attribution: str, key: str) -> None:
    """Counts, months, refused rows by reason with the first of each, and what to know."""
    show_cards(cards_of(report))
    lines = lines_of(report)
    if lines:
        st.caption(literal(" ".join(lines)))
    if report.refused:
        show_table(
            ("Refused because", "Rows", "The first", "What to do"),
            map(_refused, report.refused[:_MOST_REASONS]),
            name="Refused rows",
        )
    if attribution:
        st.caption(f"Source: {literal(attribution)}")
    explain("The account of an import", ("import_account", "located_share"), key=key)


def cards_of(report: QualityReport) -> list[Card]:
    """What became of the rows: the others add up to the first."""
    colour = theme.CLARET if report.refused else theme.BLUE
    counts = {"Kept": report.kept}
    if report.kind in _LOCATED or report.without_location or report.outside_area:
        counts |= {"No position": report.without_location, "Outside": report.outside_area}
    others = [
        Card(label, f"{number:,}", _share(number, report.rows_read))
        for label, number in counts.items()
    ]
    refused = report.refused_rows
    return [
        Card("Read", f"{report.rows_read:,}", "rows in all"),
        *others,
        Card("Refused", f"{refused:,}", _share(refused, report.rows_read), colour),
    ]


def lines_of(report: QualityReport) -> list[str]:
    """Months, ids that came twice, and the reader's notes, which name what is missing."""
    lines = []
    if report.months_present:
        lines.append(f"Months: {_months(report.months_present)}.")
    if report.repeated_ids:
        lines.append(f"{report.repeated_ids:,} rows have an id that another row has; all are kept.")
    return [*lines, *(f"{note.removesuffix('.')}." for note in report.notes)]


def _months(months: Sequence[Month]) -> str:
    """A run of months by its ends, single ones by name."""
    is_run = months[-1].ordinal - months[0].ordinal + 1 == len(months) and len(months) > 2
    return f"{months[0]} to {months[-1]}" if is_run else ", ".join(map(str, months))


def _share(number: int, of: int) -> str:
    return f"{percent(number / of)} of them" if of else ""


def _refused(reason: RefusedRows) -> tuple[str | Noted, ...]:
    first = f"row {reason.first_row:,}"
    return reason.reason, f"{reason.rows:,}", Noted(first, reason.example), reason.remedy
