"""What if a session moved: the week is worked out again at every change, nothing is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chb.domain.assets.sessions import Weekday
from chb.services.assets.moves import Effect, Moved
from chb.services.assets.weeks import Key, Slot, Week
from chb.ui import session
from chb.ui.parts.weeks.findings import clash_words, day_names, slot_words
from chb.ui.parts.weeks.grid import time_words
from chb.ui.parts.weeks.tries import FORM, Try, n_put_back, put_back, tries_in, try_move
from chb.ui.parts.words import literal

_QUARTER_S: Final = 900


def show_move(week: Week) -> None:
    """The session to move and its new day and hours; ``week`` is the one that is saved."""
    st.subheader("What if we moved a session?", anchor=False)
    slots = {slot.key: slot for slot in week.slots}
    chosen = st.selectbox(
        "Session",
        list(slots),
        index=None,
        key=f"week_session:{session.form_key(FORM)}",
        format_func=lambda key: slot_words(slots[key]),
        placeholder="Choose the session to move",
    )
    if chosen is not None:
        tried = {each.key: each for each in tries_in(week)}
        _ask_new_time(slots[chosen], tried.get(chosen))


def show_tries(week: Week) -> None:
    """The moves that are tried, each with the button that takes it back."""
    for each in tries_in(week):
        _show_try(week, each)


def show_effect(week: Week, effect: Effect) -> None:
    """What the moves tried would end, make, fill and empty."""
    now, then = len(week.competing), len(effect.week.competing)
    compete = f"Pairs of sessions that compete: {now:,} now, {then:,} then"
    said = (*effect_words(effect), compete)
    st.markdown("\n".join(f"- {literal(each)}" for each in said))


def effect_words(effect: Effect) -> tuple[str, ...]:
    """What moving would change, in sentences; that nothing changes is one, too."""
    said = [f"Ends the clash of {clash_words(each)}" for each in effect.clashes_ended]
    said += [f"Makes a clash: {clash_words(each)}" for each in effect.clashes_made]
    if effect.evenings_gained:
        said.append(f"Fills the evening of {day_names(effect.evenings_gained)}")
    if effect.evenings_lost:
        said.append(f"Leaves nothing on the evening of {day_names(effect.evenings_lost)}")
    return tuple(said) or ("Ends no clash, makes none, and covers the same evenings",)


def _ask_new_time(slot: Slot, tried: Try | None) -> None:
    """Three fields of their own for each session; a change is tried at once."""
    stands = tried.move if tried else slot.session
    days = list(Weekday)
    name = f"week_move:{slot.asset_id}:{slot.index}:{n_put_back()}"
    keys = [f"{name}:{part}" for part in ("day", "start", "end")]

    def follow() -> None:
        weekday, start, end = (st.session_state[key] for key in keys)
        if start is not None and end is not None:
            try_move(slot.session, Moved(slot.asset_id, slot.index, weekday, start, end))

    day, starts, ends = st.columns(3)
    day.selectbox("New day", days, index=days.index(stands.weekday), key=keys[0], on_change=follow)
    _ask_time(starts, "New start", stands.start, keys[1], follow)
    _ask_time(ends, "New end", stands.end, keys[2], follow)


def _ask_time(
    column: DeltaGenerator, label: str, value: time, key: str, follow: Callable[[], None]
) -> None:
    column.time_input(label, value, step=_QUARTER_S, key=key, on_change=follow)


def _show_try(week: Week, tried: Try) -> None:
    names = {slot.key: slot.asset_name for slot in week.slots}
    said, button = st.columns([3, 1], vertical_alignment="center")
    said.markdown(f"**{literal(names[tried.key])}**: {literal(move_words(tried))}")
    button.button("Put back", key=f"put_back:{tried.key}", on_click=put_back, args=([tried.key],))


def move_words(tried: Try) -> str:
    """From when to when."""
    move, before = tried.move, tried.before
    return (
        f"{before.weekday} {time_words(before)}, moved to"
        f" {move.weekday} {move.start:%H:%M} to {move.end:%H:%M}"
    )


def moved_keys(week: Week) -> tuple[Key, ...]:
    """The sessions that are shown where they were only tried."""
    return tuple(each.key for each in tries_in(week))
