"""How often a cell stays among the hottest when the analyst's choices change.

A run is one map under one choice of weight scheme, bandwidth, resolution, grid shift and
year. Varying such choices and reporting what survives is sensitivity analysis in the sense
of A. Saltelli and others, 2008 (doi:10.1002/9780470725184).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo._arrays import Floats, as_floats
from geo.errors import GeoInputError
from geo.hotspots.selection import top_cells


class Steadiness(StrEnum):
    """How far a cell's place among the hottest may be relied on."""

    ROBUST = "robust"
    LIKELY = "likely"
    FRAGILE = "fragile"
    NEVER = "never hottest"


@dataclass(frozen=True)
class StabilityRule:
    """Least shares of the runs in which a cell is among the hottest."""

    robust: float = 0.8
    likely: float = 0.5


DEFAULT_RULE: Final = StabilityRule()


@dataclass(frozen=True)
class Stability:
    """Per cell: share of its runs among the `k` hottest (NaN without runs) and what it means."""

    share: Floats
    steadiness: NDArray[np.str_]
    n_runs: int
    k: int
    rule: StabilityRule


def stability(runs: ArrayLike, *, k: int, rule: StabilityRule = DEFAULT_RULE) -> Stability:
    """Return how steadily each cell is among the `k` hottest.

    `runs` has shape (runs, cells), any scale per run, NaN where a run does not cover a cell.
    Raises GeoInputError for fewer than two runs.
    """
    maps = as_floats(runs, "runs", ndim=2)
    if len(maps) < 2:
        raise GeoInputError(
            f"Stability compares maps, but {len(maps)} run was found. Vary at least one choice."
        )
    hits = sum(top_cells(one, k=k).astype(np.float64) for one in maps)
    n_covered = (~np.isnan(maps)).sum(axis=0)
    share = np.full(maps.shape[1], np.nan)
    np.divide(hits, n_covered, out=share, where=n_covered > 0)
    return Stability(share, _named(share, rule), len(maps), k, rule)


def _named(share: Floats, rule: StabilityRule) -> NDArray[np.str_]:
    steps = [share >= rule.robust, share >= rule.likely, share > 0]
    names = [Steadiness.ROBUST, Steadiness.LIKELY, Steadiness.FRAGILE]
    return np.select(steps, [str(name) for name in names], str(Steadiness.NEVER))
