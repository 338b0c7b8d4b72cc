"""Community assets near a place, and their week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from chb.domain.assets.register import Asset
from chb.domain.places.places import Place
from chb.domain.wording import plural
from chb.services.assets.timetables import WeekRequest
from chb.services.assets.timetables import week as week_of
from chb.services.places.surroundings import AssetOfPlace, assets_of_place
from chb.ui import cache
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.weeks.findings import show_beside, show_clashes, show_week_cards
from chb.ui.parts.weeks.grid import show_week
from chb.ui.parts.words import day_words

_MOST: Final = 60


def show_near(place: Place, listed: tuple[Place, ...]) -> None:
    """Who is there to work with, and when they open; changed on Assets and Timetable."""
    del listed
    found = assets_of_place(cache.workspace(), place.id)
    if not found:
        st.write("No asset is known within walking distance yet. Mark one on the page Assets.")
        return
    _show_cards(found)
    _show_assets(found)
    st.subheader("The week near here", anchor=False)
    week = week_of(cache.workspace(), WeekRequest(place_id=place.id))
    show_week_cards(week)
    show_clashes(week)
    show_week(week, name=f"Week near {place.name}")
    show_beside(week)


def _show_cards(found: Sequence[AssetOfPlace]) -> None:
    inside = sum(each.is_inside for each in found)
    never = sum(each.asset.verified_on is None for each in found)
    timed = sum(bool(each.asset.sessions) for each in found)
    show_cards(
        (
            Card("Assets near", f"{len(found):,}", f"{inside} of them in the place itself"),
            Card("With a timetable", f"{timed:,}", "the others count as shut"),
            Card("Never verified", f"{never:,}", "nobody has asked them yet"),
        )
    )
    explain("Assets near the place", ("place_assets",), key="explain_place_assets")


def _show_assets(found: Sequence[AssetOfPlace]) -> None:
    kinds = {kind.key: kind.label for kind in cache.asset_kinds()}
    with st.expander(f"{plural(len(found), 'asset')} within walking distance", expanded=True):
        show_table(
            ("Asset", "Where", "What it offers", "Sessions a week", "Verified"),
            [_row(each, kinds) for each in found[:_MOST]],
            name="Assets near the place",
        )
        if len(found) > _MOST:
            st.caption(f"The first {_MOST}; all are on the page Assets.")


def _row(each: AssetOfPlace, kinds: Mapping[str, str]) -> tuple[str | Noted, ...]:
    asset = each.asset
    return (
        Noted(asset.name, kinds.get(asset.kind, asset.kind)),
        "in the place" if each.is_inside else "within walking distance",
        ", ".join(asset.services or dict.fromkeys(_activities(asset))) or "not said yet",
        str(len(asset.sessions)) if asset.sessions else "no timetable",
        day_words(asset.verified_on, none="never"),
    )


def _activities(asset: Asset) -> list[str]:
    return [session.activity for session in asset.sessions if session.activity]
