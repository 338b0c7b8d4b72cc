"""Gaps: where need is not met at an hour of the week, and which asset could open to meet it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.access.roles import View
from chb.services.assets.needs import GapRequest
from chb.ui import gap_cache, viewer
from chb.ui.gap_cache import Found
from chb.ui.maps.elements import Outline, Position, Scene
from chb.ui.maps.ground import area_map, shown_cells
from chb.ui.maps.layers import PaintedLayer
from chb.ui.maps.view import show_map
from chb.ui.parts.allowed import may_here
from chb.ui.parts.bands.shared_outlines import shared_outlines
from chb.ui.parts.gaps.beside import explain_gaps, show_gap_cards
from chb.ui.parts.gaps.cells import choose_at, chosen_outline, show_worst
from chb.ui.parts.gaps.extensions import extension_outlines, show_extensions
from chb.ui.parts.gaps.offer import show_offer
from chb.ui.parts.gaps.question import ask_gaps
from chb.ui.parts.notices import refusals_shown, show_empty
from chb.ui.parts.origins import show_attribution, show_caveats
from chb.ui.parts.page_head import loaded_or_is_told, page_head
from chb.ui.parts.places.list import place_outlines

_LABEL: Final = "Map of unmet need. The cells with most of it are listed beside the map."


def show() -> None:
    """The page."""
    page_head("Gaps")
    if viewer.scope().view < View.PARTNER:
        show_empty(
            "Gaps are shown to agencies that have signed",
            "The map rests on harm in bands, which an agency is shown once its sharing agreement "
            "is in force. The timetable of each place is open to everybody here.",
        )
        return
    loaded = loaded_or_is_told()
    if loaded is None:
        return
    with refusals_shown():
        in_figures = may_here(Permission.SEE_HARM_FIGURES)
        _explore(loaded.version, ask_gaps(loaded, in_figures=in_figures))


@st.fragment
def _explore(version: str, request: GapRequest) -> None:
    """Map and lists: a click runs this part only."""
    with refusals_shown():
        in_figures = may_here(Permission.SEE_HARM_FIGURES)
        found = gap_cache.gaps(version, request, in_figures=in_figures)
        show_gap_cards(found)
        wide, narrow = st.columns([2.1, 1.1], gap="medium")
        with wide:
            painted = gap_cache.painted(version, viewer.scope().view, request, in_figures)
            _show_map(version, request, found, painted)
            explain_gaps(found)
            show_caveats(found.caveats)
            show_attribution(found.sources)
        with narrow:
            if found.worst:
                show_worst(found)
        _show_extensions(found)


def _show_extensions(found: Found) -> None:
    listed, offered = st.columns([2.1, 1.1], gap="medium")
    with listed:
        show_extensions(found)
    with offered, refusals_shown():
        show_offer(found)


def _show_map(
    version: str, request: GapRequest, found: Found, painted: PaintedLayer | None
) -> None:
    def choose(position: Position) -> None:
        choose_at(found, position)

    outlines = [*chosen_outline(found), *extension_outlines(found), *_places()]
    scene = Scene(outlines=outlines)
    if painted is None:
        st.info("No need is unmet here at that hour.", icon=":material/done_all:")
    else:
        scene = Scene(cells=shown_cells(painted), outlines=outlines, legend=painted.legend)
    ground = area_map(version, request.area, page="gaps", label=_LABEL)
    show_map(ground, scene, key="gaps_view", on_click=choose)
    if painted is not None:
        st.html(f'<p class="hf-note" data-testid="sentence">{painted.sentence}</p>')


def _places() -> list[Outline]:
    return place_outlines() if may_here(Permission.SEE_OPERATIONS) else shared_outlines()
