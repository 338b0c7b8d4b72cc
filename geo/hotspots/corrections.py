"""Adjusted p-values, by the name of the correction for having tested many cells.

- Benjamini-Hochberg: false discovery rate, tests independent or positively dependent
  (1995, doi:10.1111/j.2517-6161.1995.tb02031.x).
- Benjamini-Yekutieli: false discovery rate under any dependence
  (2001, doi:10.1214/aos/1013699998).
- Bonferroni: chance of even one false hotspot.
- none: p as it is, for comparison only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from geo._arrays import Floats
from geo.errors import GeoInputError


def adjust(p: Floats, *, correction: str | None) -> Floats:
    """Return the adjusted p-values, shape (tests,), in the order given.

    `correction` is a name in CORRECTIONS or in ABBREVIATIONS, in either case of letters;
    raises GeoInputError for any other.
    """
    return CORRECTIONS[full_name(correction)](p)


def full_name(correction: str | None) -> str:
    """Return the name under which a correction is listed; None is no correction."""
    name = str(correction).casefold()
    name = ABBREVIATIONS.get(name, name)
    if name not in CORRECTIONS:
        raise GeoInputError(
            f"There is no correction called {correction!r}; name one of: {', '.join(CORRECTIONS)}."
        )
    return name


def _step_up(p: Floats, factor: float = 1.0) -> Floats:
    """Return the smallest factor x m / rank x p over all ranks from one's own upwards."""
    order = np.argsort(p, kind="stable")
    scaled = p[order] * (factor * p.size / np.arange(1, p.size + 1))
    adjusted = np.empty(p.size)
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(adjusted, 1.0)


def _benjamini_yekutieli(p: Floats) -> Floats:
    return _step_up(p, factor=float(np.sum(1 / np.arange(1, p.size + 1))))


def _bonferroni(p: Floats) -> Floats:
    return np.minimum(p * p.size, 1.0)


ABBREVIATIONS: Final = {
    "bh": "benjamini-hochberg",
    "fdr": "benjamini-hochberg",
    "by": "benjamini-yekutieli",
}

CORRECTIONS: Final[dict[str, Callable[[Floats], Floats]]] = {
    "benjamini-hochberg": _step_up,
    "benjamini-yekutieli": _benjamini_yekutieli,
    "bonferroni": _bonferroni,
    "none": np.copy,
}
