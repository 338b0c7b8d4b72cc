"""The layers of cells a person can choose, from a column to what is on screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.maps.classes import MISSING_CLASS, ZERO_CLASS, Classes, ClassRow, classify
from chb.ui.maps.elements import CellStyle, Legend, LegendRow
from chb.ui.maps.wire import PackedCells, pack_cells
from chb.ui.parts.words import figure, percent
from geo import frames

TOP_HEAVY: Final = (0.5, 0.75, 0.9, 0.97)
"""Harm gathers in few cells: the classes part the upper half ever more finely."""

FIFTHS: Final = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True)
class CellLayer:
    """One choice of the layer switch."""

    label: str
    column: str
    unit: str
    absent: str
    """What to say, and do, when no cell has a value above zero."""
    unit_of_one: str = ""
    shares: tuple[float, float, float, float] = TOP_HEAVY
    decimals: int = 0
    additive: bool = True
    """Whether the column may be summed, so that a class holds a share of it."""
    monthly: bool = False
    """Whether it can be drawn month by month."""
    beware: str = ""
    """What this layer is easily taken for."""


LAYERS: Final = (
    CellLayer(
        label="Harm density",
        column=frames.DENSITY,
        unit="harm-days per km\N{SUPERSCRIPT TWO} a year",
        monthly=True,
        beware="Density is smoothed: a cell takes colour from what is around it",
        absent="No harm was recorded here in these months. Choose other months, or import them: "
        "python -m chb import incidents PATH",
    ),
    CellLayer(
        label="Incidents",
        column=frames.COUNT,
        unit="incidents",
        unit_of_one="incident",
        monthly=True,
        beware="A count treats every offence alike; harm weighs them",
        absent="No incident has a location here in these months. Choose other months, or "
        "import them: python -m chb import incidents PATH",
    ),
    CellLayer(
        label="Deprivation",
        column=frames.IMD_SCORE,
        unit="points on the deprivation score",
        shares=FIFTHS,
        decimals=1,
        additive=False,
        beware="Deprivation is where people live with less, not who does harm",
        absent="Deprivation is not loaded for this area. It needs three imports: boundaries "
        "(--kind lsoa), population, and deprivation of the same LSOA edition.",
    ),
    CellLayer(
        label="OCG influence",
        column=frames.OCG_INFLUENCE,
        unit="points of influence",
        decimals=2,
        beware="Influence is spread from recorded locations by how sure they are",
        absent="No location of an organised crime group is recorded here in these months. "
        "Start from a blank form: python -m chb template ocg-locations",
    ),
    CellLayer(
        label="Assets",
        column=frames.ASSETS,
        unit="assets",
        unit_of_one="asset",
        beware="An empty cell may only mean that nobody has looked",
        absent="No community asset is recorded here. Mark one on the Assets page, or import a "
        "list: python -m chb import assets PATH",
    ),
)


def weighed(layer: CellLayer, harm_unit: str) -> CellLayer:
    """The layer with the unit of the harm scheme in its own."""
    if layer.column != frames.DENSITY:
        return layer
    return replace(layer, unit=f"{harm_unit} per km\N{SUPERSCRIPT TWO} a year")


@dataclass(frozen=True)
class PaintedLayer:
    """A layer ready for the map: its packed cells, its style, its key and its sentence."""

    packed: PackedCells
    style: CellStyle
    legend: Legend
    sentence: str


def paint(frame: pd.DataFrame, layer: CellLayer) -> PaintedLayer | None:
    """Classify and pack a column of a harm profile; None when no cell has a value above zero."""
    values = frame[layer.column].to_numpy(dtype=np.float64, na_value=np.nan)
    classes = classify(values, layer.shares)
    if not classes.n_coloured:
        return None
    cells = frame[frames.CELL].to_numpy(dtype=np.uint64)
    return PaintedLayer(
        packed=pack_cells(cells, values, classes.numbers),
        style=_style(layer, classes),
        legend=_legend(layer, classes),
        sentence=_sentence(layer, classes),
    )


def _style(layer: CellLayer, classes: Classes) -> CellStyle:
    uncoloured = {ZERO_CLASS: "Nothing recorded", MISSING_CLASS: "Nobody lives here"}
    return CellStyle(
        colours=theme.RAMP,
        title=layer.label,
        unit=layer.unit,
        unit_of_one=layer.unit_of_one or layer.unit,
        decimals=layer.decimals,
        names={**_class_names(classes), **uncoloured},
    )


def _class_names(classes: Classes) -> dict[int, str]:
    """Names from the cells there are, not from the shares asked for: ties move them."""
    names, so_far = {}, 0
    for row in classes.rows:
        so_far += row.n_cells
        share = percent(so_far / classes.n_coloured)
        names[row.number] = f"Top {share} of cells" if so_far < classes.n_coloured else "The rest"
    if len(names) == 1:
        names = dict.fromkeys(names, "All cells alike")
    return names


def _legend(layer: CellLayer, classes: Classes) -> Legend:
    names = _class_names(classes)
    rows = [
        LegendRow(theme.RAMP[row.number - 1], names[row.number], _from(row, layer.decimals))
        for row in classes.rows
    ]
    if classes.n_missing:
        rows.append(LegendRow("", "No value", plural(classes.n_missing, "cell"), shape="missing"))
    return Legend(layer.label, layer.unit, tuple(rows))


def _from(row: ClassRow, decimals: int) -> str:
    """The least value of a class, to three digits: enough for a key."""
    rounded = round(float(f"{row.lowest:.3g}"), decimals)
    return f"from {figure(rounded, decimals=decimals)}" if rounded else "above 0"


def _sentence(layer: CellLayer, classes: Classes) -> str:
    """What the map shows, in words: for who cannot see it, and for who quotes it."""
    top = classes.rows[0]
    lowest = figure(top.lowest, decimals=layer.decimals)
    several = top.n_cells > 1
    words = [
        f"The darkest {plural(top.n_cells, 'cell')}",
        f"({percent(top.n_cells / classes.n_coloured)} of those with any)",
    ]
    if layer.additive:
        share = percent(top.share_of_total)
        words += ["hold" if several else "holds", share, "of the total, with"]
    else:
        words += ["have" if several else "has"]
    words += [lowest, layer.unit, "or more each." if several else "or more."]
    if classes.n_zero:
        words += [plural(classes.n_zero, "cell"), "with none stay clear."]
    return " ".join(words)
