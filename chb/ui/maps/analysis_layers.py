"""Layers whose classes have names: from the cells of an analysis to what is on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chb.domain.wording import plural
from chb.services.harm.association import Associations
from chb.services.harm.hotspots import Hotspots
from chb.services.harm.stability import StabilityMap
from chb.services.harm.trends import Trends
from chb.ui import palettes
from chb.ui.maps.classes import MISSING_CLASS, ZERO_CLASS
from chb.ui.maps.elements import CellStyle, KeySquares, Legend, LegendRow
from chb.ui.maps.layers import PaintedLayer
from chb.ui.maps.wire import pack_cells
from chb.ui.parts.words import percent
from geo import frames
from geo.change.classes import Change
from geo.hotspots.stability import Steadiness

SIGNIFICANCE: Final = "Significance"
TREND: Final = "Trend"
STABILITY: Final = "Stability"
DEPRIVATION: Final = "Deprivation and harm"

_THIRDS: Final = ("least", "middling", "most")
_UNKNOWN: Final = "Not enough data"
_IN_MONTHS: Final = "harm in these months"

Classes = NDArray[np.uint8]


@dataclass(frozen=True)
class NamedClasses:
    """What a layer's classes are called; numbers from 1, in the order of the key.

    ``unit`` is that of the figure under the mouse, which need not be what the classes part.
    """

    title: str
    note: str
    names: tuple[str, ...]
    colours: tuple[str, ...]
    clear: str
    unit: str
    decimals: int = 0
    unknown: str = _UNKNOWN

    def style(self) -> CellStyle:
        """How the cells are painted, and what their tooltip says."""
        numbered = dict(enumerate(self.names, start=1))
        return CellStyle(
            colours=self.colours,
            title=self.title,
            unit=self.unit,
            unit_of_one=self.unit,
            decimals=self.decimals,
            names={**numbered, ZERO_CLASS: self.clear, MISSING_CLASS: self.unknown},
        )

    def legend(self, classes: Classes) -> Legend:
        """One line a class, also for a class that no cell is in: that is an answer too."""
        listed = enumerate(zip(self.names, self.colours, strict=True), start=1)
        rows = [LegendRow(colour, name, _n(classes, at)) for at, (name, colour) in listed]
        rows.append(LegendRow(palettes.CLEAR, self.clear, _n(classes, ZERO_CLASS)))
        if (classes == MISSING_CLASS).any():
            rows.append(LegendRow("", self.unknown, _n(classes, MISSING_CLASS), shape="missing"))
        return Legend(self.title, self.note, tuple(rows))


def paint_significance(found: Hotspots) -> PaintedLayer:
    """Gi* of each cell by how surely it differs from chance."""
    z, p = found.cells["z"], found.cells["p_adjusted"]
    hot = z > 0
    classes = _numbered([hot & (p <= 0.01), hot & (p <= 0.05), hot & (p <= 0.1), p <= 0.1])
    named = NamedClasses(
        title=SIGNIFICANCE,
        note="Gi*, after correction for many cells",
        names=("Hot, 99% sure", "Hot, 95% sure", "Hot, 90% sure", "Cold, 90% sure"),
        colours=palettes.SIGNIFICANCE,
        clear="As chance would have it",
        unit=_IN_MONTHS,
    )
    sure = np.isin(classes, (1, 2))
    sentence = (
        f"{plural(int(sure.sum()), 'cell')} of {len(classes):,} have more harm in and around them"
        f" than chance would put there, at 95% or surer, and hold {_share(found.cells, sure)} of"
        f" the harm; {int((classes == 4).sum()):,} have less."
    )
    return _painted(found.cells, frames.HARM_DAYS, classes, named, sentence)


def paint_trend(found: Trends) -> PaintedLayer:
    """What each cell's months amount to."""
    order = (Change.PERSISTENT, Change.EMERGING, Change.FORMER, Change.INTERMITTENT)
    change = found.cells["change"]
    classes = _numbered([change == str(one) for one in order])
    classes[(change == str(Change.UNKNOWN)).to_numpy()] = MISSING_CLASS
    named = NamedClasses(
        title=TREND,
        note="Hot in which months",
        names=(
            "Persistent: stays hot",
            "Emerging: hot of late",
            "Former: no longer hot",
            "Intermittent: on and off",
        ),
        colours=palettes.TREND,
        clear="None: never, or once",
        unit=f"of {len(found.coverage.present)} months hot",
    )
    lasting = classes == 1
    sentence = (
        f"{plural(int(lasting.sum()), 'cell')} stayed hot throughout and hold"
        f" {_share(found.cells, lasting)} of the harm; {int((classes == 2).sum()):,} became hot"
        f" of late, {int((classes == 3).sum()):,} were hot and no longer are."
    )
    return _painted(found.cells, "months_hot", classes, named, sentence)


