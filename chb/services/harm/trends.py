"""Which cells stay hot, become hot, were hot, or come and go; and which rise or fall."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from chb.domain.access.permissions import Permission
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.analysis import (
    AUTOMATIC_TRANSFORM,
    Analysis,
    panel_provenance,
    transform_of,
    transformed,
)
from chb.services.harm.harm_panel import Flags, HarmPanel, Measure, open_panel
from chb.services.harm.place_names import place_names
from chb.services.harm.study import ProfileRequest, refusing
from chb.services.workspace import Workspace
from geo import frames
from geo.cells import centres
from geo.change.classes import DEFAULT_RULE, Change, ChangeRule, change_classes
from geo.change.panel import FEWEST_PERIODS
from geo.change.periods import PeriodStates, gi_star_by_period
from geo.change.space_time import Pattern, space_time_patterns
from geo.change.trend import mann_kendall

SIMPLE, ARCGIS = "simple", "arcgis"
PATTERNS: Final = (SIMPLE, ARCGIS)


@dataclass(frozen=True)
class TrendRequest:
    """How a cell's months are judged.

    ``patterns`` is "simple" (persistent, emerging, former, intermittent, none) or "arcgis"
    (eight patterns). ``recent_months`` is how many months at the end count as recent; by
    default the last quarter of the period.
    """

    profile: ProfileRequest
    measure: str = Measure.HARM
    transform: str = AUTOMATIC_TRANSFORM
    correction: str = "benjamini-hochberg"
    alpha: float = 0.05
    patterns: str = SIMPLE
    recent_months: int | None = None


@dataclass(frozen=True)
class Trends(Analysis):
    """``cells`` has one row a cell; ``table`` one a class, with its cells and their harm."""

    request: TrendRequest
    rule: str


@needs(Permission.SEE_HARM_FIGURES)
def find_trends(ws: Workspace, request: TrendRequest) -> Trends:
    """Class the history of every cell. Raises Refusal for fewer than 10 loaded months."""
    measure = Measure.named(request.measure)
    rule = _rule(request)
    with refusing():
        panel = open_panel(ws, request.profile)
        _require_months(panel)
        states = gi_star_by_period(
            transformed(panel.monthly(measure), transform_of(request.transform, measure)),
            panel.neighbours,
            correction=request.correction,
            alpha=request.alpha,
        )
        cells = _cells(ws, panel, states, request, rule)
    said = _rule_text(request, rule)
    return Trends(
        area=panel.study.area,
        shape=panel.study.shape,
        cells=cells,
        table=_table(cells, request),
        outlines=None,
        coverage=panel.coverage,
        provenance=panel_provenance(panel, choices=(*_choices(request), said), made_at=ws.now()),
        request=request,
        rule=said,
    )


def _rule(request: TrendRequest) -> ChangeRule:
    if request.patterns not in PATTERNS:
        raise Refusal(
            f"There are no patterns called {request.patterns!r}",
            remedy=f"Choose one of {', '.join(PATTERNS)}",
        )
    n_months = request.profile.period.n_months
    if request.recent_months is None:
        return DEFAULT_RULE
    if not 0 < request.recent_months < n_months:
        raise Refusal(
            "The recent months are a part of the period",
            found=f"{request.recent_months} recent months in a period of {n_months}",
            remedy=f"Ask for 1 to {n_months - 1}",
        )
    return replace(DEFAULT_RULE, recent=request.recent_months / n_months)


def _require_months(panel: HarmPanel) -> None:
    n_loaded = int(panel.loaded.sum())
    if n_loaded < FEWEST_PERIODS:
        raise Refusal(
            "Not enough data to speak of change",
            found=f"{n_loaded} of {len(panel.months)} months are loaded;"
            f" at least {FEWEST_PERIODS} are needed",
            cause="The period is short, or months of it were not published or imported",
            remedy="Take a longer period",
        )


def _cells(
    ws: Workspace,
    panel: HarmPanel,
    states: PeriodStates,
    request: TrendRequest,
    rule: ChangeRule,
) -> pd.DataFrame:
    trend = mann_kendall(panel.monthly(Measure.named(request.measure)))
    classes = (
        change_classes(states.hot, rule=rule)
        if request.patterns == SIMPLE
        else space_time_patterns(states)
    )
    frame = pd.DataFrame(
        {
            frames.CELL: panel.study.cells,
            frames.COUNT: panel.total(Measure.COUNT).astype(np.int64),
            frames.HARM_DAYS: panel.total(Measure.HARM),
            frames.AREA_KM2: panel.areas_km2,
            "known_months": (~np.isnan(states.hot)).sum(axis=1),
            "months_hot": np.nansum(states.hot, axis=1).astype(np.int64),
            "trend_z": trend.z,
            "trend_p": trend.p,
            "trend_per_month": trend.slope,
            "change": classes,
        }
    )
    return frame.assign(place_name=_names(ws, panel, frame["months_hot"].to_numpy() > 0))


def _names(ws: Workspace, panel: HarmPanel, ever_hot: Flags) -> list[str]:
    """The place name of cells that were ever hot; the others go without."""
    longitude, latitude = centres(panel.study.cells[ever_hot])
    names = np.full(ever_hot.size, "", dtype=object)
    with ws.reading() as tx:
        names[ever_hot] = place_names(tx, longitude, latitude)
    return list(names)


def _table(cells: pd.DataFrame, request: TrendRequest) -> pd.DataFrame:
    """One row a class, in the order in which they are defined."""
    names = [str(name) for name in (Change if request.patterns == SIMPLE else Pattern)]
    grouped = cells.groupby("change")
    rows = pd.DataFrame(
        {
            "n_cells": grouped.size(),
            frames.COUNT: grouped[frames.COUNT].sum(),
            frames.HARM_DAYS: grouped[frames.HARM_DAYS].sum(),
        }
    ).reindex(names, fill_value=0)
    total = rows[frames.HARM_DAYS].sum()
    return (
        rows.assign(share_of_harm=rows[frames.HARM_DAYS] / (total or 1))
        .astype({"n_cells": "int64", frames.COUNT: "int64"})
        .rename_axis("change")
        .reset_index()
    )


def _choices(request: TrendRequest) -> tuple[str, ...]:
    transform = transform_of(request.transform, Measure.named(request.measure))
    return (
        f"hot in a month: Gi* on {request.measure}, transform {transform}, correction"
        f" {request.correction} within the month, alpha {request.alpha:g}",
        f"trend: Mann-Kendall on the monthly {request.measure} of each cell, median change a month",
    )


def _rule_text(request: TrendRequest, rule: ChangeRule) -> str:
    if request.patterns == ARCGIS:
        return (
            "patterns named as in ArcGIS Emerging Hot Spot Analysis; neighbourhoods and"
            " corrections are ours, so numbers differ from that tool's"
        )
    recent = request.recent_months or max(1, round(rule.recent * request.profile.period.n_months))
    return (
        f"persistent: hot in at least {rule.persistent:.0%} of months; emerging: hot in at least"
        f" {rule.busy:.0%} of the last {recent} months and at most {rule.quiet:.0%} of those"
        f" before; former: the reverse; intermittent: hot in at least {rule.fewest_hot} months"
    )
