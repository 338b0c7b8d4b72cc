"""A figure that the system works out from the loaded incidents, offered as evidence."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.periods import Month, Period
from chb.domain.places.gates import Figure
from chb.domain.places.places import Place
from chb.domain.refusal import Refusal
from chb.services.places.harm_trends import harm_trend
from chb.ui import cache
from chb.ui.parts.explained import explain
from chb.ui.parts.notices import show_refusal
from chb.ui.parts.words import literal

_USUAL_MONTHS: Final = 3
"""A quarter: months one by one swing too much at a place of a few streets."""


def ask_figure(place: Place, key: str) -> Figure | None:
    """The harm trend of the place, when it is wanted and there is enough to say it.

    ``key`` is the form's own, so that the next form begins without a figure.
    """
    wanted = st.toggle(
        "Add the harm trend from the loaded incidents",
        key=f"{key}:wants_figure",
        help="Harm within today's boundary against the same months a year earlier.",
    )
    with st.container():
        if not wanted:
            return None
        months = cache.months(cache.data_version())
        if not months:
            st.info("No incidents are loaded, so there is no figure. Describe it in words.")
            return None
        return _worked_out(place, months, key)


def _worked_out(place: Place, months: tuple[Month, ...], key: str) -> Figure | None:
    schemes = cache.harm_schemes()
    first, last = st.columns(2)
    usual = max(0, len(months) - _USUAL_MONTHS)
    since = first.selectbox("First month", months, index=usual, key=f"{key}:since")
    until = last.selectbox("Last month", months, index=len(months) - 1, key=f"{key}:until")
    scheme = st.selectbox(
        "Weighed by",
        list(schemes),
        format_func=lambda each: schemes[each].title,
        key=f"{key}:scheme",
    )
    try:
        found = harm_trend(cache.workspace(), place.id, Period(since, until), scheme=scheme)
    except Refusal as refusal:
        show_refusal(refusal)
        return None
    st.info(literal(str(found)), icon=":material/monitoring:")
    explain("The figure", ("harm_trend",), key="explain_figure")
    return found
