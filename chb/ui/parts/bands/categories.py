"""Kinds of crime in a partnership's area and year: the one table of counts that is shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.periods import Month
from chb.domain.views.harm import SharedCategories
from chb.services.views.categories import AREA_KIND
from chb.ui import cache
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import show_table
from chb.ui.parts.notices import refusals_shown

_MONTHS_OF_YEAR: Final = 12
_WITHHELD: Final = "withheld"


def show_band_categories(version: str, area_key: str, months: Sequence[Month]) -> None:
    """The table of a year that is loaded whole; areas that have none are told why."""
    st.subheader("Incidents by kind of crime", anchor=False)
    years = whole_years(months)
    if not area_key.startswith(f"{AREA_KIND}:"):
        st.caption("Counts are shared of whole partnership areas only: choose one above.")
    elif not years:
        st.caption("Counts are shared of whole calendar years, and none is loaded whole yet.")
    else:
        with refusals_shown():
            year = st.segmented_control("Year", years, default=years[0], required=True)
            _show(cache.shared_categories(version, area_key, year))


def whole_years(months: Sequence[Month]) -> list[int]:
    """The calendar years of which every month is loaded, the latest first."""
    loaded = [month.year for month in months]
    return sorted({year for year in loaded if loaded.count(year) == _MONTHS_OF_YEAR}, reverse=True)


def _show(shared: SharedCategories) -> None:
    rows = [(row.category, _count(row.incidents)) for row in shared.rows]
    show_table(
        ("Kind of crime", "Incidents"),
        [*rows, ("All kinds", _count(shared.total))],
        name=f"Incidents by kind of crime, {shared.area}, {shared.year}",
    )
    explain("The table", ("shared_categories",), key="explain_categories")
    st.caption(f"{shared.suppression}. Released {shared.released_on}; later data do not change it.")


def _count(incidents: int | None) -> str:
    return _WITHHELD if incidents is None else f"{incidents:,}"
