"""From a column of values to five classes and a legend that says what they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

ZERO_CLASS: Final = 0
"""Measured, and nothing there: the cell stays clear."""

MISSING_CLASS: Final = 63
"""Not measured: hatched, never shown as zero."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ClassRow:
    """One line of a legend: what the cells of a colour have in common."""

    number: int
    n_cells: int
    lowest: float
    highest: float
    share_of_total: float
    """Part of the column's sum that lies in these cells, 0 to 1."""


@dataclass(frozen=True)
class Classes:
    """A classified column.

    Attributes:
        numbers: shape (n,), 1 to 5 for least to most, 0 for zero, 63 for missing.
        rows: the classes that have cells, most first.
        n_zero, n_missing: cells that carry no colour, and why.
    """

    numbers: NDArray[np.uint8]
    rows: tuple[ClassRow, ...]
    n_zero: int
    n_missing: int

    @property
    def n_coloured(self) -> int:
        return sum(row.n_cells for row in self.rows)


def classify(values: Floats, shares: tuple[float, float, float, float]) -> Classes:
    """Put values into five classes by the share of the cells above zero that lie below them.

    Args:
        values: shape (n,); NaN where there is no value.
        shares: the four shares, from 0 to 1, that part the classes; equal values
            always share a class, so a class may be empty.
    """
    missing = np.isnan(values)
    coloured = ~missing & (values > 0)
    numbers = np.where(missing, MISSING_CLASS, ZERO_CLASS).astype(np.uint8)
    if coloured.any():
        below = np.searchsorted(np.sort(values[coloured]), values[coloured]) / coloured.sum()
        numbers[coloured] = 1 + np.searchsorted(shares, below, side="right")
    total = float(values[coloured].sum())
    rows = tuple(
        _row(number, values[numbers == number], total)
        for number in range(5, 0, -1)
        if (numbers == number).any()
    )
    return Classes(numbers, rows, int((~missing & ~coloured).sum()), int(missing.sum()))


def breaks_of(values: Floats, shares: tuple[float, float, float, float]) -> tuple[float, ...]:
    """The least values of classes 2 to 5, infinite for a class that no value can reach.

    Cells classed by them fall as ``classify`` puts them, and cells of other months, or of
    another period, fall where they would have stood among these.
    """
    kept = values[~np.isnan(values) & (values > 0)]
    distinct, counts = np.unique(kept, return_counts=True)
    below = (np.cumsum(counts) - counts) / max(len(kept), 1)
    first = np.searchsorted(below, shares, side="left")
    return tuple(float(value) for value in np.append(distinct, np.inf)[first])


def classify_at(values: Floats, breaks: tuple[float, ...]) -> NDArray[np.uint8]:
    """Class of each value, shape (n,), by breaks that were set elsewhere."""
    numbers = 1 + np.searchsorted(breaks, values, side="right")
    numbers = np.where(values > 0, numbers, ZERO_CLASS)
    return np.where(np.isnan(values), MISSING_CLASS, numbers).astype(np.uint8)


def _row(number: int, values: Floats, total: float) -> ClassRow:
    return ClassRow(
        number=number,
        n_cells=len(values),
        lowest=float(values.min()),
        highest=float(values.max()),
        share_of_total=float(values.sum()) / total,
    )
