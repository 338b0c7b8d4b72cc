"""folium elements of our own: each hands plain data to one call of our scripts.

What never changes while a page is open goes on the map itself (`base_map`);
everything else goes into the feature group of a `Scene`, which streamlit-folium
re-evaluates without a new frame.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from chb.ui.maps import offline, scripts
from chb.ui.maps.tiles import tile_service

Position = tuple[float, float]
"""Latitude and longitude in degrees, as Leaflet has them."""

Bounds = tuple[float, float, float, float]
"""West, south, east and north in degrees."""

_WHOLE_COUNTRY_ZOOM: Final = 5
"""Great Britain fills the map; who comes so far out is told the way back (see here.js)."""
_JSON_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_SYNTAX: Final = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&'`${}"})
"""What means something to HTML, to a template literal, or to Jinja."""


@dataclass(frozen=True)
class CellStyle:
    """How a layer of cells is painted and what its tooltip says."""

    colours: tuple[str, ...]
    title: str
    unit: str
    unit_of_one: str
    decimals: int
    names: dict[int, str]
    """What a class is called, by its number (0 and 63 included)."""


@dataclass(frozen=True)
class ShownCells:
    """A layer of cells as a map is told of it: what to fetch, and how to paint it.

    The digests are those of the two texts of `chb.ui.maps.wire.PackedCells`. What the map
    has already it does not fetch again: a change of style sends nothing of cells.
    """

    cells: str
    classes: str
    style: CellStyle


@dataclass(frozen=True)
class Outline:
    """A place's boundary; rings are lists of positions."""

    rings: list[list[Position]]
    colour: str
    dash: str = ""
    width: float = 2.5
    name: str = ""
    detail: str = ""
    focus: bool = False
    """Whether the map goes there when it was not there already."""


@dataclass(frozen=True)
class PointKind:
    """What a kind of point is called, and its colour and shape (``dot`` or ``block``)."""

    label: str
    colour: str
    shape: str


@dataclass(frozen=True)
class PointLook:
    """What is said of how long ago a point was looked at; hollow where that is too long."""

    label: str
    hollow: bool


@dataclass(frozen=True)
class PointStyle:
    """What the numbers of a packed layer of points stand for."""

    kinds: tuple[PointKind, ...] = ()
    statuses: tuple[str, ...] = ()
    looks: tuple[PointLook, ...] = ()


@dataclass(frozen=True)
class Pin:
    """Where one thing stands, or is to stand. One with a name is brought into view."""

    latitude: float
    longitude: float
    name: str = ""
    may_be_dragged: bool = False


@dataclass(frozen=True)
class LegendRow:
    """One line of the key. ``shape`` is empty, ``dot``, ``block``, ``ring`` or ``missing``."""

    colour: str
    text: str
    figure: str = ""
    shape: str = ""


@dataclass(frozen=True)
class KeySquares:
    """A key of two measures: rows of colours from the top, and the words at each end."""

    colours: tuple[tuple[str, ...], ...]
    up: tuple[str, str]
    """Beside the top row and beside the lowest."""
    across: tuple[str, str]
    """Under the first column and under the last."""


@dataclass(frozen=True)
class Legend:
    """The key to what is on screen; without rows or squares there is none."""

    title: str = ""
    note: str = ""
    rows: tuple[LegendRow, ...] = ()
    squares: KeySquares | None = None
    about: str = ""
    """Of which months, weighed how."""
    caveats: tuple[str, ...] = ()
    """What to beware of in this very picture."""


@dataclass(frozen=True)
class Scene:
    """Everything on a map that may change without a new frame."""

    cells: ShownCells | None = None
    outlines: Sequence[Outline] = ()
    points_digest: str = ""
    point_style: PointStyle = field(default_factory=PointStyle)
    clicks_find_points: bool = False
    """Whether a click near a point is handed on as one at its very position."""
    pin: Pin | None = None
    legend: Legend = field(default_factory=Legend)
    edges: tuple[str, ...] = ("lsoa",)
    """Boundaries drawn on the ground: ``ward``, ``lsoa``."""

    def feature_group(self) -> folium.FeatureGroup:
        """The scene as streamlit-folium takes it."""
        group = folium.FeatureGroup("scene")
        for call, data in (
            ("cells.show", asdict(self.cells) if self.cells else None),
            ("overlays.outlines", [asdict(outline) for outline in self.outlines]),
            ("points.show", self._points()),
            ("overlays.pin", asdict(self.pin) if self.pin else None),
            ("legend.show", asdict(self.legend)),
            ("basemap.edges", list(self.edges)),
        ):
            Call(call, data).add_to(group)
        return group

    def _points(self) -> dict[str, Any]:
        style = asdict(self.point_style) if self.points_digest else {}
        return {"digest": self.points_digest, "finds": self.clicks_find_points, **style}


class Call(JSCSSMixin, folium.MacroElement):
    """One call of our scripts: ``holdfast.<name>(map, data)``."""

    default_js = scripts.frame_links()
    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "holdfast.{{ this.call }}(window.map, {{ this.data }});\n"
        "{% endmacro %}"
    )

    def __init__(self, call: str, data: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no annotations
        self._name = "Call"
        self.call = call
        self.data = script_literal(data)


class MapCall(Call):
    """A call on the base map, which is still being made when the script runs."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "holdfast.{{ this.call }}({{ this._parent.get_name() }}, {{ this.data }});\n"
        "{% endmacro %}"
    )


def base_map(
    *,
    key: str,
    label: str,
    bounds: Bounds,
    context_digest: str,
    area: str = "",
    linked: bool = False,
) -> folium.Map:
    """A map that stays as it is while its page is open.

    Args:
        key: names the view that the page remembers.
        label: what a screen reader calls the map.
        bounds: what the map shows at first, in degrees.
        context_digest: of the packed base, see `chb.ui.maps.basemap`; may be empty.
        area: what the bounds are called.
        linked: whether it looks where another map of the same key on the page looks.
    """
    offline.install()
    west, south, east, north = bounds
    made = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=12,
        tiles=None,
        prefer_canvas=True,
        attribution_control=False,
    )
    made.options.update(min_zoom=_WHOLE_COUNTRY_ZOOM, max_zoom=18, zoom_snap=0.5)
    extent = [[south, west], [north, east]]
    asked = {"key": key, "label": label, "bounds": extent, "area": area, "linked": linked}
    MapCall("setup", asked).add_to(made)
    service = tile_service()
    if context_digest:
        shown = {"digest": context_digest, "withPictures": service is not None}
        MapCall("basemap.show", shown).add_to(made)
    if service is not None:
        pictures = {"url": service.url, "layers": service.wms_layers, "owner": service.owner}
        MapCall("tiles.show", pictures).add_to(made)
    return made


def script_literal(data: Any) -> str:
    """JSON whose strings are safe in a script, in a template literal, and in Jinja.

    folium renders the script of an element, and branca then takes the result for a
    template of its own: an unescaped ``{{...}}`` would be evaluated on the server.
    """
    plain = json.dumps(data, separators=(",", ":"))
    return _JSON_STRING.sub(lambda string: string[0].translate(_SYNTAX), plain)
