"""Bringing a file in: its kind, a look at it, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.services.loading.freshness import freshness
from chb.services.loading.previews import ImportPreview
from chb.services.loading.uploads import Upload, UploadKind
from chb.ui import cache, session
from chb.ui.parts.data.look import bar_in, forget_look, look_at
from chb.ui.parts.data.report import show_report
from chb.ui.parts.download import offer_template
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.notices import show_refusal, warn_that_demo_ends
from chb.ui.parts.sending import send_button
from chb.ui.parts.upload import ask_file
from chb.ui.parts.words import literal

_FORM: Final = "import_data"
"""Its key names the upload too: after an import the page asks for another file."""
_LAYERS: Final = {"lsoa": "LSOAs", "district": "Districts", "ward": "Wards", "csp": "Partnerships"}


def show_bring_in(kinds: Sequence[UploadKind]) -> None:
    """The file of one of the kinds, what is in it, and the button that stores it."""
    given = _ask(kinds)
    if given is None:
        st.caption("Nothing is stored before you have seen what was read, and have confirmed it.")
        return
    upload, file_id = given
    look = look_at(upload, file_id=file_id)
    if look.refusal is not None:
        show_refusal(look.refusal)
    if look.preview is not None:
        _show_preview(look.preview)
        _show_confirm(upload, look.preview)
    st.button("Read the file again", on_click=forget_look, icon=":material/refresh:")


def _ask(kinds: Sequence[UploadKind]) -> tuple[Upload, str] | None:
    """The file with all that is said of it, and the upload's id; None before there is a file."""
    narrow, wide = st.columns([1, 2.1], gap="medium")
    with narrow:
        kind = _ask_kind(kinds)
        layer = _ask_layer(kind)
        _show_loaded(kind)
        if kind.has_template:
            offer_template("Empty list to fill in (CSV)", kind.key)
    with wide:
        option = f" --kind {layer}" if layer else ""
        file = ask_file(
            kind.file,
            endings=kind.endings,
            key=f"{session.form_key(_FORM)}:{kind.key}",
            command=f"python -m chb import {kind.key} PATH{option}",
        )
    return None if file is None else (Upload(kind, file.name, file.getvalue(), layer), file.file_id)


def _ask_kind(kinds: Sequence[UploadKind]) -> UploadKind:
    if len(kinds) == 1:
        return kinds[0]
    by_key = {kind.key: kind for kind in kinds}
    chosen = st.selectbox(
        "What it is",
        list(by_key),
        format_func=lambda key: by_key[key].label,
        key="import_kind",
    )
    return by_key[chosen]


def _ask_layer(kind: UploadKind) -> str:
    if not kind.layers:
        return ""
    return st.selectbox(
        "What it holds",
        kind.layers,
        format_func=lambda each: _LAYERS.get(each, each.replace("-", " ").capitalize()),
        key=f"import_layer:{kind.key}",
    )


def _show_loaded(kind: UploadKind) -> None:
    """What is loaded of it now, where that is public data."""
    for each in freshness(cache.workspace()):
        if each.kind == kind.stored_as and each.is_loaded:
            st.caption(f"Loaded: {literal(each.edition)}. {literal(each.sentence)}")


def _show_preview(preview: ImportPreview) -> None:
    read = plural(preview.report.rows_read, "row")
    st.markdown(
        f"**{read} read from {literal(preview.title)}.** {literal(preview.expected.sentence)}"
    )
    show_report(preview.report, attribution=preview.attribution, key="explain_preview")
    if len(preview.first_rows):
        with st.expander(f"The first {plural(len(preview.first_rows), 'row')}"):
            st.dataframe(preview.first_rows, hide_index=True)


def _show_confirm(upload: Upload, preview: ImportPreview) -> None:
    if not preview.expected.changes:
        st.info("There is nothing to import: it is loaded already.")
        return
    warn_that_demo_ends()
    place = st.empty()
    with st.form(session.form_key(_FORM), border=False):
        sure = preview.expected.needs_replace and st.checkbox(
            "Put it in the place of what is loaded"
        )
        ask_author()
        sent = send_button(_FORM, f"Import {plural(preview.report.kept, 'row')}")
    if not sent:
        return

    def work(request_key: str) -> str:
        del request_key  # a file is known by its content, and imported once
        if preview.expected.needs_replace and not sure:
            raise Refusal(
                "Nothing was imported: it would take the place of what is loaded",
                remedy="Tick the box above the button if that is what you want",
            )
        tell = bar_in(place, "Importing")
        outcome = upload.store(cache.workspace(), replaces=sure, progress=tell)
        forget_look()
        return f"{literal(outcome.message)}. Its account is kept under the imports."

    try:
        save(_FORM, work)
    finally:
        place.empty()
