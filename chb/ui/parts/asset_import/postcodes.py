"""The table of postcodes, by which assets without a position are placed."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.wording import plural
from chb.services.assets.uploads import uploaded
from chb.services.loading import catalogue
from chb.services.loading.importing import import_postcodes
from chb.ui import cache, session
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.asset_import.look import forget_look
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.notices import warn_that_demo_ends
from chb.ui.parts.sending import send_button
from chb.ui.parts.upload import ask_file
from chb.ui.parts.words import literal

_FORM: Final = "import_postcodes"


def show_postcodes() -> None:
    """What is loaded, and the upload of another table for those who may load data."""
    st.write(
        "Rows that give a postcode and no position are placed where a loaded table says the "
        "postcode is. Such a position may be some streets away, and the asset says so."
    )
    _show_loaded()
    if not may_or_is_told(Permission.MANAGE_ASSETS):
        return
    file = ask_file(
        "A table with a postcode, its longitude and its latitude, as CSV or workbook",
        endings=("csv", "xlsx"),
        key=f"{session.form_key(_FORM)}:file",
        command="python -m chb import postcodes PATH",
    )
    if file is None:
        return
    warn_that_demo_ends()
    with st.form(session.form_key(_FORM), border=False):
        ask_author()
        sent = send_button(_FORM, "Load the table")
    if sent:
        save(_FORM, lambda _key: _load(file.name, file.getvalue()))


def _show_loaded() -> None:
    frames = catalogue.status(cache.workspace()).frames
    for table in (each for each in frames if each.kind == "postcodes"):
        st.caption(f"Loaded: {literal(table.name)}, {plural(table.rows, 'postcode')}.")


def _load(name: str, data: bytes) -> str:
    outcome = import_postcodes(cache.workspace(), uploaded(name, data))
    forget_look()
    return f"{literal(outcome.message)}."
