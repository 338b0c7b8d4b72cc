"""Are events concentrated in few cells, beyond what chance alone would do?

The Gini coefficient, generalised for fewer events than cells by W. Bernasco and W. Steenbeek,
Journal of Quantitative Criminology 33, 2017 (doi:10.1007/s10940-016-9324-7), against a Poisson
null: the same number of events thrown independently onto the cells in proportion to area.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from geo._arrays import (
    Floats,
    as_floats,
    require_finite,
    require_not_negative,
    require_same_length,
)
from geo.errors import GeoInputError


@dataclass(frozen=True)
class Concentration:
    """`excess` is (gini - expected) / (1 - expected): 0 as by chance, 1 all in one cell."""

    gini: float
    expected: float
    excess: float
    p: float
    simulations: int


def generalised_gini(counts: ArrayLike) -> float:
    """Return the Gini coefficient measured from the most equal spread whole events allow."""
    ordered = np.sort(_checked_counts(counts))
    n, total = ordered.size, ordered.sum()
    unequal = 2 * np.arange(1, n + 1) @ ordered / total - n - 1
    return float(max(1 / total, 1 / n) * unequal - max(n / total, 1) + 1)


def concentration(
    counts: ArrayLike, areas_km2: ArrayLike, *, seed: int, simulations: int = 199
) -> Concentration:
    """Compare the concentration of events, one count per cell, with the Poisson null.

    `p` is one-sided, (simulations at least as concentrated + 1) / (simulations + 1). Raises
    GeoInputError for counts that are not whole numbers and when there are no events.
    """
    found, areas = _checked_counts(counts), as_floats(areas_km2, "cell areas")
    require_same_length(counts=found, areas_km2=areas)
    require_finite(areas, "cell areas")
    require_not_negative(areas, "cell areas")
    gini = generalised_gini(found)
    generator = np.random.default_rng(seed)
    thrown = generator.multinomial(int(found.sum()), areas / areas.sum(), size=simulations)
    null = np.array([generalised_gini(one) for one in thrown])
    expected = float(null.mean())
    excess = (gini - expected) / (1 - expected) if expected < 1 else 0.0
    p = (np.count_nonzero(null >= gini) + 1) / (simulations + 1)
    return Concentration(gini, expected, excess, float(p), simulations)


def _checked_counts(counts: ArrayLike) -> Floats:
    found = as_floats(counts, "counts")
    require_finite(found, "counts")
    require_not_negative(found, "counts")
    if (found % 1).any():
        raise GeoInputError(
            "Concentration is measured on whole events, but fractions were found."
            " Probably harm was passed; pass the number of events instead."
        )
    if not found.sum():
        raise GeoInputError("There are no events, so nothing can be concentrated.")
    return found
