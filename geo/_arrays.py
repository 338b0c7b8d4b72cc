"""Checks shared by the array-level statistics: each turns bad input into a sentence."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.errors import GeoInputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ShortInts = NDArray[np.int32]
Flags = NDArray[np.bool_]


def as_floats(values: ArrayLike, name: str, *, ndim: int = 1) -> Floats:
    """Return `values` as a contiguous float array of `ndim` dimensions, copying only if needed."""
    try:
        array = np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise GeoInputError(
            f"The {name} are not all numbers ({error}). Probably a text column was passed;"
            " convert it to numbers first."
        ) from error
    if array.ndim != ndim:
        raise GeoInputError(
            f"The {name} must have {ndim} dimension(s), but {array.ndim} were found."
            " Probably a table was passed where a column was meant, or the reverse."
        )
    return array


def require_finite(values: Floats, name: str) -> None:
    """Refuse NaN and infinity, naming the first bad row."""
    bad = ~np.isfinite(values)
    if bad.any():
        row = int(np.argwhere(bad)[0][0])
        raise GeoInputError(
            f"{int(bad.sum())} of the {name} are missing or infinite, the first in row {row}"
            f" (found {values[row]}). Probably records without a location or a value:"
            " set them aside and report how many there were."
        )


def require_not_negative(values: Floats, name: str) -> None:
    """Refuse values below zero, naming the first bad row."""
    if values.size and values.min() < 0:
        bad = np.argwhere(values < 0)
        raise GeoInputError(
            f"{len(bad)} of the {name} are negative, the first in row {int(bad[0][0])}"
            f" (found {values[tuple(bad[0])]}). Probably a difference or an error code was"
            " read as an amount."
        )


def as_amounts(values: ArrayLike, name: str) -> Floats:
    """Return `values` as finite floats of nought or more, or refuse them."""
    amounts = as_floats(values, name)
    require_finite(amounts, name)
    require_not_negative(amounts, name)
    return amounts


def require_same_length(**columns: ArrayLike) -> None:
    """Refuse columns that are meant to go together and do not have the same length."""
    lengths = {name: np.shape(column)[0] for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise GeoInputError(
            f"These columns must have the same number of rows, but found {found}."
            " Probably one of them was filtered and the others were not."
        )


def require_positive(value: float, name: str) -> float:
    """Return `value` as a float if it is finite and above zero, else refuse it."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not (np.isfinite(number) and number > 0):
        raise GeoInputError(
            f"The {name} must be a number above zero, but {value!r} was found."
            " Probably the field was left empty or a sign slipped in."
        )
    return number
