"""Measures of how much of what came later fell inside the hotspots.

With n of N events (or harm) later inside hotspots that cover a of an area A:

- hit rate: n / N
- PAI, prediction accuracy index: (n / N) / (a / A); S. Chainey, L. Tompson and S. Uhlig,
  Security Journal 21, 2008 (doi:10.1057/palgrave.sj.8350066)
- PEI, prediction efficiency index: PAI over the best PAI any hotspots of the same area could
  have had afterwards; J. M. Hunt, Do crime hot spots move?, American University, 2016
- RRI, recapture rate index: (n / N) over the same share in the earlier period; N. Levine,
  Security Journal 21, 2008, pages 295-302. Above 1 the hotspots hold more than they did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from geo._arrays import (
    Flags,
    Floats,
    as_floats,
    require_finite,
    require_not_negative,
    require_same_length,
)
from geo.errors import GeoInputError


@dataclass(frozen=True)
class Scores:
    """The measures and their denominators; NaN where a denominator is zero."""

    inside: float
    total: float
    area_inside_km2: float
    area_km2: float
    inside_before: float
    total_before: float
    best_inside: float

    @property
    def hit_rate(self) -> float:
        """Share of what came later that fell inside."""
        return _ratio(self.inside, self.total)

    @property
    def pai(self) -> float:
        """Hit rate over the share of the area."""
        return _ratio(self.hit_rate, _ratio(self.area_inside_km2, self.area_km2))

    @property
    def pei(self) -> float:
        """PAI over the best possible PAI at the same area, from 0 to 1."""
        return _ratio(self.inside, self.best_inside)

    @property
    def recapture_rate_index(self) -> float:
        """Hit rate over the share that was inside in the earlier period."""
        return _ratio(self.hit_rate, _ratio(self.inside_before, self.total_before))


def score(hot: Flags, earlier: ArrayLike, later: ArrayLike, areas_km2: ArrayLike) -> Scores:
    """Return the scores of hot cells, found on the earlier amounts, against the later ones.

    All are one value per cell. Raises GeoInputError for missing or negative amounts, for
    areas not above zero and when no cell is hot.
    """
    before, after = as_floats(earlier, "earlier amounts"), as_floats(later, "later amounts")
    areas = as_floats(areas_km2, "cell areas")
    require_same_length(hot=hot, earlier=before, later=after, areas_km2=areas)
    for column, name in ((before, "earlier amounts"), (after, "later amounts")):
        require_finite(column, name)
        require_not_negative(column, name)
    if not (areas > 0).all():
        raise GeoInputError("Every cell needs an area above zero; at least one has none.")
    if not np.any(hot):
        raise GeoInputError("No cell is hot, so there is nothing to score. Lower the threshold.")
    area_inside = float(areas[hot].sum())
    return Scores(
        inside=float(after[hot].sum()),
        total=float(after.sum()),
        area_inside_km2=area_inside,
        area_km2=float(areas.sum()),
        inside_before=float(before[hot].sum()),
        total_before=float(before.sum()),
        best_inside=_most_within(after, areas, area_inside),
    )


def _most_within(amounts: Floats, areas: Floats, area: float) -> float:
    """Return the most that an area of this size could hold, taking the last cell in part."""
    density = amounts / areas
    enough = min(areas.size, int(np.ceil(area / areas.min())))  # no more cells than this fit
    some = np.argpartition(-density, enough - 1)[:enough]
    order = some[np.argsort(-density[some])]
    room = area - (np.cumsum(areas[order]) - areas[order])
    return float(amounts[order] @ np.clip(room / areas[order], 0, 1))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
