"""Points sorted into square bins, so that what is near is found without looking far."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from geo._arrays import Floats, Ints
from geo._compiled import (
    FLOAT,
    INT,
    INTS,
    NOTHING,
    OUT_FLOAT_ROWS,
    OUT_FLOATS,
    OUT_INTS,
    compiled,
    record,
)


class Bins(NamedTuple):
    """Points in the order of their bins, row of bins after row of bins."""

    x: Floats
    y: Floats
    weights: Floats  # (columns, points)
    starts: Ints  # the first point of each bin, and one more
    west: float
    south: float
    side: float
    n_across: int
    n_up: int
    longest: int  # the most points in three neighbouring bins of a row


BINS = record(
    [OUT_FLOATS, OUT_FLOATS, OUT_FLOAT_ROWS, OUT_INTS, FLOAT, FLOAT, FLOAT, INT, INT, INT], Bins
)


def binned(x: Floats, y: Floats, weights: Floats, reach_m: float) -> Bins:
    """Return the points (at least one) in bins no narrower than `reach_m`.

    One far-away point must not cost memory: bins are widened until they are not many more
    than the points.
    """
    west, south = float(x.min()), float(y.min())
    width, height = float(x.max()) - west, float(y.max()) - south
    side = reach_m * (1 + 1e-9)  # so that rounding never puts a point two bins away
    while (width / side + 1) * (height / side + 1) > max(65_536, 2 * x.size):
        side *= 2
    n_across, n_up = int(width / side) + 1, int(height / side) + 1
    bin_of = ((y - south) / side).astype(np.int64) * n_across + ((x - west) / side).astype(np.int64)
    counts = np.bincount(bin_of, minlength=n_across * n_up)
    starts = np.concatenate([[0], np.cumsum(counts)])
    order = np.empty(x.size, np.int64)
    _order_by_bin(bin_of, starts, order)
    sides = np.pad(counts.reshape(n_up, n_across), ((0, 0), (1, 1)))
    longest = int((sides[:, :-2] + sides[:, 1:-1] + sides[:, 2:]).max())
    columns = np.ascontiguousarray(weights[:, order])
    return Bins(x[order], y[order], columns, starts, west, south, side, n_across, n_up, longest)


@compiled(NOTHING(INTS, INTS, OUT_INTS))
def _order_by_bin(bin_of: Ints, starts: Ints, order: Ints) -> None:
    """Write the points' order by bin: a counting sort, stable within a bin."""
    place = starts.copy()
    for point in range(bin_of.size):
        order[place[bin_of[point]]] = point
        place[bin_of[point]] += 1
