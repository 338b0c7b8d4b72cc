"""Compiled loops that find the distinct points among many rows, without sorting the rows."""

from __future__ import annotations

import numpy as np

from geo._arrays import Floats, Ints, ShortInts
from geo._compiled import (
    FLOAT_ROWS,
    FLOATS,
    INT,
    NOTHING,
    OUT_FLOAT_ROWS,
    OUT_SHORT_INTS,
    SHORT_INTS,
    compiled,
)

# Odd constants that spread the bits of both coordinates over the table.
_SPREAD_X = np.uint64(0x9E3779B97F4A7C15)
_SPREAD_Y = np.uint64(0xC2B2AE3D27D4EB4F)


@compiled()
def _hash(x: np.float64, y: np.float64) -> np.int64:
    """Return a well-mixed number of a point from the bit patterns of its coordinates."""
    bits_x = np.float64(x + 0.0).view(np.uint64)  # adding zero turns -0.0 into 0.0
    bits_y = np.float64(y + 0.0).view(np.uint64)
    mixed = bits_x * _SPREAD_X ^ ((bits_y + _SPREAD_X) * _SPREAD_Y)
    mixed = (mixed ^ (mixed >> np.uint64(32))) * _SPREAD_Y
    return np.int64(mixed >> np.uint64(20))


@compiled()
def _grown(first: Ints, x: Floats, y: Floats) -> tuple[ShortInts, Ints]:
    """Return a table of four slots per known point, filled, and twice the room for points."""
    slots = np.full(4 * first.size, -1, np.int32)
    for group in range(first.size):
        slot = _hash(x[first[group]], y[first[group]]) & (slots.size - 1)
        while slots[slot] >= 0:
            slot = (slot + 1) & (slots.size - 1)
        slots[slot] = group
    room = np.empty(2 * first.size, np.int64)
    room[: first.size] = first
    return slots, room


@compiled(INT(FLOATS, FLOATS, OUT_SHORT_INTS))
def number_points(x: Floats, y: Floats, number: ShortInts) -> int:
    """Write the number of each row's point, in order of appearance; return how many there are.

    Open addressing with linear probing. The table grows with the distinct points and not with
    the rows, so that it stays in the processor's cache for snapped data.
    """
    first = np.empty(1 << 10, np.int64)  # the row in which each point appears first
    slots = np.full(1 << 11, -1, np.int32)
    found = 0
    for row in range(x.size):
        slot = _hash(x[row], y[row]) & (slots.size - 1)
        group = slots[slot]
        while group >= 0 and (x[first[group]] != x[row] or y[first[group]] != y[row]):
            slot = (slot + 1) & (slots.size - 1)
            group = slots[slot]
        if group < 0:
            group = found
            slots[slot] = found
            first[found] = row
            found += 1
            if found == first.size:
                slots, first = _grown(first, x, y)
        number[row] = group
    return found


@compiled(NOTHING(SHORT_INTS, FLOAT_ROWS, OUT_FLOAT_ROWS))
def sum_by_number(number: ShortInts, weights: Floats, sums: Floats) -> None:
    """Add the weights (rows, columns) of each point into `sums` (columns, points)."""
    for row in range(number.size):
        for column in range(weights.shape[1]):
            sums[column, number[row]] += weights[row, column]
