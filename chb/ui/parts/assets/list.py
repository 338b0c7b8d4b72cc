"""The register as a table, a page of it at a time, and a list to open a file from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.assets.register import Asset, AssetPin
from chb.domain.wording import plural
from chb.services.assets.finding import referrals_of
from chb.ui import session
from chb.ui.parts.assets.words import kind_words, look_words
from chb.ui.parts.html_table import Cell, Noted
from chb.ui.parts.paged_table import show_paged_table

_HEADINGS: Final = ("Asset", "Status", "Last look", "Referrals")
_MOST_OFFERED: Final = 200
_CHOICE: Final = "asset_choice"


def choose_asset(pins: Sequence[AssetPin], opened: Asset | None) -> None:
    """The keyboard's way to what a click on the map does: open a file, or close it again."""
    names = {pin.id: pin.name for pin in pins[:_MOST_OFFERED]}
    if opened is not None:
        names.setdefault(opened.id, opened.name)
    st.session_state[_CHOICE] = opened.id if opened is not None else None
    st.selectbox(
        "Open the file of",
        list(names),
        index=None,
        format_func=lambda each: names[each],
        placeholder="Choose, or click it on the map",
        key=_CHOICE,
        on_change=_open_chosen,
        help=f"The first {_MOST_OFFERED} that are found, by name.",
    )


def show_asset_list(pins: Sequence[AssetPin]) -> None:
    """One page of the assets that are found, and the way to the other pages."""
    if not pins:
        st.write("No asset is recorded here, or none fits what is asked for above.")
        return
    show_paged_table(
        _HEADINGS,
        pins,
        _row,
        told=f"{plural(len(pins), 'asset')}, by name",
        name="Community assets",
        key="asset_page",
    )


def _open_chosen() -> None:
    st.session_state[session.ASSET] = st.session_state[_CHOICE]


def _row(pin: AssetPin) -> Sequence[Cell]:
    return (
        Noted(pin.name, kind_words(pin.kind)),
        pin.status.value,
        look_words(pin),
        referrals_of(pin.accepts_referrals).value,
    )
