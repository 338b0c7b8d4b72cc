"""Taking a file out: what for and for whom first, then the way to it, once."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from chb.domain.refusal import Refusal
from chb.services.exports.preparing import ExportRequest, marking_for, may_take, prepare_export
from chb.services.exports.products import ExportKind
from chb.services.exports.shelf import SHELF, Export
from chb.ui import cache, session
from chb.ui.parts.addresses import path_to
from chb.ui.parts.notices import show_refusal
from chb.ui.parts.words import literal


def offer_download(
    label: str,
    build: Callable[[], ExportRequest],
    *,
    kind: ExportKind,
    icon: str = ":material/download:",
) -> None:
    """A button that opens a short form; sent, it shows where the file waits.

    ``build`` is asked when the form is sent. Nothing is drawn for who may not take it out.
    """
    if not may_take(cache.workspace(), kind):
        return
    with st.popover(label, icon=icon):
        st.caption(literal(str(marking_for(kind))))
        sent = _ask(kind)
        if sent is not None:
            _prepare(build, purpose=sent[0], recipient=sent[1])


def _ask(kind: ExportKind) -> tuple[str, str] | None:
    """Purpose and recipient, once the form is sent."""
    with st.form(f"export:{kind.name}", border=False):
        purpose = st.text_input("Purpose", placeholder="For example: tasking meeting of 3 March")
        recipient = st.text_input("For whom", placeholder="Agency and role")
        sent = st.form_submit_button("Prepare the file", type="primary")
    return (purpose, recipient) if sent else None


def _prepare(build: Callable[[], ExportRequest], *, purpose: str, recipient: str) -> None:
    try:
        export = prepare_export(cache.workspace(), build(), purpose=purpose, recipient=recipient)
        SHELF.put(session.browser_session(), export)
    except Refusal as refusal:
        show_refusal(refusal)
        return
    _show_way(export)


def offer_template(label: str, kind: str) -> None:
    """A link to an empty form to fill in; it holds no data, so nobody is asked what for."""
    st.link_button(label, path_to(f"templates/{kind}.csv"), icon=":material/download:")


def _show_way(export: Export) -> None:
    st.link_button(
        "Save the file",
        path_to(f"exports/{export.token}"),
        icon=":material/save:",
        type="primary",
    )
    st.caption(
        "It waits five minutes and can be saved once. What it holds and why it was taken out "
        "is in the audit log and in the file."
    )
