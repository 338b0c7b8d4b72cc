"""Two maps side by side: the question, and what they have in common in figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import streamlit as st

from chb.domain.periods import Month, Period
from chb.services.harm.comparing import (
    FIRST,
    FIRST_RANK,
    SECOND,
    SECOND_RANK,
    Compared,
    compare_profiles,
)
from chb.services.harm.profiling import HarmProfile, ProfileRequest
from chb.ui import cache
from chb.ui.maps.gap_layer import GAP_LAYER
from chb.ui.maps.harm_layers import TWO_WAY
from chb.ui.maps.layers import CellLayer
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.harm.layer import Asked
from chb.ui.parts.hotspots.question import year_before
from chb.ui.parts.html_table import show_table
from chb.ui.parts.words import change_words, figure, literal, percent
from geo import frames

_MOST_ROWS: Final = 12
_PLAIN: Final = "count"
"""The scheme that a harm index is set beside first."""
_RELATIVE: Final = frozenset({GAP_LAYER.column, TWO_WAY.column})
"""Layers whose classes are shares of their own map, whatever it is of."""
_WAY: Final = "compare_way"


class Way(StrEnum):
    """What the second map has otherwise."""

    ONE = "One map"
    PERIODS = "Two periods"
    SCHEMES = "Two harm schemes"


@dataclass(frozen=True)
class Beside:
    """The second question, and what it has otherwise."""

    way: Way
    request: ProfileRequest

    def classes_told(self, asked: Asked, layer: CellLayer) -> str:
        """Whether a colour means the same on both maps."""
        if self.way is Way.SCHEMES or layer.column in _RELATIVE:
            return "Each map has classes of its own: compare ranks, not amounts"
        n_months = (asked.request.period.n_months, self.request.period.n_months)
        if layer.column == frames.COUNT and n_months[0] != n_months[1]:
            return f"Colours mean the same on both maps, of {n_months[0]} and {n_months[1]} months"
        return "Colours mean the same on both maps"


def in_time(asked: Asked, beside: Beside) -> tuple[Asked, Asked]:
    """What is on the left and on the right: of two periods the earlier one is on the left."""
    other = asked.over(beside.request)
    if beside.way is Way.PERIODS and _ends(other) < _ends(asked):
        return other, asked
    return asked, other


def ask_way() -> Way:
    """A button that opens the choice of one map or two."""
    with st.popover("Compare", icon=":material/compare:"):
        return Way(st.radio("Show", list(Way), key=_WAY, format_func=str) or Way.ONE)


def chosen_way() -> Way:
    """What was chosen, before the button is drawn."""
    return Way(st.session_state.get(_WAY, Way.ONE))


def ask_beside(asked: Asked, way: Way) -> Beside:
    """The fields over the second map."""
    if way is Way.PERIODS:
        return Beside(way, replace(asked.request, period=_ask_period(asked)))
    return Beside(way, replace(asked.request, scheme=_ask_scheme(asked)))


def heading(request: ProfileRequest, way: Way) -> str:
    """What stands over a map of the two."""
    if way is Way.PERIODS:
        return f"**{request.period}**"
    return f"**{literal(scheme_title(request))}**"


def scheme_title(request: ProfileRequest) -> str:
    """What the scheme of a request is called."""
    return cache.harm_schemes()[request.scheme].title


def period_beside(period: Period, months: tuple[Month, ...]) -> Period:
    """The same months a year earlier; else the months before; else the first one loaded."""
    earlier = year_before(period, months)
    if earlier is not None:
        return earlier
    before = [month for month in months if month < period.first][-period.n_months :]
    return Period(before[0], before[-1]) if before else Period(months[0], months[0])


def show_common(asked: Asked, beside: Beside, layer: CellLayer) -> None:
    """What both maps have in common: figures, then the highest cells of either as a table.

    ``asked`` is of the map on the left, ``beside`` of the one on the right.
    """
    first = cache.profile(asked.version, asked.request)
    second = cache.profile(asked.version, beside.request)
    column = layer.column if layer.column in first.frame else frames.DENSITY
    compared = compare_profiles(first, second, column)
    _show_cards(compared, first, second, way=beside.way)
    explain(
        "Two maps in figures",
        ("harm_of_area", "cells_in_both", "rank_overlap"),
        key="explain_compare",
    )
    _show_table(asked, beside, compared, decimals=layer.decimals)


def _ask_period(asked: Asked) -> Period:
    usual = period_beside(asked.request.period, asked.months)
    months = asked.months
    since, until = st.columns(2)
    key = f"compare:{asked.request.period}"
    first = since.selectbox(
        "Compared with, from", months, index=months.index(usual.first), key=f"{key}:from"
    )
    last = until.selectbox(
        "Compared with, to", months, index=months.index(usual.last), key=f"{key}:to"
    )
    return Period(first, last)


def _ask_scheme(asked: Asked) -> str:
    schemes = cache.harm_schemes()
    others = [key for key in schemes if key != asked.request.scheme]
    return st.selectbox(
        "Compared with harm scheme",
        others,
        index=others.index(_PLAIN) if _PLAIN in others else 0,
        format_func=lambda key: schemes[key].title,
        key=f"compare_scheme:{asked.request.scheme}",
    )


def _show_cards(compared: Compared, first: HarmProfile, second: HarmProfile, *, way: Way) -> None:
    totals = (compared.first_total, compared.second_total)
    names = ("On the left", "On the right")
    cards = [
        Card(f"Harm {name.lower()}", figure(total), _of(profile, way))
        for name, total, profile in zip(names, totals, (first, second), strict=True)
    ]
    overlap = "no harm" if compared.overlap is None else percent(compared.overlap)
    in_both = f"{compared.n_in_both} of {compared.n_top}"
    show_cards(
        (
            *cards,
            *([_change_card(compared, first, second)] if way is Way.PERIODS else ()),
            Card("Highest on both", in_both, "of the highest 3% of cells"),
            Card("Likeness of the order", overlap, "100% is the same order at the top"),
        )
    )


def change_of(totals: tuple[float, float], n_months: tuple[int, int]) -> float | None:
    """By which share harm a month rose from one period to another; None where nobody can say."""
    if not (totals[0] > 0 and all(n_months)):
        return None
    return (totals[1] / n_months[1]) / (totals[0] / n_months[0]) - 1


def _change_card(compared: Compared, first: HarmProfile, second: HarmProfile) -> Card:
    """How far harm moved; a month's harm where the periods are not of one length."""
    n_months = (len(first.coverage.present), len(second.coverage.present))
    change = change_of((compared.first_total, compared.second_total), n_months)
    unit = "in harm" if n_months[0] == n_months[1] else "in harm a month"
    return Card("Change", change_words(change), f"{unit}, from the left to the right")


