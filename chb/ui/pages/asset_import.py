"""Asset import: a list looked at first, decided on, confirmed once, and undone as one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.assets.batches import BatchKind
from chb.services.assets.uploads import LIST_ENDINGS
from chb.services.exports.products import ExportKind
from chb.ui import cache, session
from chb.ui.parts.asset_import.columns import show_columns
from chb.ui.parts.asset_import.confirm import FORM, show_confirm
from chb.ui.parts.asset_import.decisions import show_decisions
from chb.ui.parts.asset_import.look import GivenList, forget_look, look_at
from chb.ui.parts.asset_import.postcodes import show_postcodes
from chb.ui.parts.asset_import.preview import show_preview
from chb.ui.parts.assets.batches import show_batches
from chb.ui.parts.download import offer_download, offer_template
from chb.ui.parts.notices import refusals_shown, show_refusal
from chb.ui.parts.page_head import page_head
from chb.ui.parts.upload import ask_file

_ABOUT: Final = (
    "See what a list would do before anything is stored; then import it as one change, "
    "which one undo takes back."
)


def show() -> None:
    """The page."""
    page_head("Asset import", about=_ABOUT)
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """List, preview and imports: a choice runs this part only."""
    with st.container(horizontal=True):
        offer_template("Empty list to fill in (CSV)", "assets")
        offer_download("Register as Open Referral UK", lambda: None, kind=ExportKind.ASSETS)
    bring_in, imported, postcodes = st.tabs(["Import a list", "What was imported", "Postcodes"])
    with bring_in, refusals_shown():
        _show_import()
    with imported, refusals_shown():
        show_batches(BatchKind.IMPORT)
    with postcodes, refusals_shown():
        show_postcodes()


def _show_import() -> None:
    given = _ask_list()
    if given is None:
        st.caption("Nothing is stored before you have seen what was read, and have confirmed it.")
        return
    look = look_at(given)
    if look.refusal is not None:
        show_refusal(look.refusal)
    if look.choice is not None:
        show_columns(look.choice, look.refusal)
    if look.preview is not None:
        show_preview(look.preview)
        show_decisions(look)
        show_confirm(look, look.preview)
    st.button("Read the list again", on_click=forget_look, icon=":material/refresh:")


def _ask_list() -> GivenList | None:
    """The file, and the kind of its assets; None before there is a file."""
    wide, narrow = st.columns([2.1, 1], gap="medium")
    with wide:
        file = ask_file(
            "A CSV, a workbook, OpenStreetMap GeoJSON, or Open Referral UK (JSON, or a ZIP of CSV)",
            endings=LIST_ENDINGS,
            key=f"{session.form_key(FORM)}:file",
            command="python -m chb assets import PATH",
        )
    kinds = {kind.key: kind.label for kind in cache.asset_kinds()}
    kind = narrow.selectbox(
        "What they are, where the list does not say",
        list(kinds),
        index=None,
        placeholder="The list says it",
        format_func=kinds.__getitem__,
    )
    return None if file is None else GivenList(file, kind)
