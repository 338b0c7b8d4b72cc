"""The map of assets: a click opens what stands there, or is where the next one is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.assets.register import Asset, AssetPin
from chb.services.assets.finding import AssetQuery
from chb.ui import cache, session
from chb.ui.maps.elements import Pin, Position, Scene
from chb.ui.maps.ground import area_map
from chb.ui.maps.point_layer import pins_at
from chb.ui.maps.stash import STASH
from chb.ui.maps.view import show_map
from chb.ui.parts.allowed import may_here
from chb.ui.parts.assets.mark import pin_position, put_pin
from chb.ui.parts.assets.place import is_placing, outlines_of, pin_of, take_click

_LABEL: Final = "Map of community assets. They are also in the table below the map."
_HEIGHT_PX: Final = 520


def show_asset_map(version: str, area_key: str, query: AssetQuery, opened: Asset | None) -> None:
    """The assets that are asked for over their ground."""

    def clicked(position: Position) -> None:
        if opened is not None and is_placing():
            take_click(opened, position)
            return
        here = pins_at(cache.found_pins(version, query), position)
        if not here and may_here(Permission.MANAGE_ASSETS):
            put_pin(position)
        st.session_state[session.ASSET] = _next(here, opened).id if here else None

    if not area_key:
        st.info(
            "No area is loaded, so the map has no ground: python -m chb import boundaries PATH "
            "--kind district",
            icon=":material/map:",
        )
    ground = area_map(version, area_key, page="assets", label=_LABEL)
    scene = _scene(version, query, opened)
    show_map(ground, scene, key="assets_view", on_click=clicked, height_px=_HEIGHT_PX)


def _next(here: Sequence[AssetPin], opened: Asset | None) -> AssetPin:
    """Of several at one spot the one after that which is open: another click, another one."""
    ids = [pin.id for pin in here]
    at = ids.index(opened.id) + 1 if opened is not None and opened.id in ids else 0
    return here[at % len(here)]


def _scene(version: str, query: AssetQuery, opened: Asset | None) -> Scene:
    painted = cache.painted_assets(version, query)
    pin = pin_of(opened) if opened is not None else _marked()
    outlines = outlines_of(opened) if opened is not None else []
    if painted is None:
        return Scene(pin=pin, outlines=outlines)
    return Scene(
        points_digest=STASH.put(session.browser_session(), "points", painted.packed),
        point_style=painted.style,
        clicks_find_points=opened is None or not is_placing(),
        outlines=outlines,
        pin=pin,
        legend=painted.legend,
    )


def _marked() -> Pin | None:
    position = pin_position() if may_here(Permission.MANAGE_ASSETS) else None
    return Pin(*position, may_be_dragged=True) if position else None
