"""Which assets are on the map and in the list: an area to look at, and what is asked of them."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.assets.register import AssetStatus
from chb.domain.assets.verification import AGEING_DAYS, FRESH_DAYS, Verification
from chb.services.assets.finding import AssetQuery, Referrals
from chb.ui import cache
from chb.ui.parts.filters import choose_area

_STATUSES: Final[list[AssetStatus]] = list(AssetStatus)
_LOOKS: Final[list[Verification]] = list(Verification)
_REFERRALS: Final[list[Referrals]] = list(Referrals)


def choose_assets(version: str) -> tuple[str, AssetQuery]:
    """Key of the area that the map looks at, empty where none is loaded, and the question."""
    where, named = st.columns([1, 1.4])
    areas = cache.areas(version)
    area_key = ""
    if areas:
        with where:
            area_key = choose_area(areas).key
    words = named.text_input("Find by name", placeholder="Any part of it", key="asset_words")
    return area_key, _ask(words)


def _ask(words: str) -> AssetQuery:
    what, how_far, looked, referrals = st.columns([1.2, 1.2, 1.1, 1])
    kinds = cache.asset_kinds()
    groups = what.multiselect(
        "Groups",
        sorted({kind.group for kind in kinds}),
        placeholder="All",
        format_func=str.capitalize,
        key="asset_groups",
    )
    statuses = how_far.multiselect(
        "Status",
        _STATUSES,
        placeholder="Not closed",
        format_func=str.capitalize,
        key="asset_statuses",
    )
    looks = looked.multiselect(
        "Last look",
        _LOOKS,
        placeholder="Any",
        format_func=str.capitalize,
        key="asset_looks",
        help=f"When somebody last looked whether it is as recorded: fresh up to {FRESH_DAYS} "
        f"days, ageing up to {AGEING_DAYS}, stale after.",
    )
    accepted = referrals.selectbox(
        "Referrals",
        _REFERRALS,
        index=None,
        placeholder="Any",
        format_func=str.capitalize,
        key="asset_referrals",
    )
    return AssetQuery(
        today=cache.workspace().today(),
        words=words.strip(),
        kinds=tuple(kind.key for kind in kinds if kind.group in groups),
        statuses=tuple(statuses),
        looks=tuple(looks),
        referrals=accepted,
    )
