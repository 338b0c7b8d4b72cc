"""Where one more session closes most of a gap: greedy maximal coverage.

The problem is the maximal covering location problem of Church and ReVelle, 1974
(doi:10.1007/BF01942293), with needs that may be met in part. What a set of sessions closes
grows by ever less as the set grows (it is monotone and submodular), so choosing the best one
step after the other closes at least 1 - (1 - 1/k)^k of what the best set of k could, which is
never below 1 - 1/e or 63 %: Nemhauser, Wolsey and Fisher, 1978 (doi:10.1007/BF01588971).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from geo._arrays import Ints, as_amounts, require_same_length
from geo.errors import GeoInputError
from geo.reach import unmet


@dataclass(frozen=True)
class Step:
    """One choice: which candidate, what it closed, and what is left open after it."""

    candidate: int
    closed: float
    gap: float
    cells: Ints
    """Positions of the cells whose gap became smaller."""


def proven_share(steps: int) -> float:
    """The least share of the best possible that ``steps`` greedy choices close."""
    if steps < 1:
        raise GeoInputError(f"At least one step is needed, but {steps} were asked for.")
    return float(1 - (1 - 1 / steps) ** steps)


def greedy_coverage(
    reach: csr_array, *, need: ArrayLike, provided: ArrayLike, amount: ArrayLike, steps: int
) -> tuple[Step, ...]:
    """The candidates that close most of the gap, one after the other, each at most once.

    ``reach`` is cells by candidates; ``need`` and ``provided`` are per cell, ``amount`` is what
    each candidate would add to the cells it reaches. Of candidates that close the same the
    first is taken; there are fewer steps where nothing is left that would close anything.
    """
    proven_share(steps)
    open_cells = _OpenCells(reach, need, provided, amount)
    taken: list[Step] = []
    while len(taken) < steps and (step := open_cells.take_best()) is not None:
        taken.append(step)
    return tuple(taken)


class _OpenCells:
    """Cells whose need is not met yet, as candidates are taken."""

    def __init__(
        self, reach: csr_array, need: ArrayLike, provided: ArrayLike, amount: ArrayLike
    ) -> None:
        columns = reach.tocsc()
        self._needs = as_amounts(need, "needs")
        self._amounts = as_amounts(amount, "amounts")
        self._supply = as_amounts(provided, "provisions").copy()
        require_same_length(cells=np.empty(columns.shape[0]), needs=self._needs)
        require_same_length(candidates=np.empty(columns.shape[1]), amounts=self._amounts)
        self._gap = unmet(self._needs, self._supply)
        self._begins, self._cell = columns.indptr, columns.indices
        self._candidate = np.repeat(np.arange(columns.shape[1]), np.diff(columns.indptr))
        self._is_left = np.ones(columns.shape[1], dtype=np.bool_)

    def take_best(self) -> Step | None:
        """Take the candidate that closes most; None when none closes anything."""
        offered = self._needs[self._cell] * self._amounts[self._candidate]
        closes = np.minimum(offered, self._gap[self._cell])
        gains = np.bincount(self._candidate, weights=closes, minlength=len(self._amounts))
        gains *= self._is_left
        if not gains.max(initial=0.0) > 0:
            return None
        return self._take(int(gains.argmax()))

    def _take(self, candidate: int) -> Step:
        reached = self._cell[self._begins[candidate] : self._begins[candidate + 1]]
        self._supply[reached] += self._amounts[candidate]
        self._is_left[candidate] = False
        before, self._gap = self._gap, unmet(self._needs, self._supply)
        return Step(
            candidate=candidate,
            closed=float((before - self._gap).sum()),
            gap=float(self._gap.sum()),
            cells=np.flatnonzero(self._gap < before).astype(np.int64),
        )
