"""Moves of sessions that somebody is trying on the screen; nothing of them is saved yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from chb.domain.assets.register import Asset
from chb.domain.assets.sessions import Session
from chb.services.assets.moves import Moved
from chb.services.assets.weeks import Key, Week

FORM: Final = "week_moves"
"""The form that saves them."""
_TRIES: Final = "week_tries"
_PUT_BACK: Final = "week_put_back"


@dataclass(frozen=True)
class Try:
    """A move, and the session as it was when it was chosen."""

    before: Session
    move: Moved

    @property
    def key(self) -> Key:
        return self.move.asset_id, self.move.index


def tries_in(week: Week) -> tuple[Try, ...]:
    """Moves of sessions of the week that are still what they were when they were moved."""
    now = {slot.key: slot.session for slot in week.slots}
    return tuple(each for each in _kept().values() if now.get(each.key) == each.before)


def try_move(before: Session, move: Moved) -> None:
    """Try a move, in place of an earlier one of the same session; back where it was is none."""
    key = (move.asset_id, move.index)
    _kept().pop(key, None)
    if (move.weekday, move.start, move.end) != (before.weekday, before.start, before.end):
        _kept()[key] = Try(before, move)


def put_back(keys: Iterable[Key]) -> None:
    """Leave sessions where they are."""
    for key in keys:
        _kept().pop(key, None)
    st.session_state[_PUT_BACK] = n_put_back() + 1


def n_put_back() -> int:
    """How often that happened: fields named after it begin with what is so again."""
    return int(st.session_state.get(_PUT_BACK, 0))


def retimed(asset: Asset, tries: Iterable[Try]) -> Asset:
    """The asset with its own moved sessions at their new times."""
    sessions = list(asset.sessions)
    for each in tries:
        if each.move.asset_id == asset.id:
            move = each.move
            sessions[move.index] = replace(
                each.before, weekday=move.weekday, start=move.start, end=move.end
            )
    return replace(asset, sessions=tuple(sessions))


def _kept() -> dict[Key, Try]:
    kept: dict[Key, Try] = st.session_state.setdefault(_TRIES, {})
    return kept
