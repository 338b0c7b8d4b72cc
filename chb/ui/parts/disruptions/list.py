"""The disruption log on the screen: levels by P, and the table."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pandas as pd
import streamlit as st

from chb.domain.planning.disruptions import Disruption, DisruptionLevel, ModerationState
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.planner_style import WARNING

_COLOURS: Final = {
    DisruptionLevel.MAJOR: theme.NAVY,
    DisruptionLevel.MODERATE: theme.BLUE,
    DisruptionLevel.MINOR: "#7d9cc4",
    DisruptionLevel.NONE: theme.HAIRLINE,
    DisruptionLevel.NEGATIVE: WARNING,
}
_WHAT_PX: Final = 240


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
    """One row an event, the latest first."""
    table = pd.DataFrame(
        {
            "On": [each.happened_on for each in listed],
            "What": [each.what for each in listed],
            "Level": [each.settled_level.value for each in listed],
            "Moderation": [each.state.value for each in listed],
            "P": [each.pillar.value for each in listed],
            "Place": [names.get(each.place_id or "", "") for each in listed],
            "OCG": [names.get(each.ocg_id or "", "") for each in listed],
            "Agency": [each.agency for each in listed],
        }
    )
    days = st.column_config.DateColumn(format="DD MMM YYYY")
    what = st.column_config.TextColumn(width=_WHAT_PX)
    st.dataframe(table, hide_index=True, column_config={"On": days, "What": what})
