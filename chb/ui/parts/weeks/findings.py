"""What a week comes to: how much runs, what clashes, which evenings have nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import streamlit as st

from chb.domain.assets.ages import OLDEST_AGE
from chb.domain.assets.sessions import Weekday
from chb.domain.wording import plural
from chb.services.assets.weeks import Clash, Slot, Week
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.origins import show_caveats
from chb.ui.parts.weeks.grid import time_words

_FIGURES: Final = ("week_sessions", "week_clashes", "week_evenings")


def show_week_cards(week: Week) -> None:
    """Sessions, clashes and evenings in three figures."""
    timed = len({slot.asset_id for slot in week.slots})
    bare = week.uncovered
    show_cards(
        (
            Card(
                "Sessions a week",
                f"{len(week.slots):,}",
                f"at {timed:,} of {plural(week.n_assets, 'asset')} within reach",
            ),
            Card(
                "Clashes",
                f"{len(week.clashes):,}",
                "times when sessions compete for the same people",
                colour=theme.CLARET if week.clashes else theme.BLUE,
            ),
            Card(
                "Evenings with nothing",
                f"{len(bare)} of {len(Weekday)}",
                day_names(bare) or "every evening is covered",
                colour=theme.CLARET if bare else theme.BLUE,
            ),
        )
    )


def show_clashes(week: Week) -> None:
    """Every clash with its sessions, numbered as in the week's table."""
    st.subheader("Clashes", anchor=False)
    if not week.clashes:
        st.write("No sessions for these ages compete with each other.")
        return
    show_table(
        ("Clash", "When", "What runs at once"),
        [_row(at, clash) for at, clash in enumerate(week.clashes, start=1)],
        name="Clashes",
    )


def show_beside(week: Week) -> None:
    """How the week was worked out, and what to beware of."""
    explain("The week", _FIGURES, rules=week.choices, key="explain_week")
    show_caveats(week.caveats)


def day_names(days: Iterable[Weekday]) -> str:
    """``Monday, Friday``."""
    return ", ".join(day.value for day in days)


def clash_words(clash: Clash) -> str:
    """When a clash is."""
    return f"{clash.weekday} {clash.start:%H:%M} to {clash.end:%H:%M}"


def ages_words(youngest: int, oldest: int) -> str:
    """Whom something is for."""
    if oldest >= OLDEST_AGE:
        return f"ages {youngest} and over" if youngest else "all ages"
    return f"ages {youngest} to {oldest}"


def slot_words(slot: Slot) -> str:
    """A session in a list to choose from."""
    session = slot.session
    about = f", {session.activity}" if session.activity else ""
    return f"{session.weekday} {time_words(session)}, {slot.asset_name}{about}"


def _row(number: int, clash: Clash) -> tuple[str, str, Noted]:
    names = dict.fromkeys(slot.asset_name for slot in clash.slots)
    bands = dict.fromkeys(ages_words(*ages) for ages in sorted({slot.ages for slot in clash.slots}))
    return str(number), clash_words(clash), Noted(", ".join(names), "; ".join(bands))
