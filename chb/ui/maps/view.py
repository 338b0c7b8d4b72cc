"""A map on a page: one component, one click at a time, no rerun for looking around."""

from __future__ import annotations

from collections.abc import Callable

import folium
import streamlit as st

from chb.ui.maps.elements import Position, Scene

HEIGHT_PX = 590


def show_map(
    base: folium.Map,
    scene: Scene,
    *,
    key: str,
    on_click: Callable[[Position], None],
    height_px: int = HEIGHT_PX,
) -> None:
    """Draw a map and hand the position of a click to ``on_click``, before the next run."""

    def clicked() -> None:
        position = clicked_position(st.session_state.get(key))
        if position is not None:
            on_click(position)

    # Not at the top: its frame is known to the server only when a page that runs imports it.
    from streamlit_folium import st_folium  # noqa: PLC0415 - see above

    st_folium(
        base,
        key=key,
        height=height_px,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=scene.feature_group(),
        on_change=clicked,
    )


def clicked_position(value: object) -> Position | None:
    """Latitude and longitude out of what the component sent back; None when it is not a click."""
    clicked = value.get("last_clicked") if isinstance(value, dict) else None
    if not isinstance(clicked, dict):
        return None
    latitude, longitude = clicked.get("lat"), clicked.get("lng")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    return float(latitude), float(longitude)
