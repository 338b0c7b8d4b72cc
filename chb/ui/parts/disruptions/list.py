"""The disruption log on the screen: levels by P, and the table."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st

from chb.domain.planning.disruptions import Disruption, DisruptionLevel, ModerationState
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.html_table import Cell, Noted, show_table
from chb.ui.parts.planner_style import WARNING
from chb.ui.parts.words import day_words

_COLOURS: Final = {
    DisruptionLevel.MAJOR: theme.NAVY,
    DisruptionLevel.MODERATE: theme.BLUE,
    DisruptionLevel.MINOR: theme.TINT,
    DisruptionLevel.NONE: theme.HAIRLINE,
    DisruptionLevel.NEGATIVE: WARNING,
}
_HEADINGS: Final = ("On", "What happened", "Level", "P", "Place and OCG")


def show_level_cards(listed: tuple[Disruption, ...]) -> None:
    """How many of each level, and how many nobody has moderated yet."""
    counted = Counter(each.settled_level for each in listed)
    waiting = sum(each.state == ModerationState.PROPOSED for each in listed)
    show_cards(
        Card(level.value.capitalize(), str(counted[level]), colour=_COLOURS[level])
        for level in DisruptionLevel
    )
    st.caption(f"{waiting} of {plural(len(listed), 'disruption')} to be moderated")


def show_log(listed: tuple[Disruption, ...], names: dict[str, str]) -> None:
    """One row an event, the latest first; every word of it can be read, on paper too."""
    show_table(_HEADINGS, (_row(each, names) for each in listed), name="Disruptions")


def _row(each: Disruption, names: dict[str, str]) -> tuple[Cell, ...]:
    place, group = (names.get(id_ or "", "") for id_ in (each.place_id, each.ocg_id))
    return (
        day_words(each.happened_on),
        Noted(each.what, each.agency),
        Noted(each.settled_level.value, each.state.value),
        each.pillar.value,
        Noted(place, group),
    )
