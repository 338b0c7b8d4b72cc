"""Looking again: an asset is as recorded today, or it is not there any more."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from chb.domain.assets.register import Asset, AssetStatus
from chb.services.assets.register import verify_asset
from chb.ui import cache, session
from chb.ui.parts.assets.saving import save_edited
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.words import literal


def show_check(asset: Asset) -> None:
    """A button for *I looked: it is as recorded*, and a form for *it has closed*."""
    _show_verify(asset)
    if asset.is_open:
        with st.popover("It has closed", icon=":material/door_front:"):
            _show_close(asset)


def _show_verify(asset: Asset) -> None:
    form = f"verify_asset:{asset.id}"
    seen = as_shown(form, asset)
    with st.form(session.form_key(form), border=False):
        by = ask_author()
        sent = send_button(form, "I looked today: it is as recorded")
    if not sent:
        return

    def work(request_key: str) -> str:
        saved = verify_asset(
            cache.workspace(), seen.id, version=seen.version, by=by, request_key=request_key
        )
        return f"{literal(saved.name)} was looked at today."

    save(form, work)


def _show_close(asset: Asset) -> None:
    form = f"close_asset:{asset.id}"
    seen = as_shown(form, asset)
    with st.form(session.form_key(form), border=False):
        st.caption("It leaves the map and the queues. Its file and its versions stay.")
        reason = st.text_input("Reason", placeholder="How you know")
        by = ask_author()
        sent = send_button(form, "Close the asset")
    if sent:
        closed = replace(seen, status=AssetStatus.CLOSED)
        save(
            form,
            lambda request_key: save_edited(closed, by=by, reason=reason, request_key=request_key),
        )
