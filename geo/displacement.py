"""Weighted displacement difference: did events fall, net of what moved next door?

The estimate of A. P. Wheeler and J. H. Ratcliffe, Crime Science 7:11, 2018
(doi:10.1186/s40163-018-0085-5):

    (treated after - before) - (control after - before)
    + (displacement after - before) - (displacement control after - before)

with a variance that is the sum of the counts, each count being Poisson. The harm version
weighs each kind of event: estimate sum of w x estimate, variance sum of w^2 x variance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfc, ndtri

from geo._arrays import (
    as_floats,
    require_finite,
    require_not_negative,
    require_positive,
    require_same_length,
)
from geo.errors import GeoInputError


@dataclass(frozen=True)
class BeforeAfter:
    """Events in one area before and after the start; `area` is its size, in any one unit."""

    before: float
    after: float
    area: float = 1.0


@dataclass(frozen=True)
class Difference:
    """A difference and its interval; negative means fewer events than expected."""

    estimate: float
    variance: float
    low: float
    high: float
    confidence: float

    @property
    def standard_error(self) -> float:
        """Square root of the variance."""
        return float(np.sqrt(self.variance))

    @property
    def z(self) -> float:
        """Estimate over standard error; 0 when no event was counted anywhere."""
        return self.estimate / self.standard_error if self.variance else 0.0

    @property
    def p(self) -> float:
        """Two-sided probability of a difference at least as large by chance."""
        return float(erfc(abs(self.z) / np.sqrt(2)))


def weighted_displacement_difference(
    treated: BeforeAfter,
    control: BeforeAfter,
    *,
    displacement: BeforeAfter | None = None,
    displacement_control: BeforeAfter | None = None,
    period_lengths: tuple[float, float] = (1.0, 1.0),
    confidence: float = 0.95,
) -> Difference:
    """Return the difference, in events per unit of area and of period length.

    With the default areas and `period_lengths` (before, after) of one it is in events. The
    control of the displacement area is its own, not the first control. Raises GeoInputError
    for negative or missing counts, and for a displacement area without its control.
    """
    if (displacement is None) != (displacement_control is None):
        raise GeoInputError(
            "A displacement area and its own control go together, but only one was given."
        )
    signed = [(1, treated), (-1, control), (1, displacement), (-1, displacement_control)]
    estimate = variance = 0.0
    for sign, area in signed:
        if area is not None:
            change, spread = _rate_change(area, period_lengths)
            estimate += sign * change
            variance += spread
    return _with_interval(estimate, variance, confidence)


def weighted_harm_difference(
    differences: Sequence[Difference], harm_days: ArrayLike, *, confidence: float = 0.95
) -> Difference:
    """Return the difference in harm from one difference per kind of event and its weight.

    `harm_days` has one weight per difference. The kinds are taken as independent.
    """
    weights = as_floats(harm_days, "harm weights")
    require_finite(weights, "harm weights")
    require_not_negative(weights, "harm weights")
    require_same_length(differences=np.empty(len(differences)), harm_days=weights)
    estimates = np.array([one.estimate for one in differences])
    variances = np.array([one.variance for one in differences])
    return _with_interval(float(weights @ estimates), float(weights**2 @ variances), confidence)


def _rate_change(area: BeforeAfter, period_lengths: tuple[float, float]) -> tuple[float, float]:
    counts = np.array([area.before, area.after], dtype=np.float64)
    require_finite(counts, "counts before and after")
    require_not_negative(counts, "counts before and after")
    lengths = np.array([require_positive(one, "period length") for one in period_lengths])
    exposure = require_positive(area.area, "area") * lengths
    before, after = counts / exposure
    return float(after - before), float((counts / exposure**2).sum())


def _with_interval(estimate: float, variance: float, confidence: float) -> Difference:
    if not 0 < confidence < 1:
        raise GeoInputError(
            f"The confidence must lie between 0 and 1, but {confidence} was found."
            " Probably a percentage was given; 95 per cent is 0.95."
        )
    reach = float(ndtri(0.5 + confidence / 2) * np.sqrt(variance))
    return Difference(estimate, variance, estimate - reach, estimate + reach, confidence)
