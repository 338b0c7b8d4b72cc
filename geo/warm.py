"""Compile every loop of this floor ahead of time, so that no user waits for a compiler.

Loops are compiled, or loaded from the disk cache, when their module is imported; importing
this one is therefore enough. A test holds the list complete.
"""

from __future__ import annotations

from typing import Final

from geo import _bins, _clipping_loops, _density_kernels, _unique_points
from geo.change import trend
from geo.hotspots import _permutations, neighbours

LOOPS: Final = (
    _bins,
    _clipping_loops,
    _density_kernels,
    _unique_points,
    trend,
    _permutations,
    neighbours,
)


def warm() -> int:
    """Return the number of modules whose loops are ready."""
    return len(LOOPS)
