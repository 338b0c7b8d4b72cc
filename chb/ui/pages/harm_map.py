"""Harm map: where harm gathers, and what is behind one cell of it."""

from __future__ import annotations

from typing import Final

import h3.api.numpy_int as h3
import streamlit as st

from chb.domain.periods import Month
from chb.domain.refusal import Refusal
from chb.services.exports.products import ExportKind
from chb.services.harm.profiling import HarmProfile
from chb.ui import cache, session
from chb.ui.maps.elements import Position
from chb.ui.maps.ground import area_map
from chb.ui.maps.harm_layers import ShownLayer, layer_of
from chb.ui.maps.view import show_map
from chb.ui.parts.download import offer_download
from chb.ui.parts.filters import choose_profile
from chb.ui.parts.harm.beside import show_beside, show_cells
from chb.ui.parts.harm.compare import (
    Beside,
    Way,
    ask_beside,
    ask_way,
    chosen_way,
    heading,
    in_time,
    scheme_title,
    show_common,
)
from chb.ui.parts.harm.explained import explain_layer
from chb.ui.parts.harm.layer import Asked, choose_layer, empty_layer, shown_beside, shown_layer
from chb.ui.parts.harm.months import FIXED, choose_month, is_loaded, not_loaded
from chb.ui.parts.harm.scene import Said, scene_of
from chb.ui.parts.harm.style import apply_harm_style
from chb.ui.parts.harm.switches import Switches, ask_switches
from chb.ui.parts.notices import refusals_shown, show_refusal
from chb.ui.parts.origins import show_attribution, show_provenance
from chb.ui.parts.page_head import loaded_or_is_told, page_head

_LABEL: Final = "Harm map. Every cell can also be chosen in the list beside the map."
_HEIGHT_PX: Final = 550
_SECOND: Final = "The map compared with. Its highest cells are in the table below."


def show() -> None:
    """The page."""
    page_head("Harm map")
    apply_harm_style()
    loaded = loaded_or_is_told()
    if loaded is None:
        return
    with refusals_shown():
        request = choose_profile(loaded.areas, loaded.months)
        profile = cache.profile(loaded.version, request)
        _explore(Asked(loaded.version, request, loaded.months))
        show_provenance(profile.provenance)


@st.fragment
def _explore(asked: Asked) -> None:
    """Map and dossier: a click, another layer or another month runs this part only."""
    profile = cache.profile(asked.version, asked.request)
    _forget_cell_outside(profile)
    label = choose_layer()
    if chosen_way() is Way.ONE:
        _show_one(asked, profile, label)
    else:
        with refusals_shown():
            _show_two(asked, profile, label)


def _show_one(asked: Asked, profile: HarmProfile, label: str) -> None:
    """One map, its months under it, and the lists and dossiers beside it."""
    wide, narrow = st.columns([2.3, 1], gap="medium")
    with narrow:
        switches = _ask_view()
    with wide:
        ground = st.container()  # the slider under the map says which month is on it
        month = choose_month(asked, layer_of(label))
        shown, refusal = _shown(asked, label, month)
        with ground:
            about = f"{month or asked.request.period}, {scheme_title(asked.request)}"
            _show_map(asked, shown, switches, Said(about, FIXED if month else ""))
        _show_under(shown, refusal)
        _show_made_from(asked, profile, shown)
    with narrow:
        if month is not None:
            _tell_period(asked, shown, month)
        show_beside(asked, profile, shown)


def _tell_period(asked: Asked, shown: ShownLayer, month: Month) -> None:
    """Of which months the figures beside the map of one month are."""
    st.caption(
        f"**Whole period: {asked.request.period}.** Only the order of the cells and their "
        f"{shown.layer.label.lower()} are of {month}, as on the map."
    )


def _ask_view() -> Switches:
    """The two buttons that say how much is on the map, and whether there are two."""
    with st.container(horizontal=True, vertical_alignment="center"):
        switches = ask_switches()
        ask_way()
    return switches


def _shown(asked: Asked, label: str, month: Month | None) -> tuple[ShownLayer, Refusal | None]:
    """The layer, or one of nothing and the reason why."""
    try:
        if month is not None and not is_loaded(asked, month):
            return empty_layer(label), not_loaded(month)
        return shown_layer(asked, label, month), None
    except Refusal as refusal:
        return empty_layer(label), refusal


def _show_under(shown: ShownLayer, refusal: Refusal | None) -> None:
    """What the map says in words, or why it shows nothing."""
    if refusal is not None:
        show_refusal(refusal)
    elif shown.painted is None:
        st.info(shown.layer.absent, icon=":material/layers_clear:")
    else:
        st.html(f'<p class="hf-note" data-testid="sentence">{shown.painted.sentence}</p>')


def _show_two(asked: Asked, profile: HarmProfile, label: str) -> None:
    """Two maps that look at the same spot, and under them what they have in common."""
    row = st.columns(2, gap="small", vertical_alignment="bottom")
    with row[0]:
        switches = _ask_view()
    with row[1]:
        beside = ask_beside(asked, chosen_way())
    left, right = in_time(asked, beside)
    is_of_periods = beside.way is Way.PERIODS
    first = shown_beside(left, right.request, label, is_of_periods=is_of_periods)
    second = shown_beside(right, left.request, label, is_of_periods=is_of_periods)
    beside = Beside(beside.way, right.request)
    told = beside.classes_told(left, first.layer)
    st.caption(f"{told}. The maps look at the same spot: move one, and the other follows.")
    sides = st.columns(2, gap="small")
    for side, (one, shown) in enumerate(((left, first), (right, second))):
        with sides[side]:
            st.markdown(heading(one.request, beside.way))
            about = f"{one.request.period}, {scheme_title(one.request)}"
            _show_map(one, shown, switches, Said(about, told), side=side)
            _show_under(shown, None)
    own = first if left == asked else second
    common, cells = st.columns([1.5, 1], gap="medium")
    with common:
        show_common(left, beside, first.layer)
        _show_made_from(asked, profile, own)
    with cells, refusals_shown():
        show_cells(asked, profile, own, with_ranking=False)


def _show_made_from(asked: Asked, profile: HarmProfile, shown: ShownLayer) -> None:
    """How it was computed, from whose data, and how to take it out."""
    explain_layer(shown.layer, rules=profile.provenance.choices)
    show_attribution(profile.provenance.sources)
    offer_download("Take the map out", lambda: asked.request, kind=ExportKind.HARM_PROFILE)


def _show_map(
    asked: Asked, shown: ShownLayer, switches: Switches, said: Said, *, side: int | None = None
) -> None:
    """``side`` is 0 or 1 for one of two linked maps."""
    profile = cache.profile(asked.version, asked.request)

    def choose(position: Position) -> None:
        st.session_state[session.CELL] = cell_at(profile, position)

    ground = area_map(
        asked.version,
        asked.request.area,
        page="harm",
        label=_SECOND if side else _LABEL,
        linked=side is not None,
    )
    key = "harm_map_view" if side is None else f"harm_map_view_{side}"
    scene = scene_of(asked, shown, switches, said)
    show_map(ground, scene, key=key, on_click=choose, height_px=_HEIGHT_PX)


def cell_at(profile: HarmProfile, position: Position) -> int | None:
    """The cell of the profile at a position; None outside the area."""
    cell = int(h3.latlng_to_cell(*position, profile.request.resolution))
    return cell if (profile.frame["cell"] == cell).any() else None


def _forget_cell_outside(profile: HarmProfile) -> None:
    cell = st.session_state.get(session.CELL)
    if cell is not None and not (profile.frame["cell"] == cell).any():
        st.session_state[session.CELL] = None
