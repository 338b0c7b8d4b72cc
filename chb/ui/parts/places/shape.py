"""Boundary and name of a place: a map that chooses cells, beside one form at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import h3.api.numpy_int as h3
import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.places.places import Place
from chb.ui import cache, theme
from chb.ui.maps.elements import Outline, Position, Scene
from chb.ui.maps.ground import area_map
from chb.ui.maps.outlines import place_outline, rings_of
from chb.ui.maps.view import show_map
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.draft_cells import Cells, bounds_of, switched, with_ring
from chb.ui.parts.places.boundary_cells import show_boundary_cells
from chb.ui.parts.places.boundary_forms import (
    draft_of,
    keep_draft,
    show_redraw,
    show_split,
)
from chb.ui.parts.places.name_forms import show_merge, show_rename
from chb.ui.parts.places.opening_forms import show_open_or_close
from chb.ui.parts.places.overview import area_key_of
from chb.ui.parts.planner_style import WARNING

Listed = tuple[Place, ...]

_REDRAW: Final = "Change the boundary"
_SPLIT: Final = "Split the place"
_JOBS: Final[dict[str, Callable[[Place, Listed], None]]] = {
    _REDRAW: show_redraw,
    _SPLIT: show_split,
    "Merge with another": show_merge,
    "Rename": show_rename,
    "Close, reopen or resume Clear": show_open_or_close,
}
_LABEL: Final = "Map of the boundary. Cells can also be chosen in the form beside the map."
_HEIGHT_PX: Final = 560


def show_shape(place: Place, listed: Listed) -> None:
    """The map and the chosen job."""
    wide, narrow = st.columns([1.5, 1], gap="medium")
    with narrow:
        job = st.selectbox("What to do", list(_JOBS), key="shape_job")
    with wide:
        _show_map(place, listed, job)
    with narrow:
        if may_or_is_told(Permission.MANAGE_PLACES):
            _JOBS[job](place, listed)


def _show_map(place: Place, listed: Listed, job: str) -> None:
    def choose(position: Position) -> None:
        if job in (_REDRAW, _SPLIT):
            cell = int(h3.latlng_to_cell(*position, place.boundary.resolution))
            keep_draft(place, job == _SPLIT, switched(draft_of(place, job == _SPLIT), cell))

    outlines = [place_outline(each, chosen=each.id == place.id) for each in listed]
    if job in (_REDRAW, _SPLIT):
        outlines += _draft_outlines(place, draft_of(place, job == _SPLIT), leaves=job == _SPLIT)
    ground = area_map(
        cache.data_version(),
        area_key_of(place),
        page=f"shape-{place.id}",
        label=_LABEL,
        bounds=bounds_of(with_ring(with_ring(place.boundary.cells))),
    )
    scene = Scene(outlines=outlines)
    show_map(ground, scene, key="shape_view", on_click=choose, height_px=_HEIGHT_PX)
    draft = draft_of(place, job == _SPLIT) if job in (_REDRAW, _SPLIT) else place.boundary.cells
    show_boundary_cells(place, draft, leaves=job == _SPLIT)


def _draft_outlines(place: Place, draft: Cells, *, leaves: bool) -> list[Outline]:
    """What the form would save: a dashed line round it, unless it is as it was."""
    if not draft or draft == place.boundary.cells:
        return []
    colour = WARNING if leaves else theme.BLUE
    return [Outline(rings=rings_of(draft), colour=colour, dash="7 6", width=3.5)]
