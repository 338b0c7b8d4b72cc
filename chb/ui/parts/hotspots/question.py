"""What counts as hot, and what it is compared with."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from chb.domain.periods import Month, Period
from chb.domain.refusal import Refusal
from chb.services.harm.harm_panel import Measure
from chb.services.harm.hotspots import GI_STAR, TOP_SHARE, HotspotRequest, Hotspots
from chb.services.harm.profiling import ProfileRequest
from chb.ui import analysis_cache

_RULES: Final = {GI_STAR: "Significant by Gi*", TOP_SHARE: "Densest 5% of the area"}
_MEASURES: Final = {Measure.HARM: "Harm", Measure.COUNT: "Incidents"}
_CORRECTIONS: Final = {
    "benjamini-hochberg": "Benjamini-Hochberg",
    "benjamini-yekutieli": "Benjamini-Yekutieli, stricter",
    "bonferroni": "Bonferroni, strictest",
    "none": "None: expect false alarms",
}
_ALPHAS: Final = {0.01: "99%", 0.05: "95%", 0.1: "90%"}


def ask_rule(profile: ProfileRequest, months: tuple[Month, ...]) -> HotspotRequest:
    """A button that opens the rule; the usual one needs no opening."""
    with st.popover("What is hot", icon=":material/rule:", width="stretch"):
        rule = st.radio(
            "A cell is hot when", list(_RULES), format_func=_RULES.__getitem__, key="hot_rule"
        )
        measure = st.radio(
            "Judged by", list(_MEASURES), format_func=_MEASURES.__getitem__, key="hot_measure"
        )
        alpha = st.select_slider(
            "How sure", list(_ALPHAS), value=0.05, format_func=_ALPHAS.__getitem__, key="hot_alpha"
        )
        correction = st.selectbox(
            "Correction for many cells",
            list(_CORRECTIONS),
            format_func=_CORRECTIONS.__getitem__,
            key="hot_correction",
            help="With thousands of cells some stand out by chance; a correction allows for it.",
        )
    return HotspotRequest(
        profile=profile,
        measure=measure,
        rule=rule,
        alpha=alpha,
        correction=correction,
        against=year_before(profile.period, months),
    )


def year_before(period: Period, months: tuple[Month, ...]) -> Period | None:
    """The same months a year earlier (longer periods: just before); None unless all are loaded."""
    back = -max(12, period.n_months)
    earlier = Period(period.first.plus(back), period.last.plus(back))
    return earlier if set(earlier) <= set(months) else None


def hotspots_found(version: str, request: HotspotRequest) -> Hotspots:
    """The hotspots, followed from the year before where that year has enough data.

    Raises Refusal when the asked period itself has not.
    """
    try:
        return analysis_cache.hotspots(version, request)
    except Refusal:
        if request.against is None:
            raise
        return analysis_cache.hotspots(version, replace(request, against=None))
