"""What is on the harm map: the cells, what is switched on over them, and the key to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from chb.domain.refusal import Refusal
from chb.services.assets.finding import AssetQuery
from chb.ui import cache, session
from chb.ui.maps import harm_layers
from chb.ui.maps.elements import Legend, Outline, Scene
from chb.ui.maps.ground import shown_cells
from chb.ui.maps.harm_layers import ShownLayer
from chb.ui.maps.layers import CellLayer
from chb.ui.maps.outlines import chosen_cell
from chb.ui.maps.stash import STASH
from chb.ui.parts.harm.layer import Asked, found_hotspots
from chb.ui.parts.harm.switches import Switches
from chb.ui.parts.hotspots import list as hotspot_list
from chb.ui.parts.places.list import place_outlines


@dataclass(frozen=True)
class Said:
    """What the key says beyond its colours: of which months and scheme, and what of the classes."""

    about: str
    classes: str = ""


def scene_of(asked: Asked, shown: ShownLayer | None, switches: Switches, said: Said) -> Scene:
    """Everything that may change without a new map."""
    scene = Scene(outlines=outlines(asked, switches), edges=switches.edges)
    if shown is not None and shown.painted is not None:
        caveats = cache.profile(asked.version, asked.request).provenance.caveats
        painted = shown.painted
        scene = replace(
            scene,
            cells=shown_cells(painted),
            legend=described(painted.legend, shown.layer, caveats, said),
        )
    wants_assets = shown is not None and shown.layer.label == harm_layers.ASSETS
    if switches.assets or wants_assets:
        return _with_assets(scene, asked.version)
    return scene


def described(legend: Legend, layer: CellLayer, caveats: tuple[str, ...], said: Said) -> Legend:
    """The key to this very picture: what it is of, and what to beware of in it."""
    first = ". ".join(words for words in (layer.beware, said.classes) if words)
    own = (first,) if first else ()
    return replace(legend, about=said.about, caveats=(*own, *caveats))


def outlines(asked: Asked, switches: Switches) -> list[Outline]:
    """Places, hotspots and the chosen cell, as far as they are switched on."""
    drawn: list[Outline] = []
    cell = st.session_state.get(session.CELL)
    if cell is not None:
        drawn.append(chosen_cell(cell))
    drawn += _hotspots(asked, switches)
    return [*drawn, *(place_outlines() if switches.places else [])]


def _hotspots(asked: Asked, switches: Switches) -> list[Outline]:
    """All of them when they are switched on; else the one that is open, to which the map goes."""
    if not switches.hotspots and st.session_state.get(session.HOTSPOT) is None:
        return []
    try:
        found = found_hotspots(asked)
    except Refusal:  # the list beside the map says why there are none
        return []
    chosen = hotspot_list.chosen_hotspot(found.request)
    ranked = hotspot_list.in_order(found.table)
    drawn = hotspot_list.hotspot_outlines(found.cells, ranked, chosen=chosen)
    if chosen is not None and drawn:
        drawn[0] = replace(drawn[0], focus=True)
    return drawn if switches.hotspots else drawn[: chosen is not None]


def _with_assets(scene: Scene, version: str) -> Scene:
    """Each asset over the cells."""
    points = cache.painted_assets(version, AssetQuery(cache.workspace().today()))
    if points is None:
        return scene
    digest = STASH.put(session.browser_session(), "points", points.packed)
    return replace(scene, points_digest=digest, point_style=points.style)
