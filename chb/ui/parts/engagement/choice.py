"""Which asset a contact was with: one of the queue, one to be in touch with again, or any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from chb.services.assets.engagement import QueuedAsset
from chb.services.assets.follow_ups import FollowUp
from chb.services.assets.register import asset_pins
from chb.ui import cache

_MOST: Final = 60
"""As many as a list can be read; the rest is found by name."""


def choose_asset(queue: Sequence[QueuedAsset], due: Sequence[FollowUp]) -> str:
    """Id of the chosen asset, the first of the queue at first; empty where there is none."""
    words = st.text_input(
        "Find by name", placeholder="Any asset of the register", key="engagement_words"
    )
    names = _found(words) if words.strip() else _waiting(queue, due)
    if not names:
        st.caption("No asset of that name." if words.strip() else "No asset waits.")
        return ""
    chosen: str = st.selectbox(
        "Asset", list(names), format_func=lambda each: names[each], key="engagement_asset"
    )
    return chosen


def _waiting(queue: Sequence[QueuedAsset], due: Sequence[FollowUp]) -> Mapping[str, str]:
    names = {each.asset.id: f"{each.asset.name} ({each.place_name})" for each in queue[:_MOST]}
    return names | {
        each.asset_id: each.asset_name for each in due[:_MOST] if each.asset_id not in names
    }


def _found(words: str) -> Mapping[str, str]:
    """Listed assets whose name holds every word."""
    wanted = words.casefold().split()
    found = (
        pin
        for pin in asset_pins(cache.workspace())
        if all(word in pin.name.casefold() for word in wanted)
    )
    return {pin.id: pin.name for pin, _ in zip(found, range(_MOST), strict=False)}
