"""What was disrupted and what was decided at a place, the latest first."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.places.decisions import Link, LinkKind
from chb.domain.places.places import Place
from chb.domain.planning.disruptions import Disruption
from chb.services.places.decisions import list_decisions
from chb.services.planning.disruptions import list_disruptions
from chb.ui import cache
from chb.ui.parts.decisions.list import show_decisions
from chb.ui.parts.disruptions.list import show_level_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.subjects import list_subjects, names_by_id
from chb.ui.parts.words import day_words

Listed = tuple[Place, ...]

_MOST: Final = 100


def show_place_disruptions(place: Place, listed: Listed) -> None:
    """How many of each level, and the events; they are recorded on the page Disruptions."""
    del listed
    events = list_disruptions(cache.workspace(), place_id=place.id)
    if not events:
        st.write("No disruption is recorded here yet. It takes a minute on the page Disruptions.")
        return
    show_level_cards(events)
    explain("Disruptions at the place", ("place_disruptions",), key="explain_place_disruptions")
    names = names_by_id(list_subjects())
    show_table(
        ("On", "What", "Level", "P", "OCG", "Agency"),
        [_event(each, names) for each in events[:_MOST]],
        name="Disruptions",
    )
    if len(events) > _MOST:
        st.caption(f"The latest {_MOST} of {len(events):,}; all are on the page Disruptions.")


def show_place_decisions(place: Place, listed: Listed) -> None:
    """The entries of the log that are about the place; they are recorded on the page Decisions."""
    del listed
    found = list_decisions(cache.workspace(), about=Link(LinkKind.PLACE, place.id))
    if not found:
        st.write("No decision about this place is in the log yet. It is written on Decisions.")
        return
    show_decisions(found, names_by_id(list_subjects()))


def _event(each: Disruption, names: dict[str, str]) -> tuple[str | Noted, ...]:
    return (
        day_words(each.happened_on),
        each.what,
        Noted(each.settled_level.value, each.state.value),
        each.pillar.value,
        names.get(each.ocg_id or "", ""),
        each.agency,
    )
