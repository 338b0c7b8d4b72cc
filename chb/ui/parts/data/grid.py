"""The months of each force as a grid: what is there, what is thin, and where a month is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import Final

import streamlit as st

from chb.domain.periods import Month, Period
from chb.domain.wording import plural
from chb.services.loading.coverage import ForceCoverage
from chb.ui.parts.data.style import RULES
from chb.ui.parts.words import literal_html, percent

MOST_MONTHS: Final = 24
"""Side by side, on an ordinary screen."""
FEW: Final = 0.5
"""A month below this share of the force's usual one looks like part of a month."""


def show_grid(forces: Sequence[ForceCoverage]) -> None:
    """The newest months with the key; where there are more, others can be chosen."""
    windows = windows_of(forces)
    window = windows[0]
    if len(windows) > 1:
        window = st.selectbox("Months", windows, format_func=str, key="coverage_months", width=240)
    st.html(f"{RULES}{grid_html(forces, window)}{_KEY}")


def grid_html(forces: Sequence[ForceCoverage], window: Period) -> str:
    """A table, a row a force and a column a month of the window."""
    months = tuple(window)
    rows = "".join(_row(force, months) for force in forces)
    return (
        '<div class="hf-months-frame" role="region" tabindex="0" aria-label="Months loaded">'
        '<table class="hf-months" aria-label="Months loaded by force">'
        f"<thead>{_head(months)}</thead><tbody>{rows}</tbody></table></div>"
    )


def windows_of(forces: Iterable[ForceCoverage]) -> tuple[Period, ...]:
    """All months that any force has, MOST_MONTHS at a time, the newest first."""
    periods = [force.period for force in forces]
    first, end = min(each.first for each in periods), max(each.last for each in periods)
    windows = []
    while end >= first:
        windows.append(Period(max(first, end.plus(1 - MOST_MONTHS)), end))
        end = end.plus(-MOST_MONTHS)
    return tuple(windows)


def _head(months: Sequence[Month]) -> str:
    years = list(dict.fromkeys(month.year for month in months))
    spans = [sum(month.year == year for month in months) for year in years]
    over = "".join(
        f'<th scope="colgroup" colspan="{span}">{year}</th>'
        for year, span in zip(years, spans, strict=True)
    )
    under = "".join(f'<th scope="col">{_short(month)}</th>' for month in months)
    return f'<tr><th rowspan="2" scope="col">Force</th>{over}</tr><tr>{under}</tr>'


def _row(force: ForceCoverage, months: Sequence[Month]) -> str:
    usual = median(month.rows for month in force.months.values())
    cells = "".join(_cell(force, month, usual) for month in months)
    said = f"{plural(force.rows, 'row')}, {percent(force.located_share)} with a position"
    name = f"{literal_html(force.force)}<small>{literal_html(said)}</small>"
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _cell(force: ForceCoverage, month: Month, usual: float) -> str:
    there = force.months.get(month)
    if there is None:
        is_gap = month in force.period
        look, text, said = ("hf-gap", "gap", "missing") if is_gap else ("hf-no", "-", "not loaded")
    else:
        is_few = there.rows < FEW * usual
        look, text = "hf-few" if is_few else "hf-there", _thousands(there.rows)
        said = f"{plural(there.rows, 'row')}, {percent(there.located / there.rows)} with a position"
        said += ", far fewer than usual" if is_few else ""
    return f'<td class="{look}" title="{month}: {said}" aria-label="{month}: {said}">{text}</td>'


def _thousands(rows: int) -> str:
    """``949``, ``9.5k``, ``14k``."""
    if rows < 1_000:
        return str(rows)
    return f"{rows / 1_000:.1f}k" if rows < 9_950 else f"{rows / 1_000:.0f}k"


def _short(month: Month) -> str:
    return f"{date(month.year, month.number, 1):%b}"


_KEY: Final = (
    '<div class="hf-months-key">'
    '<span><i class="hf-there"></i>rows of a month</span>'
    f'<span><i class="hf-few"></i>under {FEW:.0%} of the force\'s usual month</span>'
    '<span><i class="hf-gap"></i>a month missing between others: never counted as none</span>'
    "<span>- not loaded</span></div>"
)
