"""Timetable: the week of a place, its clashes and empty evenings, and what a move would change."""

from __future__ import annotations

import streamlit as st

from chb.domain.refusal import Refusal
from chb.services.assets.moves import Effect, what_if
from chb.services.assets.timetables import WeekRequest
from chb.services.assets.timetables import week as week_of
from chb.services.assets.weeks import Week
from chb.ui import cache
from chb.ui.parts.notices import refusals_shown, show_empty, show_refusal
from chb.ui.parts.page_head import page_head
from chb.ui.parts.weeks.findings import show_beside, show_clashes, show_week_cards
from chb.ui.parts.weeks.grid import show_week
from chb.ui.parts.weeks.move import moved_keys, show_effect, show_move, show_tries
from chb.ui.parts.weeks.places import Titles, places_shown
from chb.ui.parts.weeks.question import ask_week
from chb.ui.parts.weeks.save import show_save_moves
from chb.ui.parts.weeks.tries import tries_in


def show() -> None:
    """The page."""
    page_head("Timetable")
    with refusals_shown():
        shown = places_shown()
        if not shown:
            show_empty(
                "No place to show a week of",
                "A timetable is that of a place: it appears here when its lead officer has "
                "started it and it is shared with you.",
            )
            return
        _explore(shown)


@st.fragment
def _explore(shown: Titles) -> None:
    """Question, week and moves: a choice runs this part only."""
    request = ask_week(shown)
    with refusals_shown():
        _show(request, title=shown[request.place_id])


def _show(request: WeekRequest, *, title: str) -> None:
    week = week_of(cache.workspace(), request)
    effect = _effect_of_tries(week)
    shown = effect.week if effect else week
    show_week_cards(shown)
    found, tried = st.columns(2, gap="large")
    with found:
        show_clashes(shown)
    with tried, refusals_shown():
        _show_moves(week, effect)
    show_week(shown, name=f"Week of {title}", moved=moved_keys(week) if effect else ())
    show_beside(shown)


def _show_moves(week: Week, effect: Effect | None) -> None:
    """What may be moved, what is tried, and what that would change."""
    if week.slots:
        show_move(week)
    show_tries(week)
    if effect:
        show_effect(week, effect)
        show_save_moves(week)


def _effect_of_tries(week: Week) -> Effect | None:
    """What the moves tried would change; None where there is none, or one that cannot be."""
    moves = [each.move for each in tries_in(week)]
    try:
        return what_if(week, *moves) if moves else None
    except Refusal as refusal:
        show_refusal(refusal)
        return None
