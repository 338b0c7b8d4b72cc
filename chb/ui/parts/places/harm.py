"""How harm moved at a place, beside the ring round it and the rest of its area."""

from __future__ import annotations

from typing import Final

import numpy as np
import streamlit as st

from chb.domain.places.places import Place
from chb.services.places.harm_changes import YearOnYear, year_on_year
from chb.services.places.harm_series import HarmSeries, SeriesRequest
from chb.services.places.zones import Zone
from chb.ui import cache, place_cache
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import show_table
from chb.ui.parts.places.harm_chart import COLOURS, show_index, show_zone
from chb.ui.parts.words import change_words, day_words, figure, literal

_MEASURES: Final = {"Harm": "harm_days", "Incidents": "count"}
_INDEXED, _IN_FIGURES = "Indexed", "In figures"
_FIGURES: Final = ("place_harm_month", "place_harm_index", "place_harm_year")
_SCHEME: Final = "cchi-2026"


def show_harm(place: Place, listed: tuple[Place, ...]) -> None:
    """What is asked, the three zones in a figure each, and the months as a chart and a table."""
    del listed
    asked, measure, way = _ask(place)
    series = place_cache.harm_series(cache.data_version(), asked, place.version)
    column = _MEASURES[measure]
    changes = year_on_year(series, column)
    show_cards(_card(each, unit=unit_words(series, measure)) for each in changes)
    st.write(told(changes, measure))
    _show_chart(series, column, place=place, is_indexed=way == _INDEXED)
    explain(
        f"{measure} of the place, its ring and the rest",
        _FIGURES,
        rules=(*series.choices, *series.caveats),
        key="explain_place_harm",
    )
    for caveat in series.caveats[1:]:
        st.caption(literal(caveat))
    with st.expander("The months as a table"):
        _show_months(series, column)


def told(changes: tuple[YearOnYear, ...], measure: str) -> str:
    """The result in a sentence: what moved, and that it is not yet why."""
    parts = [f"{_moved_words(each)} in {each.zone}" for each in changes]
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}"
    return (
        f"{measure} of the last twelve months against the twelve before: {listed}. "
        "That something moved does not say why: an evaluation compares with other places."
    )


def unit_words(series: HarmSeries, measure: str) -> str:
    """What is counted."""
    return "incidents" if measure == "Incidents" else series.unit


def _ask(place: Place) -> tuple[SeriesRequest, str, str]:
    schemes = cache.harm_schemes()
    first, second, third, fourth = st.columns([1.1, 1.2, 1.8, 1.3], vertical_alignment="bottom")
    measure = _choose(first, "Measure", list(_MEASURES))
    way = _choose(second, "Shown", [_INDEXED, _IN_FIGURES])
    scheme = third.selectbox(
        "Harm scheme",
        list(schemes),
        index=list(schemes).index(_SCHEME),
        format_func=lambda key: schemes[key].title,
        key="place_harm_scheme",
        persist_state="session",
    )
    versions = {each.version: each for each in reversed(place.boundaries)}
    version = fourth.selectbox(
        "Counted within",
        list(versions),
        format_func=lambda number: (
            f"Boundary version {number}, {day_words(versions[number].valid_from)}"
        ),
        key=f"place_harm_boundary:{place.id}:{place.boundary.version}",
    )
    return SeriesRequest(place.id, scheme=scheme, boundary_version=version), measure, way


def _choose(column: st.delta_generator.DeltaGenerator, label: str, options: list[str]) -> str:
    chosen: str = column.segmented_control(
        label,
        options,
        default=options[0],
        required=True,
        key=f"place_harm_{label}",
        persist_state="session",
    )
    return chosen


def _card(each: YearOnYear, *, unit: str) -> Card:
    return Card(
        _zone_words(each.zone),
        change_words(each.change),
        f"{figure(each.now)} {unit} after {figure(each.before)}; {each.n_incidents[1]:,} incidents "
        f"after {each.n_incidents[0]:,}, in {each.n_months} months that can be compared",
        colour=COLOURS[each.zone],
    )


def _show_chart(series: HarmSeries, column: str, *, place: Place, is_indexed: bool) -> None:
    boundary = series.boundary
    within = f"boundary version {boundary.version} of {day_words(boundary.valid_from)}"
    if is_indexed:
        st.caption(f"100 is the mean of the first twelve months in each; counted within {within}.")
        show_index(series, column, place=place)
        return
    st.caption(f"Each has a scale of its own; counted within {within}.")
    for zone in series.zones:
        st.markdown(f"**{_zone_words(zone)}**")
        show_zone(series, zone, column)


def _show_months(series: HarmSeries, column: str) -> None:
    wide = series.table.pivot(index="month", columns="zone", values=column)
    rows = wide.loc[::-1, [zone.value for zone in series.zones]]
    show_table(
        ("Month", *(_zone_words(zone) for zone in series.zones)),
        [
            (str(month), *("not loaded" if np.isnan(each) else f"{each:,.0f}" for each in values))
            for month, values in zip(rows.index, rows.to_numpy(dtype=float), strict=True)
        ],
        name="Months",
    )


def _moved_words(each: YearOnYear) -> str:
    if each.change is None:
        return "not enough to say"
    if abs(each.change) < 0.005:
        return "as it was"
    verb = "up" if each.change > 0 else "down"
    return f"{verb} {abs(each.change):.0%}"


def _zone_words(zone: Zone) -> str:
    return zone.value[:1].upper() + zone.value[1:]
