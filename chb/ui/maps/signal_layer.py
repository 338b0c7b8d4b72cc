"""The layer of partner signals: how many touch each cell in the chosen days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.maps.elements import CellStyle, Legend, LegendRow
from chb.ui.maps.layers import PaintedLayer
from chb.ui.maps.wire import pack_cells

_TITLE: Final = "Partner signals"
_LEAST: Final = (1, 2, 3, 4, 6)
"""The least number of each class. Fixed: two periods may be compared by eye."""
_NAMES: Final = ("1 signal", "2 signals", "3 signals", "4 or 5 signals", "6 signals or more")
_CAVEATS: Final = (
    "A cell without a signal is one that nobody wrote about, not one where nothing happens",
    "A signal is what an agency noticed; nobody here has checked it",
    "A signal counts in every cell of its area, so cells do not add up to signals",
)

Classes = NDArray[np.uint8]


def paint_signals(counts: Mapping[int, int], *, days: str) -> PaintedLayer | None:
    """Cells with the number of signals on each; None when there is none.

    Args:
        counts: number of signals by H3 cell, of one resolution.
        days: the chosen days in words, for the key and the tooltip.
    """
    if not counts:
        return None
    cells = np.fromiter(counts, dtype=np.uint64)
    numbers = np.fromiter(counts.values(), dtype=np.float64)
    classes = np.searchsorted(_LEAST, numbers, side="right").astype(np.uint8)
    return PaintedLayer(
        packed=pack_cells(cells, numbers, classes),
        style=_style(days),
        legend=Legend(_TITLE, days, tuple(_rows(classes)), caveats=_CAVEATS),
        sentence=_sentence(numbers),
    )


def _style(days: str) -> CellStyle:
    numbered = range(1, len(_LEAST) + 1)
    return CellStyle(
        colours=theme.RAMP,
        title=_TITLE,
        unit="signals",
        unit_of_one="signal",
        decimals=0,
        names=dict.fromkeys(numbered, days),
    )


def _rows(classes: Classes) -> list[LegendRow]:
    """The most signals first; only classes that some cell is in."""
    listed = list(zip(range(1, len(_LEAST) + 1), theme.RAMP, _NAMES, strict=True))
    return [
        LegendRow(colour, name, plural(int((classes == number).sum()), "cell"))
        for number, colour, name in reversed(listed)
        if (classes == number).any()
    ]


def _sentence(numbers: NDArray[np.float64]) -> str:
    several = int((numbers > 1).sum())
    most = int(numbers.max())
    return (
        f"{plural(len(numbers), 'cell')} {'has' if len(numbers) == 1 else 'have'} a signal, "
        f"{several:,} more than one; the most on a cell is {most:,}. A cell without a signal is "
        "one that nobody wrote about, not one where nothing happens."
    )
