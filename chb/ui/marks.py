"""Small pictures that stand beside a word: a colour and a shape for one of a few things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

_SIDE: Final = 16
"""Of the square that the paths are drawn in."""
_PATHS: Final = {
    "circle": "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
    "square": "M3 3h10v10H3z",
    "diamond": "M8 1l7 7-7 7-7-7z",
    "triangle-right": "M3 1.5l11.5 6.5L3 14.5z",
    "one bar": "M6 2h4v12H6z",
    "two bars": "M3.5 2h3.5v12H3.5zM9 2h3.5v12H9z",
    "three bars": "M1.5 10h3.4v4H1.5zM6.3 6h3.4v8H6.3zM11.1 2h3.4v12h-3.4z",
}


@dataclass(frozen=True)
class Mark:
    """A colour that stands out from both grounds, and a shape that needs no colour.

    ``shape`` is one of Vega's names (a point of a chart can have it), or a number of bars.
    """

    colour: str
    shape: str

    @property
    def svg(self) -> str:
        """The picture by itself, for a file or an image."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">'
            f'<path fill="{self.colour}" d="{_PATHS[self.shape]}"/></svg>'
        )

    def html(self, *, size_rem: float = 0.85) -> str:
        """The picture inside a line of HTML; its word stands beside it, so it has no name.

        An image and not SVG itself: Streamlit takes SVG out of the HTML it is given.
        """
        return (
            f'<img class="hf-mark" alt="" src="data:image/svg+xml,{quote(self.svg)}" '
            f'style="width:{size_rem}rem;height:{size_rem}rem;vertical-align:-.08em">'
        )
