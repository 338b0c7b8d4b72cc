"""Hotspots as places: significant or densest cells, grouped, named, followed and ranked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from chb.domain.access.permissions import Permission
from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.analysis import (
    AUTOMATIC_TRANSFORM,
    DEFAULT_SEED,
    Analysis,
    transform_of,
    transformed,
)
from chb.services.harm.harm_panel import Flags, Floats, HarmPanel, Ints, Measure, open_panel
from chb.services.harm.hotspot_history import check_earlier, follow_hotspots
from chb.services.harm.hotspot_table import describe, hotspot_names
from chb.services.harm.priority import Weights, rank_hotspots
from chb.services.harm.profiling import HarmProfile, ProfileRequest, build_profile
from chb.services.harm.study import refusing
from chb.services.workspace import Workspace
from geo import frames
from geo.cells import polygons
from geo.hotspots.clusters import cluster_totals
from geo.hotspots.gi_star import GiStar, gi_star
from geo.hotspots.peaks import divide_at_dips
from geo.hotspots.selection import hottest_area, top_cells

GI_STAR, TOP_SHARE = "gi-star", "top-share"
RULES: Final = (GI_STAR, TOP_SHARE)


@dataclass(frozen=True)
class HotspotRequest:
    """What is called hot, how it is divided into places, and how these are ranked.

    ``saddle_share``: two peaks are one hotspot when the way between them stays at this share
    of the lower; 0 keeps every contiguous patch whole. A cell is a frequency desert when its
    harm is in the top tenth on fewer than ``desert_events`` incidents. ``against`` is an
    earlier period whose hotspots are followed into this one.
    """

    profile: ProfileRequest
    measure: str = Measure.HARM
    transform: str = AUTOMATIC_TRANSFORM
    rule: str = GI_STAR
    correction: str = "benjamini-hochberg"
    alpha: float = 0.05
    permutations: int = 0
    seed: int = DEFAULT_SEED
    share_of_area: float = 0.05
    saddle_share: float = 0.75
    desert_events: int = 10
    against: Period | None = None
    weights: Weights | None = None


@dataclass(frozen=True)
class Hotspots(Analysis):
    """``table`` has one row a hotspot, most harm first; ``cells`` one a cell of the area.

    ``earlier`` has one row a hotspot of the earlier period and says what became of it; empty
    when no earlier period was asked for.
    """

    request: HotspotRequest
    profile: HarmProfile
    earlier: pd.DataFrame


@dataclass(frozen=True)
class _Selection:
    """Gi* of every cell, which are hot, and the number of each one's hotspot from 0, or -1."""

    statistic: GiStar
    hot: Flags
    number: Ints


@needs(Permission.SEE_HARM_FIGURES)
def find_hotspots(ws: Workspace, request: HotspotRequest) -> Hotspots:
    """Find, name, describe, follow and rank the hotspots of an area.

    Raises Refusal for fewer than 30 incidents, all of them on one point, weights that are
    all zero, and for names of a rule, measure, transform or correction that do not exist.
    """
    _check(request)
    with refusing():
        panel = open_panel(ws, request.profile)
        found = _select(panel, request)
        profile = build_profile(ws, request.profile)
        cells = _cells(profile, panel, found, request)
        with ws.reading() as tx:
            table = describe(tx, panel, cells)
        earlier = pd.DataFrame()
        if request.against is not None:
            before = replace(request, profile=replace(request.profile, period=request.against))
            table, earlier = _followed(ws, before, table, found.number)
        ranking = rank_hotspots(table, request.weights)
    return Hotspots(
        area=panel.study.area,
        shape=panel.study.shape,
        cells=cells,
        table=ranking.table,
        outlines=_outlines(panel, found.number),
        coverage=panel.coverage,
        provenance=replace(
            profile.provenance,
            choices=(*profile.provenance.choices, *_choices(request), *ranking.choices),
            caveats=(*profile.provenance.caveats, *_caveats(table), *ranking.caveats),
        ),
        request=request,
        profile=profile,
        earlier=earlier,
    )


def _check(request: HotspotRequest) -> None:
    if request.rule not in RULES:
        raise Refusal(
            f"There is no rule called {request.rule!r} for what is hot",
            remedy=f"Choose one of {', '.join(RULES)}",
        )
    if not 0 < request.alpha < 1:
        raise Refusal(
            "The level of significance lies between 0 and 1",
            found=f"Found {request.alpha:g}",
            cause="A percentage was probably given",
            remedy="5 per cent is 0.05",
        )
    transform_of(request.transform, Measure.named(request.measure))
    if request.against is not None:
        check_earlier(request.against, request.profile.period)


