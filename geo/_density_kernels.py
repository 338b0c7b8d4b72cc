"""Compiled loop of the kernel density: sum the points near each place."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from geo._arrays import Floats
from geo._bins import BINS, Bins
from geo._compiled import FLOAT, FLOATS, INT, NOTHING, OUT_FLOAT_ROWS, compiled, record

QUARTIC, EPANECHNIKOV, GAUSSIAN = 0, 1, 2


class Kernel(NamedTuple):
    """A kernel's kind, height at its centre, and scale; `reach` is in bandwidths."""

    kind: int
    peak: float
    bandwidth: float
    reach: float


_KERNEL = record([INT, FLOAT, FLOAT, FLOAT], Kernel)


@compiled()
def _height(kernel: Kernel, squared: float) -> float:
    """Return the kernel's height, relative to its peak, at a squared distance in bandwidths."""
    if kernel.kind == GAUSSIAN:
        return np.exp(-0.5 * squared) if squared <= kernel.reach * kernel.reach else 0.0
    rest = max(1.0 - squared, 0.0)
    return rest * rest if kernel.kind == QUARTIC else rest


@compiled()
def _bin(position: float, origin: float, side: float, n: int) -> int:
    """Return the bin of a position on one axis, or a number outside ``range(n)`` if far away."""
    return int(np.floor(min(max((position - origin) / side, -2.0), n + 1.0)))


@compiled(NOTHING(BINS, _KERNEL, FLOATS, FLOATS, OUT_FLOAT_ROWS))
def sum_near(bins: Bins, kernel: Kernel, at_x: Floats, at_y: Floats, out: Floats) -> None:
    """Add to `out` (places, columns) the density at each place.

    A bin is as wide as the kernel reaches, so only the three by three bins around a place can
    hold points that count; the three in one row lie next to each other in memory.
    """
    scale = 1.0 / (kernel.bandwidth * kernel.bandwidth)
    heights = np.empty(bins.longest)
    for place in range(at_x.size):
        across = _bin(at_x[place], bins.west, bins.side, bins.n_across)
        up = _bin(at_y[place], bins.south, bins.side, bins.n_up)
        left, right = max(across - 1, 0), min(across + 1, bins.n_across - 1)
        for row in range(max(up - 1, 0), min(up + 1, bins.n_up - 1) + 1):
            if left > right:
                continue
            first = bins.starts[row * bins.n_across + left]
            last = bins.starts[row * bins.n_across + right + 1]
            x, y = bins.x[first:last], bins.y[first:last]
            for i in range(x.size):
                dx, dy = x[i] - at_x[place], y[i] - at_y[place]
                heights[i] = _height(kernel, (dx * dx + dy * dy) * scale)
            for column in range(bins.weights.shape[0]):
                weights = bins.weights[column, first:last]
                total = 0.0
                for i in range(weights.size):
                    total += weights[i] * heights[i]
                out[place, column] += kernel.peak * total
