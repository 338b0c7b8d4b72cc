"""Two maps of one area cell by cell: of two periods, or under two harm schemes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chb.services.harm.profiling import HarmProfile
from geo import frames
from geo.validation.rank_overlap import rank_biased_overlap

TOP_SHARE = 0.03
"""The cells called highest: as many as the darkest class has."""

FIRST, SECOND = "first", "second"
FIRST_RANK, SECOND_RANK = "first_rank", "second_rank"


@dataclass(frozen=True)
class Compared:
    """What two maps have in common.

    ``table`` has one row for each cell that is among the highest of either, with the value
    and the rank (1 is highest) on each map, highest on the first map first. ``overlap`` is
    the rank-biased overlap of the two orders from 0 to 1, and None where a map is empty.
    """

    table: pd.DataFrame
    n_top: int
    n_in_both: int
    overlap: float | None
    first_total: float
    second_total: float


def compare_profiles(first: HarmProfile, second: HarmProfile, column: str) -> Compared:
    """Compare two profiles of the same cells by a column; ValueError for other cells."""
    cells = first.frame[frames.CELL].to_numpy()
    if not np.array_equal(cells, second.frame[frames.CELL].to_numpy()):
        raise ValueError("Two maps are compared cell by cell, and these have other cells")
    table = pd.DataFrame({frames.CELL: cells})
    for name, rank, profile in (
        (FIRST, FIRST_RANK, first),
        (SECOND, SECOND_RANK, second),
    ):
        table[name] = profile.frame[column].to_numpy(dtype=np.float64)
        table[rank] = table[name].rank(ascending=False, method="min").astype(np.int64)
    n_top = max(1, round(TOP_SHARE * len(table)))
    top_first, top_second = (_top(table, name, n_top) for name in (FIRST, SECOND))
    chosen = table.loc[table.index.isin(np.union1d(top_first, top_second))]
    return Compared(
        table=chosen.sort_values([FIRST_RANK, SECOND_RANK, frames.CELL], ignore_index=True),
        n_top=n_top,
        n_in_both=len(np.intersect1d(top_first, top_second)),
        overlap=_overlap(top_first, top_second),
        first_total=_total(first),
        second_total=_total(second),
    )


def _top(table: pd.DataFrame, name: str, n_top: int) -> NDArray[np.int64]:
    """Rows of the highest cells, highest first; a cell with nothing is never one of them."""
    above = table.loc[table[name] > 0].sort_values([name, frames.CELL], ascending=[False, True])
    return np.asarray(above.index[:n_top], dtype=np.int64)


def _overlap(one: NDArray[np.int64], other: NDArray[np.int64]) -> float | None:
    return rank_biased_overlap(one, other) if min(len(one), len(other)) else None


def _total(profile: HarmProfile) -> float:
    return float(profile.frame[frames.HARM_DAYS].sum())
