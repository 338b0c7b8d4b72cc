"""Everything that is recorded of an asset, in words."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from chb.domain.assets.ages import ages_words
from chb.domain.assets.register import Asset
from chb.domain.wording import plural
from chb.services.assets.finding import referrals_of
from chb.ui.parts.assets.words import kind_words, look_words, session_words
from chb.ui.parts.html_table import show_facts
from chb.ui.parts.words import day_words


def show_asset_facts(asset: Asset) -> None:
    """What is known, in a table of two columns; what is not known is left out."""
    show_facts(
        [(label, text) for label, text in asset_facts(asset) if text], name="What is recorded"
    )
    unknown = _unknown(asset)
    if unknown:
        st.caption(f"Not recorded: {', '.join(unknown)}.")


def asset_facts(asset: Asset) -> Iterator[tuple[str, str]]:
    """Label and words of every field; empty words where nothing is recorded."""
    yield "Kind", kind_words(asset.kind)
    yield "Status", asset.status.value
    yield "Last look", look_words(asset)
    yield "Sessions", "\n".join(map(session_words, asset.sessions))
    yield "Hours as written", asset.opening_text
    yield "Services", "\n".join(asset.services)
    yield "Ages", _ages(asset)
    yield "Cost", asset.cost
    yield "Access", asset.access_needs
    yield "Capacity", plural(asset.capacity, "person", "people") if asset.capacity else ""
    yield "Referrals", referrals_of(asset.accepts_referrals).value
    yield "Contact", asset.contact_role
    yield "Address", ", ".join(filter(None, (asset.address, asset.postcode)))
    yield "Serves", ", ".join([*asset.ps, *asset.phases])
    yield "Walking reach", f"{asset.reach_m:,.0f} m" if asset.reach_m else ""
    yield "Area", plural(len(asset.outline), "corner") if asset.outline else ""
    yield "Engaged", _engaged(asset)
    yield "Note", asset.note
    yield "Source", asset.source
    yield "First kept", f"{asset.recorded_at:%d %B %Y}" if asset.recorded_at else ""


def _ages(asset: Asset) -> str:
    known = asset.youngest is not None or asset.oldest is not None
    return ages_words(asset.youngest, asset.oldest) if known else ""


def _engaged(asset: Asset) -> str:
    when = day_words(asset.engaged_on) if asset.engaged_on else ""
    return ", ".join(filter(None, (when, asset.engaged_by)))


def _unknown(asset: Asset) -> list[str]:
    """Names of what somebody would ask first, where it is not recorded."""
    facts = dict(asset_facts(asset))
    asked = ("Sessions", "Ages", "Cost", "Access", "Contact")
    return [label.lower() for label in asked if not facts[label]]
