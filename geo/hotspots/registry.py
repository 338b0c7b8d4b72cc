"""Every hotspot statistic by name; a new one is a module and a line here.

A statistic turns one amount per cell and the cells' neighbourhoods into one score per cell,
higher where more is found than expected. The contract test runs over this table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from geo._arrays import Floats
from geo.hotspots.gi_star import gi_star
from geo.hotspots.neighbours import Neighbours
from geo.hotspots.transforms import square_root, winsorised

Statistic = Callable[[Floats, Neighbours], Floats]


def gi_star_score(values: Floats, near: Neighbours) -> Floats:
    """z of Getis-Ord Gi* (doi:10.1111/j.1538-4632.1995.tb00912.x)."""
    return gi_star(values, near).z


def gi_star_of_square_roots(values: Floats, near: Neighbours) -> Floats:
    """z of Gi* on square roots (doi:10.2307/2983678), which tames a few grave events."""
    return gi_star(square_root(values), near).z


def gi_star_of_winsorised(values: Floats, near: Neighbours) -> Floats:
    """z of Gi* with the largest hundredth capped (doi:10.1214/aoms/1177704711)."""
    return gi_star(winsorised(values), near).z


STATISTICS: Final[dict[str, Statistic]] = {
    "gi-star": gi_star_score,
    "gi-star-square-root": gi_star_of_square_roots,
    "gi-star-winsorised": gi_star_of_winsorised,
}
