"""The file of one asset: what is recorded, its forms, its versions, and who was in touch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.assets.engagement import Contact
from chb.domain.assets.register import Asset
from chb.domain.refusal import Refusal
from chb.services.assets import register as assets
from chb.services.assets.engagement import contacts_of
from chb.services.planning.record_versions import compared
from chb.ui import cache, session
from chb.ui.parts.allowed import may_here
from chb.ui.parts.assets.check import show_check
from chb.ui.parts.assets.edit import show_asset_edit
from chb.ui.parts.assets.facts import show_asset_facts
from chb.ui.parts.assets.place import ON_THE_MAP, TAB, show_asset_place
from chb.ui.parts.assets.sessions import show_asset_sessions
from chb.ui.parts.assets.words import kind_words, look_words
from chb.ui.parts.notices import refusals_shown, show_refusal
from chb.ui.parts.record_versions import show_compared
from chb.ui.parts.words import day_words, literal, literal_html

_TAB_ELSEWHERE: Final = "asset_tab_elsewhere"


def open_asset() -> Asset | None:
    """The asset whose file is open; None when there is none, or it has gone meanwhile."""
    asset_id = st.session_state.get(session.ASSET)
    if not asset_id:
        return None
    try:
        return assets.asset(cache.workspace(), asset_id)
    except Refusal as refusal:
        st.session_state[session.ASSET] = None
        show_refusal(refusal)
        return None


def show_asset_file(asset: Asset, *, on_map: bool = True) -> None:
    """The heading, and the parts that the person may see.

    ``on_map`` says that the asset is on a map beside it, which its clicks are for.
    """
    _show_heading(asset, may_close=on_map)
    if asset.merged_into:
        _show_merged(asset)
        return
    if not may_here(Permission.MANAGE_ASSETS):
        show_asset_facts(asset)
        return
    parts: dict[str, Callable[[Asset], None]] = {
        "Facts": _show_facts,
        "Edit": show_asset_edit,
        "Sessions": show_asset_sessions,
        ON_THE_MAP: show_asset_place,
        "Contacts": _show_contacts,
        "Versions": _show_versions,
    }
    if not on_map:
        del parts[ON_THE_MAP]
    tabs = st.tabs(list(parts), key=TAB if on_map else _TAB_ELSEWHERE, on_change="rerun")
    for tab, show in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab, refusals_shown():
                show(asset)


def _show_heading(asset: Asset, *, may_close: bool) -> None:
    named, away = st.columns([4, 1], vertical_alignment="center")
    with named:
        st.subheader(literal(asset.name), anchor=False)
    if may_close:
        away.button("Close", on_click=_close, icon=":material/close:", type="tertiary")
    said = f"{kind_words(asset.kind)}; {asset.status}; last look {look_words(asset)}"
    st.html(f'<p class="hf-note" data-testid="asset-line">{literal_html(said)}</p>')


def _close() -> None:
    st.session_state[session.ASSET] = None


def _show_merged(asset: Asset) -> None:
    st.info(
        "It was merged into another asset, which knows all that it knew.", icon=":material/merge:"
    )
    st.button("Open that one", on_click=_open, args=(asset.merged_into,))
    show_asset_facts(asset)


def _open(asset_id: str) -> None:
    st.session_state[session.ASSET] = asset_id


def _show_facts(asset: Asset) -> None:
    show_check(asset)
    show_asset_facts(asset)


def _show_versions(asset: Asset) -> None:
    show_compared(compared(assets.asset_history(cache.workspace(), asset.id)))


def _show_contacts(asset: Asset) -> None:
    contacts = contacts_of(cache.workspace(), asset.id)
    if not contacts:
        st.write("Nobody has been in touch yet.")
    st.html("".join(map(_contact, contacts)))


def _contact(contact: Contact) -> str:
    again = (
        f"<p><small>Again on</small> {day_words(contact.next_on)}</p>" if contact.next_on else ""
    )
    note = f"<p>{literal_html(contact.note)}</p>" if contact.note else ""
    return (
        f'<div class="hf-entry"><b>{literal_html(f"{contact.how}: {contact.outcome}")}</b> '
        f"<small>{day_words(contact.on)}, {literal_html(contact.by)}</small>{note}{again}</div>"
    )