def _ends(asked: Asked) -> tuple[Month, Month]:
    return asked.request.period.first, asked.request.period.last


def _of(profile: HarmProfile, way: Way) -> str:
    n_months = len(profile.coverage.present)
    if way is Way.PERIODS:
        return f"{profile.provenance.harm_unit} in {n_months} months"
    return profile.provenance.harm_unit


def _show_table(asked: Asked, beside: Beside, compared: Compared, *, decimals: int) -> None:
    rows = compared.table.head(_MOST_ROWS)
    if rows.empty:
        return
    cells = [int(cell) for cell in rows[frames.CELL]]
    names = cache.cell_names(asked.version, tuple(cells))
    headings = [_words(each, beside.way) for each in (asked.request, beside.request)]
    show_table(
        ("Near", headings[0], "Rank", headings[1], "Rank"),
        [
            (
                names[cell] or "no name nearby",
                figure(row[FIRST], decimals=decimals),
                f"{row[FIRST_RANK]:,}",
                figure(row[SECOND], decimals=decimals),
                f"{row[SECOND_RANK]:,}",
            )
            for cell, row in zip(cells, rows.to_dict("records"), strict=True)
        ],
        name="The highest cells of either map",
    )


def _words(request: ProfileRequest, way: Way) -> str:
    if way is Way.PERIODS:
        return str(request.period)
    return scheme_title(request)
