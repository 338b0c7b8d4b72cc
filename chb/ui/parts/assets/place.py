"""Where an asset stands: moved with the mouse or by numbers, and its area drawn round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from chb.domain.assets.outlines import Ring, checked_outline, contains, point_inside
from chb.domain.assets.register import Asset
from chb.domain.refusal import Refusal
from chb.ui import session, theme
from chb.ui.maps.elements import Outline, Pin, Position
from chb.ui.parts.assets.saving import save_edited
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.position_fields import ask_position, forget_position, position_of, put_position
from chb.ui.parts.record_fields import ask_reason
from chb.ui.parts.sending import as_shown, send_button

TAB: Final = "asset_tab"
ON_THE_MAP: Final = "Map"
_TASK: Final = "asset_task"
_MOVE: Final = "Move it"
_DRAW: Final = "Draw its area"


def show_asset_place(asset: Asset) -> None:
    """What a click on the map does, and the form that keeps what it did."""
    st.segmented_control(
        "A click on the map", [_MOVE, _DRAW], default=_MOVE, required=True, key=_TASK
    )
    if is_drawing():
        _show_area(asset)
    else:
        _show_move(asset)


def is_placing() -> bool:
    """Whether clicks are about where the open asset stands."""
    return bool(st.session_state.get(TAB) == ON_THE_MAP)


def is_drawing() -> bool:
    """Whether they are corners of its area."""
    return is_placing() and bool(st.session_state.get(_TASK) == _DRAW)


def take_click(asset: Asset, position: Position) -> None:
    """Move the pin there, or put a corner there."""
    if not is_drawing():
        put_position(_fields(asset), position)
        return
    corners = st.session_state.get(_corners(asset), "")
    latitude, longitude = position
    st.session_state[_corners(asset)] = f"{corners}\n{_line((longitude, latitude))}".strip()


def pin_of(asset: Asset) -> Pin:
    """Where the asset stands, or where it has been dragged to."""
    moved = position_of(_fields(asset)) if is_placing() and not is_drawing() else None
    latitude, longitude = moved or (asset.latitude, asset.longitude)
    draggable = is_placing() and not is_drawing()
    return Pin(latitude, longitude, name=asset.name, may_be_dragged=draggable)


def outlines_of(asset: Asset) -> list[Outline]:
    """Its area, or as much of a new one as has been drawn; nothing that cannot be read."""
    ring = asset.outline
    if is_drawing():
        try:
            ring = corners_of_lines(st.session_state.get(_corners(asset), ""))
        except Refusal:
            return []
    corners = [(latitude, longitude) for longitude, latitude in ring]
    return [Outline([[*corners, corners[0]]], colour=theme.CLARET)] if corners else []


def corners_of_lines(lines: str) -> Ring:
    """Corners from ``latitude, longitude`` on each line; Refusal for a line that is none."""
    return tuple(_corner(line) for line in lines.splitlines() if line.strip())


def within_outline(asset: Asset, ring: Ring) -> Asset:
    """The asset with that area; a position outside it comes to lie inside."""
    ring = checked_outline(ring)
    if not ring or contains(ring, (asset.longitude, asset.latitude)):
        return replace(asset, outline=ring)
    longitude, latitude = point_inside(ring)
    return replace(asset, outline=ring, longitude=longitude, latitude=latitude)


def _show_move(asset: Asset) -> None:
    if position_of(_fields(asset)) is None:
        put_position(_fields(asset), (asset.latitude, asset.longitude))
    form = f"move_asset:{asset.id}"
    seen = as_shown(form, asset)
    st.caption("Click where it stands, drag the pin, or type the numbers.")
    with st.form(session.form_key(form), border=False):
        latitude, longitude = ask_position(_fields(asset))
        reason = ask_reason(asset)
        by = ask_author()
        sent = send_button(form, "Save where it stands")
    if not sent:
        return

    def work(request_key: str) -> str:
        moved = seen.moved_to(longitude, latitude)
        notice = save_edited(
            moved, by=by, reason=reason or "Moved on the map", request_key=request_key
        )
        forget_position(_fields(asset))
        return notice

    save(form, work)


def _show_area(asset: Asset) -> None:
    key = _corners(asset)
    if key not in st.session_state:
        st.session_state[key] = "\n".join(map(_line, asset.outline))
    form = f"outline_asset:{asset.id}"
    seen = as_shown(form, asset)
    st.caption("Click its corners in order, going round it once. It closes by itself.")
    back, clear = st.columns(2)
    back.button("Take back the last", on_click=_keep_corners, args=(key, -1), width="stretch")
    clear.button("No area", on_click=_keep_corners, args=(key, 0), width="stretch")
    with st.form(session.form_key(form), border=False):
        lines = st.text_area(
            "Corners", key=key, height=150, placeholder="Latitude, longitude: one on each line"
        )
        reason = ask_reason(asset)
        by = ask_author()
        sent = send_button(form, "Save the area")
    if not sent:
        return

    def work(request_key: str) -> str:
        drawn = within_outline(seen, corners_of_lines(lines))
        why = reason or "Area drawn on the map"
        return save_edited(drawn, by=by, reason=why, request_key=request_key)

    save(form, work)


def _keep_corners(key: str, until: int) -> None:
    """Keep the corners up to one, as a slice counts."""
    lines: Sequence[str] = st.session_state.get(key, "").splitlines()
    st.session_state[key] = "\n".join(lines[:until])


def _corner(line: str) -> tuple[float, float]:
    try:
        latitude, longitude = (float(number) for number in line.split(","))
    except ValueError:
        raise Refusal(
            "A corner of an area cannot be read",
            found=f"Found {line[:60]!r}",
            remedy="Write latitude and longitude with a comma between them, a corner on each line",
        ) from None
    return longitude, latitude


def _line(corner: tuple[float, float]) -> str:
    longitude, latitude = corner
    return f"{latitude:.5f}, {longitude:.5f}"


def _fields(asset: Asset) -> str:
    return f"move:{asset.id}"


def _corners(asset: Asset) -> str:
    return f"corners:{asset.id}"
