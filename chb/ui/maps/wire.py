"""Cells as a few kilobytes, in two parts: where they lie, and the class and value of each.

Where they lie is a lattice and runs of steps; it is the same text for every layer, month
and scheme of an area, so that whoever looks at another of them is sent the second part
only. Values are kept as whole numbers up to LARGEST_NUMBER of the square root of their
share of the largest, so that small values of a skewed column keep their digits; what
travels is the step from the cell before, which is small where a surface is smooth. The
map shows them in tooltips only, every figure on the page comes from the frame itself.

Numbers from 0 to 63 are written as one character each, which compresses better than
bytes do in base64: what is alike stays alike.
"""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.lattice import Lattice, fit_lattice

LARGEST_NUMBER: Final = 2_047
"""A step between two such numbers, its sign folded in, has two digits."""
FIRST_DIGIT: Final = ord("0")
N_DIGITS: Final = 64
_MOST_AREAS: Final = 16
"""Whose packed positions are kept: an area at one resolution each."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PackedCells:
    """The two JSON texts of a layer of cells."""

    cells: str
    """Where they lie; the same whatever is shown of them."""
    classes: str
    """Class and value of each, in the order of the first text."""


def pack_cells(
    cells: NDArray[np.uint64], values: Floats, classes: NDArray[np.uint8]
) -> PackedCells:
    """Pack a layer of cells; the order in which they come does not matter.

    Args:
        cells: H3 indices of one resolution, shape (n,).
        values: shape (n,), not negative; NaN where there is no value.
        classes: shape (n,), see `chb.ui.maps.classes`.

    Raises:
        GeoInputError: the cells do not lie on one lattice.
    """
    by_index = np.argsort(cells)
    where, drawn = _where(cells[by_index].tobytes())
    order = by_index[drawn]
    packed = {**_value_part(values[order]), "classes": _digits(classes[order])}
    return PackedCells(where, _dump(packed))


@functools.lru_cache(_MOST_AREAS)
def _where(ordered: bytes) -> tuple[str, NDArray[np.int64]]:
    """Text of where cells lie, and the order in which they are drawn.

    ``ordered`` are the bytes of H3 indices in ascending order: a set of cells has one text.
    """
    lattice = fit_lattice(np.frombuffer(ordered, dtype=np.uint64))
    drawn = np.lexsort((lattice.steps[:, 0], lattice.steps[:, 1]))
    return _dump(_lattice_part(lattice, drawn)), drawn


def _lattice_part(lattice: Lattice, order: NDArray[np.int64]) -> dict[str, Any]:
    runs = _runs(lattice.steps[order])
    return {
        "matrix": [float(number) for number in lattice.matrix.ravel()],
        "count": len(order),
        "runs": _base64(b"".join(_varint(number) for number in runs)),
    }


def _value_part(values: Floats) -> dict[str, Any]:
    known = np.nan_to_num(values, nan=0.0)
    largest = float(known.max(initial=0.0))
    roots = np.sqrt(known / largest) if largest > 0 else known
    numbers = np.round(roots * LARGEST_NUMBER).astype(np.int64)
    steps = _folded(np.diff(numbers, prepend=0))
    # Apart, because the high ones repeat, and compress.
    low, high = steps % N_DIGITS, steps // N_DIGITS
    return {"largest": largest, "low": _digits(low), "high": _digits(high)}


def _folded(signed: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, -1, 1, -2 become 0, 1, 2, 3."""
    return np.where(signed >= 0, 2 * signed, -2 * signed - 1)


def _runs(steps: NDArray[np.int64]) -> Iterable[int]:
    """Three numbers for each run of neighbours in a row: rows on, steps from the last end, length.

    ``steps`` are sorted by j, then i. The second number is signed, and folded.
    """
    i, j = steps[:, 0], steps[:, 1]
    starts = np.flatnonzero(np.r_[True, (np.diff(j) != 0) | (np.diff(i) != 1)])
    lengths = np.diff(starts, append=len(steps))
    ends = i[starts] + lengths
    rows_on = np.diff(j[starts], prepend=0)
    gaps = _folded(i[starts] - np.r_[0, ends[:-1]])
    return (int(n) for n in np.column_stack([rows_on, gaps, lengths - 1]).ravel())


def _varint(number: int) -> bytes:
    """Seven bits a byte, least first; the top bit says that more follow."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _digits(numbers: NDArray[np.integer[Any]]) -> str:
    """A character for each number from 0 to 63."""
    return (numbers + FIRST_DIGIT).astype(np.uint8).tobytes().decode("ascii")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _dump(plain: dict[str, Any]) -> str:
    return json.dumps(plain, separators=(",", ":"))