def _select(panel: HarmPanel, request: HotspotRequest) -> _Selection:
    measure = Measure.named(request.measure)
    values = transformed(panel.total(measure), transform_of(request.transform, measure))
    statistic = gi_star(
        values,
        panel.neighbours,
        correction=request.correction,
        permutations=request.permutations,
        seed=request.seed,
        n_events=panel.n_inside,
    )
    density = panel.density(measure)
    if request.rule == GI_STAR:
        hot = statistic.hot(alpha=request.alpha)
    else:
        areas = panel.areas_km2
        hot = hottest_area(density * areas, areas, share_of_area=request.share_of_area)
    peak = divide_at_dips(hot, density, panel.neighbours, saddle_share=request.saddle_share)
    return _Selection(statistic, hot, _numbered(peak, panel))


def _numbered(peak: Ints, panel: HarmPanel) -> Ints:
    """Hotspots numbered from 0, most harm first; -1 for cells in none.

    Cells can be hot by their neighbours alone: a group without a single incident is no place.
    """
    group = np.full(peak.size, -1, np.int64)
    inside = peak >= 0
    group[inside] = np.unique(peak[inside], return_inverse=True)[1]
    harm = cluster_totals(group, panel.total(Measure.HARM))
    kept = np.flatnonzero(cluster_totals(group, panel.total(Measure.COUNT)))
    number = np.full(harm.size + 1, -1, np.int64)  # the last is for "none"
    number[kept[np.argsort(-harm[kept], kind="stable")]] = np.arange(kept.size)
    return np.asarray(number[group], dtype=np.int64)


def _cells(
    profile: HarmProfile, panel: HarmPanel, found: _Selection, request: HotspotRequest
) -> pd.DataFrame:
    harm = profile.frame[frames.HARM_DAYS]
    grave = top_cells(harm, k=max(1, len(harm) // 10))
    return profile.frame.assign(
        z=found.statistic.z,
        p=found.statistic.p,
        p_adjusted=found.statistic.p_adjusted,
        hot=found.hot,
        hotspot=found.number + 1,
        frequency_desert=grave & (profile.frame[frames.COUNT] < request.desert_events),
        persistence=_persistence(panel),
    )


def _persistence(panel: HarmPanel) -> Floats:
    """Share of the loaded months in which a cell was in the hottest tenth of the area."""
    areas = panel.areas_km2
    months = panel.monthly(Measure.HARM)[:, panel.loaded].T
    hot = [hottest_area(month, areas, share_of_area=0.1) for month in months]
    return np.asarray(np.mean(hot, axis=0), dtype=np.float64)


def _followed(
    ws: Workspace, before: HotspotRequest, table: pd.DataFrame, number: Ints
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table with each hotspot's identity, and what became of the hotspots ``before``."""
    panel = open_panel(ws, before.profile)
    found = _select(panel, before)
    with ws.reading() as tx:
        earlier = hotspot_names(tx, panel, found.number)
    return follow_hotspots(table, number, earlier=earlier, earlier_number=found.number)


def _outlines(panel: HarmPanel, number: Ints) -> NDArray[np.object_]:
    cells = polygons(panel.study.cells)
    merged = [shapely.union_all(cells[number == one]) for one in range(number.max(initial=-1) + 1)]
    outlines = np.empty(len(merged), dtype=object)
    outlines[:] = merged
    return outlines


def _choices(request: HotspotRequest) -> tuple[str, ...]:
    transform = transform_of(request.transform, Measure.named(request.measure))
    p_from = f"{request.permutations:,} permutations" if request.permutations else "normal"
    said = [
        f"Gi* on {request.measure}, transform {transform}, p from {p_from},"
        f" correction {request.correction}, alpha {request.alpha:g}, two-sided, empty cells"
        " included, neighbourhood one ring",
        "hot: significant cells with more than expected"
        if request.rule == GI_STAR
        else f"hot: the densest {request.share_of_area:.1%} of the area, by {request.measure}",
        "hot cells that touch are one hotspot, divided where the density between two peaks falls"
        f" below {request.saddle_share:.0%} of the lower"
        if request.saddle_share
        else "hot cells that touch are one hotspot",
        "hot cells without an incident in their whole group belong to no hotspot",
        "frequency desert: harm in the top tenth of cells on fewer than"
        f" {request.desert_events} incidents; a hotspot, when half of its harm lies in such cells",
    ]
    if request.against is not None:
        said.append(
            f"followed from {request.against}: the same hotspot when a quarter of the smaller"
            " one's cells are shared"
        )
    return tuple(said)


def _caveats(table: pd.DataFrame) -> tuple[str, ...]:
    said = []
    if table.empty:
        said.append("No cell is hot under this rule: harm is spread as chance would spread it")
    if table["frequency_desert"].any():
        said.append("Some hotspots are high in harm on few incidents: see frequency_desert")
    return tuple(said)
