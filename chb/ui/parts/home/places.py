"""Places at a glance: a card each, for officers with figures, for partners as it is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

import streamlit as st

from chb.domain.access.permissions import Permission, may
from chb.domain.home import ActionCount
from chb.domain.places.phases import Phase
from chb.domain.wording import plural
from chb.services.home.place_harm import PlaceHarm
from chb.services.home.places import PlaceGlance, places_at_a_glance
from chb.services.home.shared_places import SharedGlance, shared_glances
from chb.services.workspace import Workspace
from chb.ui import cache, home_cache, session, theme
from chb.ui.home_cache import SharedStanding
from chb.ui.parts.explained import explain
from chb.ui.parts.home.sparkline import sparkline_html, trend_sentence, trend_words
from chb.ui.parts.page_links import go_to, show_page_link
from chb.ui.parts.places.list import intensity_words
from chb.ui.parts.words import day_words, literal, literal_html

_MOST: Final = 6
_IN_A_ROW: Final = 3
_SHARED_CHOICE: Final = "work_of_place"
_FIGURES: Final = ("home_trend", "home_overdue", "own_boundary")

PlaceT = TypeVar("PlaceT", PlaceGlance, SharedGlance)


def show_places(ws: Workspace) -> None:
    """Cards of the open places; a press opens the place."""
    st.subheader("Places at a glance", anchor=False)
    if may(ws.scope, Permission.SEE_OPERATIONS):
        _show_in_full(places_at_a_glance(ws))
    else:
        _show_shared(shared_glances(ws))


def place_card(glance: PlaceGlance, harm: PlaceHarm | None) -> str:
    """Phases, what is overdue, and how harm moved."""
    phases = [(phase, intensity_words(now)) for phase, now in glance.phases.items()]
    return (
        f'<div class="hf-glance"><p>{literal_html(glance.area_name)}</p>{phase_lines(phases)}'
        f"{action_line(glance.actions)}{_harm(harm)}</div>"
    )


def shared_card(glance: SharedGlance, standing: SharedStanding | None) -> str:
    """Phases that are no secret, shared work, and harm by the shared maps of two years."""
    phases = [(Phase(shown.phase), shown.intensity) for shown in glance.phases]
    return (
        f'<div class="hf-glance"><p>{literal_html(glance.area)}</p>{phase_lines(phases)}'
        f"{action_line(glance.actions)}{_standing(standing, len(glance.cells))}</div>"
    )


def action_line(actions: ActionCount) -> str:
    """How much is open, how much of it is late, and when the next is due."""
    n_late, next_on = actions.n_overdue, actions.next_due_on
    late = f'<span class="hf-late">{n_late:,} overdue</span>' if n_late else "none overdue"
    ahead = f", next due {day_words(next_on)}" if next_on else ""
    return f"<p>{plural(actions.n, 'open action')}, {late}{ahead}</p>"


def phase_lines(phases: Iterable[tuple[Phase, str]]) -> str:
    """Each phase with its mark, and how hard it is worked at."""
    return "".join(
        f'<div class="hf-phase-line">{theme.PHASE_MARKS[phase].html()}<b>{phase}</b>'
        f"<span>{literal_html(words)}</span></div>"
        for phase, words in phases
    )


def _show_in_full(glances: Sequence[PlaceGlance]) -> None:
    boundaries = tuple(sorted((each.place_id, each.boundary_version) for each in glances))
    harm = home_cache.place_harm(cache.data_version(), boundaries)

    def card(glance: PlaceGlance) -> str:
        return place_card(glance, harm.get(glance.place_id))

    def open_place(glance: PlaceGlance) -> None:
        st.session_state[session.PLACE] = glance.place_id
        go_to("places")

    _show_cards(glances, card, title=lambda glance: glance.name, opens=open_place)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_page_link("places", "All places", icon="flag")
        explain("Places at a glance", _FIGURES, key="explain_places")


def _show_shared(glances: Sequence[SharedGlance]) -> None:
    def open_work(glance: SharedGlance) -> None:
        st.session_state[_SHARED_CHOICE] = glance.title
        go_to("shared-work")

    _show_cards(glances, _shared_card, title=lambda glance: glance.title, opens=open_work)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_page_link("shared-work", "All places and work", icon="flag")
        show_page_link("harm-bands", "Harm map", icon="grid_view")
        explain("Places at a glance", ("home_overdue", "home_band"), key="explain_places")


def _shared_card(glance: SharedGlance) -> str:
    version = cache.data_version()
    area = next((each.key for each in cache.areas(version) if each.name == glance.area), "")
    if not area or not cache.months(version):
        return shared_card(glance, None)
    return shared_card(glance, home_cache.shared_standing(glance, area))


def _show_cards(
    places: Sequence[PlaceT],
    card: Callable[[PlaceT], str],
    *,
    title: Callable[[PlaceT], str],
    opens: Callable[[PlaceT], None],
) -> None:
    """The first few, beside each other in rows that are read from left to right."""
    if not places:
        st.html('<p class="hf-note">No place is open, or none is shared with you yet.</p>')
    shown = places[:_MOST]
    for start in range(0, len(shown), _IN_A_ROW):
        row = shown[start : start + _IN_A_ROW]
        for at, (place, column) in enumerate(zip(row, st.columns(_IN_A_ROW), strict=False)):
            key = f"home-place-{start + at}"
            with column, st.container(border=True, height="stretch", gap="xxsmall", key=key):
                if st.button(literal(title(place)), type="tertiary", key=f"open-{key}"):
                    opens(place)
                st.html(card(place))
    if len(places) > _MOST:
        st.caption(f"The first {_MOST} of {len(places):,} places.")


def _harm(harm: PlaceHarm | None) -> str:
    if harm is None:
        return "<p>No incidents are loaded.</p>"
    return (
        f"{sparkline_html(harm)}<p><strong>Harm {trend_words(harm)}</strong> on the year before."
        f"<br>{literal_html(trend_sentence(harm))}.</p>"
    )


def _standing(standing: SharedStanding | None, n_cells: int) -> str:
    if standing is None:
        return ""
    of_all = f"{standing.n_highest:,} of its {plural(n_cells, 'cell')}"
    return (
        f"<p><strong>Harm {_moved(standing)}</strong> {of_all} in the highest fifth of the shared "
        f"map{_before(standing.n_before)}</p>"
    )


def _moved(standing: SharedStanding) -> str:
    """In times of the rest of the area: bands rank cells, so they never tell how much."""
    now, before = standing.n_highest, standing.n_before
    if before is None:
        return "against the area:"
    return f"{'up' if now > before else 'down' if now < before else 'steady'} against the area:"


def _before(n_before: int | None) -> str:
    if n_before is None:
        return ". No trend: not all months of the year before are loaded."
    return f"; {n_before:,} the year before."
