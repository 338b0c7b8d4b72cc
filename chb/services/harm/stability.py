"""Does a cell stay hot when the analyst chooses otherwise?

Every map is drawn again under each combination of harm scheme, bandwidth, resolution, shift
of the grid and year, and each cell of the asked resolution is told how often it was among the
hottest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from chb.domain.access.permissions import Permission
from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.analysis import Analysis, panel_provenance
from chb.services.harm.harm_panel import Floats, HarmPanel, open_panel
from chb.services.harm.incidents import harm_of
from chb.services.harm.schemes import find_scheme, harm_schemes
from chb.services.harm.shifted_grids import Shift, ShiftedGrid, shifted_grid
from chb.services.harm.study import ProfileRequest, refusing
from chb.services.progress import ProgressReport, silent
from chb.services.workspace import Workspace
from geo import frames
from geo.crs import project
from geo.density import kernel_densities
from geo.hotspots.selection import top_cells
from geo.hotspots.stability import Stability, stability

GRID_SHIFTS: Final[tuple[Shift, ...]] = ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5))
BANDWIDTH_FACTORS: Final = (1.0, 1.25, 1.5)


@dataclass(frozen=True)
class StabilityRequest:
    """Which choices are varied. Empty means: the usual ones around what the profile asks.

    These are every scheme there is, bandwidths of 1, 1.25 and 1.5 times the asked one, the
    asked resolution and the next finer, and each whole year of the period, counted from its
    end. ``top_share`` is the share of cells that count as the hottest.
    """

    profile: ProfileRequest
    schemes: tuple[str, ...] = ()
    bandwidths_m: tuple[float, ...] = ()
    resolutions: tuple[int, ...] = ()
    shifts: tuple[Shift, ...] = GRID_SHIFTS
    top_share: float = 0.05


@dataclass(frozen=True)
class StabilityMap(Analysis):
    """``cells`` has one row a cell with its share of runs; ``table`` one row a run."""

    request: StabilityRequest
    stability: Stability


@dataclass(frozen=True, order=True)
class _Run:
    """One map: the choices it was drawn under."""

    year: str
    resolution: int
    shift: Shift
    bandwidth_m: float
    scheme: str


@dataclass(frozen=True)
class _Plan:
    """The request with its choices filled in."""

    request: StabilityRequest
    panel: HarmPanel
    schemes: tuple[str, ...]
    bandwidths_m: tuple[float, ...]
    resolutions: tuple[int, ...]
    years: tuple[Period, ...]


@needs(Permission.SEE_HARM_FIGURES)
def map_stability(
    ws: Workspace, request: StabilityRequest, *, progress: ProgressReport = silent
) -> StabilityMap:
    """Draw the map under every combination of choices and say which cells stay among the hottest.

    Raises Refusal when fewer than two maps can be drawn, and for unknown schemes.
    """
    if not 0 < request.top_share < 1:
        raise Refusal(
            "The hottest cells are a share of all, above 0 and below 1",
            found=f"Found {request.top_share:g}",
            cause="A percentage was probably given",
            remedy="5 per cent is 0.05",
        )
    with refusing():
        plan = _plan(ws, request)
        runs, maps = _drawn(plan, progress)
        k = max(1, round(request.top_share * len(plan.panel.study.cells)))
        found = stability(maps, k=k)
    return StabilityMap(
        area=plan.panel.study.area,
        shape=plan.panel.study.shape,
        cells=_cells(plan, found),
        table=_table(plan, runs, maps, k),
        outlines=None,
        coverage=plan.panel.coverage,
        provenance=panel_provenance(
            plan.panel, choices=_choices(plan, found), caveats=_caveats(plan), made_at=ws.now()
        ),
        request=request,
        stability=found,
    )


def _plan(ws: Workspace, request: StabilityRequest) -> _Plan:
    asked = request.profile
    schemes = request.schemes or (asked.scheme, *sorted(set(harm_schemes()) - {asked.scheme}))
    for scheme in schemes:
        find_scheme(scheme)
    bandwidths = request.bandwidths_m or tuple(
        asked.bandwidth_m * factor for factor in BANDWIDTH_FACTORS
    )
    return _Plan(
        request=request,
        panel=open_panel(ws, asked, reach_m=2 * max(bandwidths)),
        schemes=schemes,
        bandwidths_m=bandwidths,
        resolutions=request.resolutions or (asked.resolution, asked.resolution + 1),
        years=tuple(_years(asked.period)),
    )


def _years(period: Period) -> Iterator[Period]:
    """Whole years of the period from its end backwards; the period itself if it is shorter."""
    if period.n_months < 12:
        yield period
    for n_before in range(0, period.n_months - 11, 12):
        last = period.last.plus(-n_before)
        yield Period(last.plus(-11), last)


def _drawn(plan: _Plan, progress: ProgressReport) -> tuple[list[_Run], Floats]:
    """Every run, and its map on the asked cells, shape (runs, cells)."""
    runs: list[_Run] = []
    maps: list[Floats] = []
    steps = list(product(plan.resolutions, plan.request.shifts, plan.years))
    grids: dict[tuple[int, Shift], ShiftedGrid] = {}
    for done, (resolution, shift, year) in enumerate(steps):
        progress(done, len(steps), f"resolution {resolution}, {year}")
        if (resolution, shift) not in grids:
            grids[resolution, shift] = shifted_grid(plan.panel, resolution, shift)
        grid = grids[resolution, shift]
        wide = [width for width in plan.bandwidths_m if width >= grid.spacing_m]
        if not wide or not _has_months(plan.panel, year):
            continue
        densities = _densities(plan, grid, year, wide)
        for at, width in enumerate(wide):
            for column, scheme in enumerate(plan.schemes):
                runs.append(_Run(str(year), resolution, shift, width, scheme))
                maps.append(grid.on_asked_cells(densities[:, at, column]))
    progress(len(steps), len(steps), "done")
    return runs, np.array(maps).reshape(len(maps), len(plan.panel.study.cells))


def _has_months(panel: HarmPanel, year: Period) -> bool:
    return any(month in year for month in panel.coverage.present)


def _densities(
    plan: _Plan, grid: ShiftedGrid, year: Period, bandwidths_m: Sequence[float]
) -> Floats:
    """Densities at the grid's centres, shape (grid cells, bandwidths, schemes)."""
    panel = plan.panel
    chosen = np.array([month in year for month in panel.months])[panel.month]
    rows = panel.events.rows.loc[chosen]
    weights = np.column_stack([harm_of(rows, find_scheme(scheme)) for scheme in plan.schemes])
    return kernel_densities(
        *project(rows["longitude"].to_numpy(), rows["latitude"].to_numpy()),
        weights,
        grid.at_x,
        grid.at_y,
        bandwidths_m=bandwidths_m,
        kernel=plan.request.profile.kernel,
    )


