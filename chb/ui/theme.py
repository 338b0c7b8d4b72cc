"""Every colour, width and dash of the product, in one place.

The ramp and the phase colours were chosen by simulating colour blindness
(Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113); a phase also
has its own dash and its word beside it, so that nothing rests on colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from chb.domain.places.phases import Intensity, Phase

NAVY: Final = "#14263f"
BLUE: Final = "#1d4f91"
INK: Final = "#16202c"
QUIET_INK: Final = "#4a5663"
HAIRLINE: Final = "#d5dbe2"
PANEL: Final = "#f3f5f8"

RAMP: Final = ("#fff3b0", "#fdc14f", "#ec7a2c", "#b02a1d", "#560a18")
"""Five classes, least to most."""

CLARET: Final = "#a3123f"
PHASE_COLOURS: Final = {Phase.CLEAR: CLARET, Phase.HOLD: "#c07f00", Phase.BUILD: "#00736b"}
WORDS_ON_PHASE: Final = {Phase.CLEAR: "#ffffff", Phase.HOLD: INK, Phase.BUILD: "#ffffff"}
"""Readable on the phase's full colour: at least 4.5 to 1."""

PLACE_COLOUR: Final = NAVY
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