def paint_stability(found: StabilityMap) -> PaintedLayer:
    """How often each cell is among the hottest when choices change."""
    order = (Steadiness.ROBUST, Steadiness.LIKELY, Steadiness.FRAGILE)
    classes = _numbered([found.cells["steadiness"] == str(one) for one in order])
    classes[found.cells["share_of_runs"].isna().to_numpy()] = MISSING_CLASS
    rule = found.stability.rule
    named = NamedClasses(
        title=STABILITY,
        note=f"Among the hottest in how many of {found.stability.n_runs} maps",
        names=(
            f"Robust: {rule.robust:.0%} or more",
            f"Likely: {rule.likely:.0%} or more",
            f"Fragile: under {rule.likely:.0%}",
        ),
        colours=palettes.STABILITY,
        clear="In none",
        unit="% of maps",
    )
    shares = found.cells.assign(percent=100 * found.cells["share_of_runs"])
    return _painted(shares, "percent", classes, named, stability_sentence(found))


def stability_sentence(found: StabilityMap) -> str:
    """How many cells may be relied on, in words."""
    steadiness = found.cells["steadiness"]
    robust, likely, fragile = (
        int((steadiness == str(one)).sum())
        for one in (Steadiness.ROBUST, Steadiness.LIKELY, Steadiness.FRAGILE)
    )
    return (
        f"{found.stability.n_runs} maps put {plural(robust + likely + fragile, 'cell')} among the"
        f" hottest {found.stability.k:,} at least once: {robust:,} robust, {likely:,} likely,"
        f" {fragile:,} fragile. A plan that rests on a fragile cell rests on a choice of method."
    )


def paint_deprivation(found: Associations) -> PaintedLayer:
    """Thirds of harm by thirds of deprivation."""
    harm, deprived = found.cells["harm_class"], found.cells["deprivation_class"]
    known = ((harm > 0) & (deprived > 0)).to_numpy()
    classes = np.where(known, 3 * (harm - 1) + deprived, MISSING_CLASS).astype(np.uint8)
    named = NamedClasses(
        title=DEPRIVATION,
        note="Thirds of the cells where people live",
        names=tuple(f"{one} harm, {other} deprived" for one in _THIRDS for other in _THIRDS),
        colours=tuple(colour for row in palettes.TWO_WAY for colour in row),
        clear="",
        unit="harm per km\N{SUPERSCRIPT TWO} in these months",
        unknown="Nobody lives here",
    )
    both = classes == 9
    sentence = (
        f"{plural(int(both.sum()), 'cell')} are in the most deprived third and in the third with"
        f" most harm, and hold {_share(found.cells, both)} of the harm. That they lie together is"
        " no proof that one brings the other."
    )
    legend = _squares(named, int((~known).sum()))
    return _painted(found.cells, "harm_per_km2", classes, named, sentence, legend)


def _squares(named: NamedClasses, n_unknown: int) -> Legend:
    rows = (LegendRow("", named.unknown, plural(n_unknown, "cell"), shape="missing"),)
    return Legend(
        named.title,
        named.note,
        rows if n_unknown else (),
        KeySquares(
            colours=palettes.TWO_WAY[::-1],
            up=("Most harm", "Least harm"),
            across=("Least deprived", "Most deprived"),
        ),
    )


def _painted(
    cells: pd.DataFrame,
    column: str,
    classes: Classes,
    named: NamedClasses,
    sentence: str,
    legend: Legend | None = None,
) -> PaintedLayer:
    return PaintedLayer(
        packed=pack_cells(
            cells[frames.CELL].to_numpy(dtype=np.uint64),
            cells[column].to_numpy(dtype=np.float64),
            classes,
        ),
        style=named.style(),
        legend=legend or named.legend(classes),
        sentence=sentence,
    )


def _numbered(tests: list[pd.Series]) -> Classes:
    """The first test that holds, from 1; 0 where none does."""
    return np.select(tests, range(1, len(tests) + 1), ZERO_CLASS).astype(np.uint8)


def _share(cells: pd.DataFrame, chosen: NDArray[np.bool_]) -> str:
    harm = cells[frames.HARM_DAYS].to_numpy(dtype=np.float64)
    return percent(float(harm[chosen].sum() / (harm.sum() or 1)))


def _n(classes: Classes, number: int) -> str:
    return plural(int((classes == number).sum()), "cell")
