"""Audit log: who did what, searched and verified."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import streamlit as st

from chb.domain.audit import AuditAction, AuditQuery, AuditRow
from chb.domain.wording import plural
from chb.services import audit
from chb.ui import cache
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Noted, show_table
from chb.ui.parts.notices import refusals_shown, show_refusal
from chb.ui.parts.page_head import page_head

_MOST: Final = 200
_USUAL_DAYS: Final = timedelta(days=7)
_ANY: Final = "any"


def show() -> None:
    """The page."""
    page_head("Audit log", about="Looking here is recorded here.")
    with refusals_shown():
        _show_verification()
    with refusals_shown():
        _show_search()


@st.fragment
def _show_verification() -> None:
    """On request: it reads the whole log."""
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.button("Verify the whole log", icon=":material/verified:")
        explain("The audit log", ("audit_whole",), key="explain_audit")
    if not wanted:
        return
    verdict = audit.verify(cache.workspace())
    refusal = audit.refusal_of(verdict)
    if refusal is not None:
        show_refusal(refusal)
        return
    st.success(
        f"The log is whole: {plural(verdict.n_rows, 'row')} follow one another unchanged.",
        icon=":material/check_circle:",
    )
    st.caption(
        f"Contents erased by rule: {verdict.n_erased:,}. Anchors compared: {verdict.n_anchors:,}; "
        f"the newest holds row {verdict.anchored_seq:,}, and rows after it could be cut off "
        "unnoticed until the next anchor."
    )


@st.fragment
def _show_search() -> None:
    """Questions and answers: each search is a row of the log itself."""
    with st.form("audit_search", border=False):
        first, second, third, fourth = st.columns(4)
        person = first.text_input("Person", help="The work e-mail, whole.")
        action = second.selectbox("Action", [_ANY, *(each.value for each in AuditAction)])
        kind = third.text_input("Kind of thing", placeholder="for example ocg or plan")
        thing = fourth.text_input("Id of the thing", help="As it stands under the kind, whole.")
        since, until = _ask_days()
        sent = st.form_submit_button("Search", type="primary", icon=":material/search:")
    if not sent:
        return
    with refusals_shown():
        _show_found(
            AuditQuery(
                person=person.strip(),
                action=None if action == _ANY else AuditAction(action),
                object_kind=kind.strip(),
                object_id=thing.strip(),
                since=_start_of(since),
                until=_start_of(until + timedelta(days=1)),
                most=_MOST,
            )
        )


def _show_found(query: AuditQuery) -> None:
    found = audit.search(cache.workspace(), query)
    more = " Narrow the days to see what is older." if len(found) == _MOST else ""
    st.caption(f"{plural(len(found), 'row')}, the newest first; at most {_MOST}.{more}")
    show_table(("When (UTC)", "Who", "What", "Of what"), map(_row, found), name="Audit rows")


def _ask_days() -> tuple[date, date]:
    today = cache.workspace().today()
    first, second = st.columns(2)
    since = first.date_input("From", value=today - _USUAL_DAYS, format="DD/MM/YYYY")
    until = second.date_input("To", value=today, format="DD/MM/YYYY")
    return since, until


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _row(row: AuditRow) -> tuple[str | Noted, ...]:
    why = "; ".join(each for each in (row.recipient, row.purpose) if each)
    return (
        Noted(row.at[:19].replace("T", " "), f"row {row.seq}"),
        row.person,
        Noted(row.action, why),
        Noted(row.object_kind, row.object_id),
    )
