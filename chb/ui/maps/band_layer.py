"""Harm as it is shared: cells by band, with no figure behind them."""

from __future__ import annotations

from typing import Final

import numpy as np

from chb.domain.views.harm import BANDS, SharedCell, SharedHarm
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.maps.elements import CellStyle, Legend, LegendRow
from chb.ui.maps.layers import PaintedLayer
from chb.ui.maps.wire import pack_cells

_TITLE: Final = "Harm in bands"


def paint_bands(harm: SharedHarm, cells: tuple[SharedCell, ...]) -> PaintedLayer:
    """The cells that are shared, in five colours; what is not shared is not sent."""
    bands = np.array([each.band for each in cells], dtype=np.uint8)
    numbers = np.array([each.cell for each in cells], dtype=np.uint64)
    names = {number: _name(number) for number in range(1, len(BANDS) + 1)}
    return PaintedLayer(
        packed=pack_cells(numbers, bands.astype(np.float64), bands),
        style=CellStyle(
            colours=theme.RAMP,
            title=_TITLE,
            unit="of 5",
            unit_of_one="of 5",
            decimals=0,
            names=names,
        ),
        legend=Legend(_TITLE, f"{harm.scheme}, {harm.period}", _rows(bands), caveats=harm.caveats),
        sentence=f"{plural(len(cells), 'cell')} of {harm.n_cells:,} are shown. {harm.suppression}",
    )


def _rows(bands: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> tuple[LegendRow, ...]:
    return tuple(
        LegendRow(
            theme.RAMP[number - 1],
            _name(number),
            plural(int((bands == number).sum()), "cell"),
        )
        for number in range(len(BANDS), 0, -1)
    )


def _name(number: int) -> str:
    words = BANDS[number - 1].removesuffix(" of the cells shown")
    return f"{words.capitalize()}"
