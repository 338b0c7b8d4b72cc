"""Can a hidden count be worked out from the published ones? An exact answer by integer bounds.

Whoever reads several outputs may add and subtract them. What they can conclude is a
system of sums over counts that are whole and not negative: a hidden sum is recovered when
only one value fits. The bounds are those of the "feasibility interval" of statistical
disclosure control (Hundepool et al. 2012, Statistical Disclosure Control, chapter 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from geo._arrays import Flags, Floats, Ints, as_floats, require_not_negative, require_same_length
from geo.errors import GeoInputError

MOST_SUMS: Final = 5_000
_UNBOUNDED: Final = (3, 4)
"""HiGHS calls a problem unbounded, or unbounded or infeasible; ours always has a solution."""


@dataclass(frozen=True)
class Release:
    """What is told about counts: sums over sets of them, some of them withheld.

    ``members`` has shape (sums, counts) and says which counts each sum is over; a single
    count is a sum over itself. ``values`` are the true sums, shape (sums,), and ``hidden``
    says which of them are withheld.
    """

    members: Flags
    values: Ints
    hidden: Flags

    @classmethod
    def of(cls, counts: ArrayLike, members: Flags, hidden: ArrayLike | None = None) -> Release:
        """The sums of ``counts``, shape (counts,), over each set; none withheld by default."""
        known = as_floats(counts, "counts")
        require_not_negative(known, "counts")
        sets = np.asarray(members, dtype=np.bool_)
        if sets.ndim != 2 or sets.shape[1] != known.size or len(sets) > MOST_SUMS:
            raise GeoInputError(
                f"The sums are over {known.size} counts, but sets of shape {sets.shape} were"
                f" found; at most {MOST_SUMS:,} sums are checked. Probably another table's sets."
            )
        withheld = np.zeros(len(sets), np.bool_) if hidden is None else np.asarray(hidden, np.bool_)
        require_same_length(sums=sets, hidden=withheld)
        return cls(sets, (sets @ known).astype(np.int64), withheld)

    def hiding(self, hidden: Flags) -> Release:
        """The same sums with others withheld."""
        return Release(self.members, self.values, hidden)

    def joined(self, other: Release) -> Release:
        """Both releases about the same counts: what somebody who holds both may subtract."""
        return Release(
            np.vstack([self.members, other.members]),
            np.concatenate([self.values, other.values]),
            np.concatenate([self.hidden, other.hidden]),
        )


def interval(release: Release, sum_at: int) -> tuple[float, float]:
    """The lowest and highest value that a sum can have, given all that is published.

    The reader is taken to know that nothing is withheld that is nought.
    """
    rules = _what_is_known(release)
    goal = release.members[sum_at].astype(np.float64)
    return _least(goal, rules), -_least(-goal, rules)


def recoverable(release: Release, *, least: int = 5) -> Ints:
    """Positions of withheld sums of 1 to ``least`` - 1 of which only one value fits."""
    small = release.hidden & (release.values >= 1) & (release.values < least)
    return np.array([at for at in np.flatnonzero(small) if is_recoverable(release, int(at))], int)


def is_recoverable(release: Release, sum_at: int) -> bool:
    """Whether only one value fits a withheld sum."""
    low, high = interval(release, sum_at)
    return low == high


@dataclass(frozen=True)
class _Rules:
    constraints: tuple[LinearConstraint, ...]
    n_counts: int


def _what_is_known(release: Release) -> _Rules:
    published = ~release.hidden
    sums = release.members.astype(np.float64)
    lowest = np.where(published, release.values, 1.0)
    highest = np.where(published, release.values, np.inf)
    return _Rules((LinearConstraint(sums, lowest, highest),), sums.shape[1])


def _least(goal: Floats, rules: _Rules) -> float:
    found = milp(
        goal,
        constraints=rules.constraints,
        integrality=np.ones(rules.n_counts),
        bounds=Bounds(0, np.inf),
    )
    if found.success:
        return float(np.round(found.fun))
    if found.status in _UNBOUNDED:
        return -np.inf
    raise GeoInputError(
        f"The published sums do not fit together ({found.message}). Probably sums of"
        " different editions of the counts were joined."
    )


def single_counts(n: int) -> NDArray[np.bool_]:
    """Sets of one count each, shape (n, n)."""
    return np.eye(n, dtype=np.bool_)
