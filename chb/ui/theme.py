"""Every colour, width and dash of the product, in one place.

A colour that follows the theme, light or dark, is a variable of CSS: it may stand in HTML and
style sheets and nowhere else. Maps and charts are given plain colours: the marks among them were
chosen to stand out from both grounds, and words and lines of a chart come from `parts.charts`.

The ramp and the colours of phases and Ps were chosen by simulating colour blindness (Machado,
Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113). Each phase and P also has a shape and its
word beside it, so that nothing rests on colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from chb.domain.places.phases import Intensity, Phase
from chb.domain.planning.plans import Pillar
from chb.ui.marks import Mark

FOLLOWING: Final = {
    "--hf-navy": ("#14263f", "#c9daf0"),
    "--hf-ink": ("#16202c", "#e8edf3"),
    "--hf-quiet-ink": ("#4a5663", "#aab7c5"),
    "--hf-hairline": ("#d5dbe2", "#33424f"),
    "--hf-panel": ("#f3f5f8", "#1a2632"),
    "--hf-surface": ("#ffffff", "#101922"),
    "--hf-alarm": ("#a3123f", "#ff8fa9"),
    "--hf-link": ("#1d4f91", "#8db8ee"),
    "--hf-good": ("#006b63", "#4fd0c3"),
    "--hf-tint": ("#d9e5f4", "#1f3a5c"),
    "--hf-pale-tint": ("#e7edf5", "#1c2b3c"),
    "--hf-alarm-tint": ("#f9e1e8", "#4a1a2b"),
    "--hf-pale-alarm-tint": ("#fdf3f6", "#331722"),
}
"""The variables of CSS, with their values in light and in dark."""

NAVY: Final = "var(--hf-navy)"
INK: Final = "var(--hf-ink)"
QUIET_INK: Final = "var(--hf-quiet-ink)"
HAIRLINE: Final = "var(--hf-hairline)"
PANEL: Final = "var(--hf-panel)"
SURFACE: Final = "var(--hf-surface)"
"""The ground of the page itself."""
ALARM: Final = "var(--hf-alarm)"
"""Words that warn; a mark or an edge that warns is ``CLARET``."""
LINK: Final = "var(--hf-link)"
GOOD: Final = "var(--hf-good)"
"""Words that say something is met or done."""
TINT: Final = "var(--hf-tint)"
PALE_TINT: Final = "var(--hf-pale-tint)"
ALARM_TINT: Final = "var(--hf-alarm-tint)"
PALE_ALARM_TINT: Final = "var(--hf-pale-alarm-tint)"

BLUE: Final = "#2f6db5"
CLARET: Final = "#cd1d49"
MAP_LINE: Final = "#14263f"
"""The ground of a map is light in both themes."""
DARK_WORDS: Final = "#16202c"
"""On a colour that is light in both themes."""
LIGHT_WORDS: Final = "#ffffff"
"""On a colour that is dark in both themes."""

TEXT_SIZES_REM: Final = (0.7, 0.79, 0.89, 1.0, 1.125, 1.27, 1.42, 1.6)
"""The one scale of letters, a major second (9:8) apart; headings have theirs in config.toml."""

RAMP: Final = ("#fff3b0", "#fdc14f", "#ec7a2c", "#b02a1d", "#560a18")
"""Five classes, least to most."""

PHASE_MARKS: Final = {
    Phase.CLEAR: Mark(CLARET, "one bar"),
    Phase.HOLD: Mark("#cc8100", "two bars"),
    Phase.BUILD: Mark("#00a2ad", "three bars"),
}
PHASE_COLOURS: Final = {phase: mark.colour for phase, mark in PHASE_MARKS.items()}
WORDS_ON_PHASE: Final = {
    Phase.CLEAR: LIGHT_WORDS,
    Phase.HOLD: DARK_WORDS,
    Phase.BUILD: DARK_WORDS,
}
"""Readable on the phase's full colour: at least 4.5 to 1."""

PILLAR_MARKS: Final = {
    Pillar.PURSUE: Mark("#3a57e9", "triangle-right"),
    Pillar.PREVENT: Mark("#3da72a", "circle"),
    Pillar.PROTECT: Mark("#be8079", "square"),
    Pillar.PREPARE: Mark("#7d57a2", "diamond"),
}
"""Colour and shape of each P; the shapes have the names that Vega gives them."""

PLACE_COLOUR: Final = MAP_LINE
INTENSITY_OPACITY: Final = {
    Intensity.PLANNED: 0.25,
    Intensity.ACTIVE: 1.0,
    Intensity.SUSTAINING: 0.6,
    Intensity.PAUSED: 0.12,
    Intensity.CLOSED: 0.0,
}

ASSET_MARKS: Final = tuple(
    (colour, shape)
    for shape in ("dot", "block")
    for colour in ("#1d4f91", "#c2410c", "#00736b", "#7b3f98", "#3d4a57")
)
"""Colour and shape of the groups of asset kinds, in the order of their names."""

BEYOND: Final = "#e6eaee"
"""The map outside the area."""


@dataclass(frozen=True)
class LayerStyle:
    """How one rank of a context layer is drawn.

    Widths are pixels at zooms 10 to 19; a casing is drawn 0.8 px wider on each side.
    """

    fill: str = ""
    line: str = ""
    casing: str = ""
    widths: tuple[float, ...] = (1,) * 10
    dash: tuple[int, ...] = ()
    from_zoom: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the map's script."""
        return {
            "fill": self.fill,
            "line": self.line,
            "casing": self.casing,
            "widths": list(self.widths),
            "dash": list(self.dash),
            "fromZoom": self.from_zoom,
        }


LAND: Final = LayerStyle(fill="#f8f7f3")
GREEN: Final = LayerStyle(fill="#dde9d1")
WATER: Final = LayerStyle(
    fill="#cde1ee", line="#cde1ee", widths=(0.8, 1, 1.4, 2, 3, 4.5, 6, 9, 13, 18)
)
LSOA_EDGE: Final = LayerStyle(line="#cfccc2", widths=(0.5, 0.6, 0.7, 0.8, 1, 1, 1.2, 1.2, 1.4, 1.4))
AREA_EDGE: Final = LayerStyle(
    line="#56616d", widths=(1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6, 2.8, 3, 3), dash=(9, 4, 2, 4)
)
ROADS: Final = {
    1: LayerStyle(
        line="#fbe3ab", casing="#c9ae6c", widths=(1.3, 1.8, 2.4, 3.2, 4.4, 6.5, 9, 12, 15, 18)
    ),
    2: LayerStyle(
        line="#ffffff",
        casing="#bfb9ac",
        widths=(0.8, 1, 1.5, 2.2, 3.2, 4.8, 7, 10, 13, 16),
        from_zoom=11,
    ),
    3: LayerStyle(
        line="#ffffff",
        casing="#d6d2c8",
        widths=(0.4, 0.5, 0.7, 1, 1.8, 3.2, 5, 7.5, 10, 13),
        from_zoom=13,
    ),
}


def is_dark() -> bool:
    """Whether the browser that this run is for shows the dark theme; light until it has said."""
    return st.context.theme.type == "dark"


def plain(variable: str) -> str:
    """The colour behind a variable of CSS in the theme that is on, for what is not HTML."""
    return FOLLOWING[variable.removeprefix("var(").removesuffix(")")][is_dark()]
