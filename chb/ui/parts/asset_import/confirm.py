"""Confirming an import of assets: once, all of it, with the decisions made."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.wording import plural
from chb.services.assets.importing import confirm_assets
from chb.services.assets.previews import AssetPreview, RowState
from chb.ui import cache, session
from chb.ui.parts.asset_import.look import Look, forget_look
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.notices import warn_that_demo_ends
from chb.ui.parts.sending import send_button
from chb.ui.parts.words import literal

FORM: Final = "import_assets"
"""Its key names the upload too: after an import the page asks for another list."""
_DOES_SOMETHING: Final = (RowState.NEW, RowState.UPDATED, RowState.LIKELY_DUPLICATE)


def show_confirm(look: Look, preview: AssetPreview) -> None:
    """The button, once every likely duplicate is decided on; else what is missing."""
    if not any(preview.counts[state] for state in _DOES_SOMETHING):
        st.info("There is nothing to import: no row is new or says anything newer.")
        return
    if look.left:
        rows = plural(len(look.left), "likely duplicate")
        st.info(f"Decide on {rows} first; then you can import the list.", icon=":material/rule:")
        return
    warn_that_demo_ends()
    with st.form(session.form_key(FORM), border=False):
        by = ask_author()
        sent = send_button(FORM, f"Import {plural(_n_rows(preview), 'row')}")
    if sent:
        with st.spinner("Importing"):
            save(FORM, lambda request_key: _confirm(look, preview, by, request_key))


def _n_rows(preview: AssetPreview) -> int:
    return sum(preview.counts[state] for state in _DOES_SOMETHING)


def _confirm(look: Look, preview: AssetPreview, by: str, request_key: str) -> str:
    outcome = confirm_assets(
        cache.workspace(), preview, decisions=look.decisions.made, by=by, request_key=request_key
    )
    forget_look()
    if outcome.batch is None:
        return f"{literal(outcome.message)}."
    return f"{literal(outcome.message)}. Under What was imported it can be undone, whole."
