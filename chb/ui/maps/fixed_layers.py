"""A layer whose classes were set elsewhere, so that several maps have the same colours."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.maps.classes import ZERO_CLASS, classify_at
from chb.ui.maps.elements import CellStyle, Legend, LegendRow
from chb.ui.maps.layers import CellLayer, PaintedLayer
from chb.ui.maps.wire import pack_cells
from chb.ui.parts.words import figure
from geo import frames

Breaks = tuple[float, ...]
"""The least values of classes 2 to 5."""


def paint_at(frame: pd.DataFrame, layer: CellLayer, breaks: Breaks, *, of: str) -> PaintedLayer:
    """Classify a column by given breaks and pack it.

    Args:
        frame: cells and the column of the layer.
        breaks: see ``chb.ui.maps.classes.breaks_of``.
        of: what this map is of, for its sentence, for example ``2025-03``.
    """
    values = frame[layer.column].to_numpy(dtype=np.float64, na_value=np.nan)
    numbers = classify_at(values, breaks)
    ranges = _ranges(breaks, layer.decimals)
    unit_of_one = layer.unit_of_one or layer.unit
    return PaintedLayer(
        packed=pack_cells(frame[frames.CELL].to_numpy(dtype=np.uint64), values, numbers),
        style=CellStyle(
            colours=theme.RAMP,
            title=layer.label,
            unit=layer.unit,
            unit_of_one=unit_of_one,
            decimals=layer.decimals,
            names={number: f"class {number} of 5" for number in ranges}
            | {ZERO_CLASS: "Nothing recorded"},
        ),
        legend=Legend(layer.label, layer.unit, _rows(numbers, ranges)),
        sentence=_sentence(values, numbers, layer, of=of),
    )


def _ranges(breaks: Breaks, decimals: int) -> dict[int, str]:
    """What each class holds, least first; a class that no value reaches has no line."""
    edges = [0.0, *breaks, np.inf]
    words = {}
    for number, (lowest, highest) in enumerate(pairwise(edges), start=1):
        if lowest < highest:
            rounded = round(float(f"{lowest:.3g}"), decimals)
            words[number] = f"from {figure(rounded, decimals=decimals)}" if rounded else "above 0"
    return words


def _rows(numbers: NDArray[np.uint8], ranges: dict[int, str]) -> tuple[LegendRow, ...]:
    return tuple(
        LegendRow(theme.RAMP[number - 1], words, plural(int((numbers == number).sum()), "cell"))
        for number, words in sorted(ranges.items(), reverse=True)
    )


def _sentence(
    values: NDArray[np.float64], numbers: NDArray[np.uint8], layer: CellLayer, *, of: str
) -> str:
    darkest = int((numbers == max(numbers.max(initial=0), 1)).sum())
    n_above = int((values > 0).sum())
    if not n_above:
        return f"{of}: no cell has any. {layer.absent}"
    highest = figure(float(np.nanmax(values)), decimals=layer.decimals)
    return (
        f"{of}: {plural(n_above, 'cell')} of {len(values):,} have any, {darkest:,} of them in the "
        f"darkest class here; the highest has {highest} {layer.unit}."
    )
