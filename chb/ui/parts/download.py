"""Taking a file out: what for and for whom first, then the way to it, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from chb.domain.refusal import Refusal
from chb.services.exports.preparing import (
    ExportRequest,
    formats_of,
    marking_for,
    may_take,
    prepare_export,
)
from chb.services.exports.products import ExportKind, Question
from chb.services.exports.shelf import SHELF
from chb.ui import cache, session
from chb.ui.parts.addresses import path_to
from chb.ui.parts.notices import show_refusal
from chb.ui.parts.words import literal

_FORMATS: Final = {
    ".gpkg": "GeoPackage",
    ".geojson": "GeoJSON",
    ".parquet": "GeoParquet",
    ".csv": "CSV",
    ".xlsx": "Excel workbook",
    ".html": "Page to print",
    ".ics": "iCalendar",
    ".json": "JSON",
}


@dataclass
class _Waiting:
    """A file that was prepared, and whether the person went for it."""

    token: str
    is_taken: bool = False


@dataclass(frozen=True)
class _Asked:
    purpose: str
    recipient: str
    ending: str


def offer_download(
    label: str,
    question: Callable[[], Question],
    *,
    kind: ExportKind,
    icon: str = ":material/download:",
) -> None:
    """A button that opens a short form; sent, it shows where the file waits.

    ``question`` is asked when the form is sent. Nothing is drawn for who may not take it out.
    """
    if not may_take(cache.workspace(), kind):
        return
    with st.popover(label, icon=icon):
        st.caption(literal(str(marking_for(kind))))
        asked = _ask(kind)
        if asked is not None:
            _prepare(kind, question, asked)
        _show_way(kind)


def forget_prepared(kind: ExportKind) -> None:
    """What was prepared is offered no longer: the page is about something else now."""
    st.session_state.pop(_name(kind), None)


def _ask(kind: ExportKind) -> _Asked | None:
    """Purpose, recipient and format, once the form is sent."""
    endings = formats_of(kind)
    with st.form(f"export:{kind.name}", border=False):
        purpose = st.text_input("Purpose", placeholder="For example: tasking meeting of 3 March")
        recipient = st.text_input("For whom", placeholder="Agency and role")
        ending = endings[0]
        if len(endings) > 1:
            ending = st.selectbox("Format", endings, format_func=_FORMATS.__getitem__)
        sent = st.form_submit_button("Prepare the file", type="primary")
    return _Asked(purpose, recipient, ending) if sent else None


def _prepare(kind: ExportKind, question: Callable[[], Question], asked: _Asked) -> None:
    """Put the file where it waits; what waited before it is forgotten."""
    forget_prepared(kind)
    try:
        export = prepare_export(
            cache.workspace(),
            ExportRequest(kind, asked.ending, question()),
            purpose=asked.purpose,
            recipient=asked.recipient,
        )
        SHELF.put(session.browser_session(), export)
    except Refusal as refusal:
        show_refusal(refusal)
        return
    st.session_state[_name(kind)] = _Waiting(export.token)


def _show_way(kind: ExportKind) -> None:
    """The link to the file: live until the person follows it or the file is gone."""
    waiting: _Waiting | None = st.session_state.get(_name(kind))
    if waiting is None:
        return
    if waiting.is_taken or not SHELF.holds(session.browser_session(), waiting.token):
        words = "The file was saved" if waiting.is_taken else "The file waits no longer"
        st.button(words, key=f"taken:{kind.name}", icon=":material/check:", disabled=True)
        st.caption("Prepare it again to have it once more: each time is on record.")
        return
    st.link_button(
        "Save the file",
        path_to(f"exports/{waiting.token}"),
        key=f"take:{kind.name}",
        on_click=_take,
        args=(kind,),
        icon=":material/save:",
        type="primary",
    )
    st.caption(
        "It waits five minutes and can be saved once. What it holds and why it was taken out "
        "is in the audit log and in the file."
    )


def _take(kind: ExportKind) -> None:
    waiting: _Waiting | None = st.session_state.get(_name(kind))
    if waiting is not None:
        waiting.is_taken = True


def _name(kind: ExportKind) -> str:
    return f"prepared:{kind.name}"


def offer_template(label: str, kind: str) -> None:
    """A link to an empty form to fill in; it holds no data, so nobody is asked what for."""
    st.link_button(label, path_to(f"templates/{kind}.csv"), icon=":material/download:")