def _cells(plan: _Plan, found: Stability) -> pd.DataFrame:
    panel = plan.panel
    return pd.DataFrame(
        {
            frames.CELL: panel.study.cells,
            frames.AREA_KM2: panel.areas_km2,
            "share_of_runs": found.share,
            "steadiness": found.steadiness,
        }
    )


def _table(plan: _Plan, runs: list[_Run], maps: Floats, k: int) -> pd.DataFrame:
    """One row a run, with the share of its hottest cells that the asked map has too."""
    tops = [top_cells(one, k=k) for one in maps]
    asked = replace(
        runs[0],
        resolution=plan.request.profile.resolution,
        bandwidth_m=plan.request.profile.bandwidth_m,
        scheme=plan.request.profile.scheme,
    )
    own = tops[runs.index(asked) if asked in runs else 0]
    return pd.DataFrame(
        {
            "year": [run.year for run in runs],
            "resolution": [run.resolution for run in runs],
            "grid_shift": [f"{run.shift[0]:g} east, {run.shift[1]:g} north" for run in runs],
            "bandwidth_m": [run.bandwidth_m for run in runs],
            "scheme": [run.scheme for run in runs],
            "shared_with_asked": [float((top & own).sum() / max(top.sum(), 1)) for top in tops],
        }
    )


def _choices(plan: _Plan, found: Stability) -> tuple[str, ...]:
    rule = found.rule
    return (
        f"{found.n_runs} maps: {len(plan.schemes)} schemes ({', '.join(plan.schemes)}),"
        f" bandwidths {', '.join(f'{width:g}' for width in plan.bandwidths_m)} m, resolutions"
        f" {', '.join(map(str, plan.resolutions))}, {len(plan.request.shifts)} grid shifts,"
        f" years {', '.join(map(str, plan.years))}",
        f"hottest: the top {plan.request.top_share:.1%} of cells ({found.k})",
        f"robust: in at least {rule.robust:.0%} of runs; likely: in at least {rule.likely:.0%};"
        " fragile: in some",
        "grid shifts are shares of the spacing of centres; a finer grid is averaged over each"
        " cell, a coarser or shifted one read at its centre",
        "a bandwidth below the spacing of a resolution is left out at that resolution",
    )


def _caveats(plan: _Plan) -> tuple[str, ...]:
    if len(plan.years) > 1:
        return ()
    return ("One year only: stability over years cannot be seen",)
