"""The months of a layer, one at a time: all maps of a period in the same colours."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.periods import Month
from chb.domain.refusal import Refusal
from chb.ui import analysis_cache
from chb.ui.maps.layers import CellLayer
from chb.ui.parts.harm.layer import Asked

_ALL: Final = "All months"
FIXED: Final = "Colours mean the same in every month of the period: dark is dark in all of them"
_FEWEST: Final = 2


def choose_month(asked: Asked, layer: CellLayer) -> Month | None:
    """The slider under the map; None for all months together. Empty where it has no use."""
    n_months = asked.request.period.n_months
    if not layer.monthly or n_months < _FEWEST:
        return None
    words = {_ALL: None} | {str(month): month for month in asked.request.period}
    chosen = st.select_slider(
        "Month",
        list(words),
        key=f"map_month:{asked.request.period}",
        help="One month at a time, or all of them. The arrow keys step through the months.",
    )
    return words[chosen]


def is_loaded(asked: Asked, month: Month) -> bool:
    """Whether there is a map of the month: one that is not loaded is a gap, not a zero."""
    return month in analysis_cache.monthly(asked.version, asked.request).months


def not_loaded(month: Month) -> Refusal:
    """Why there is no map of a month."""
    return Refusal(
        f"{month} is not loaded",
        cause="It is a gap in the data, not a month without harm",
        remedy="Choose another month, or have it imported",
    )
