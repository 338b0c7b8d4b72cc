"""Record a decision, or the entry that corrects one: nothing in the log is ever changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from chb.domain.places.decisions import (
    Approach,
    BusinessArea,
    Decision,
    DecisionDraft,
    Focus,
    Link,
)
from chb.services.places import decisions
from chb.ui import cache
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.sending import send_button
from chb.ui.parts.subjects import ask_subject, list_subjects

_AREAS: Final[list[BusinessArea]] = list(BusinessArea)
_APPROACHES: Final[list[Approach]] = list(Approach)
_FOCUSES: Final[list[Focus]] = list(Focus)

Keep = Callable[[DecisionDraft, str, str], Decision]
"""Adds an entry: the draft, who records it, the form's key."""


def show_record_decision() -> None:
    """The short form for a new entry."""

    def keep(draft: DecisionDraft, by: str, request_key: str) -> Decision:
        return decisions.record_decision(cache.workspace(), draft, by=by, request_key=request_key)

    _show_form("record_decision", None, "Record the decision", keep)


def show_correct_decision(listed: tuple[Decision, ...]) -> None:
    """Choose an entry that stands; the form starts from its words."""
    standing = {each.id: each for each in listed if each.stands}
    if not standing:
        st.write("There is nothing to correct.")
        return
    opened = st.selectbox(
        "Entry to correct",
        list(standing),
        key="open_decision",
        format_func=lambda each: f"{standing[each].reference}: {standing[each].draft.what}",
    )

    def keep(draft: DecisionDraft, by: str, request_key: str) -> Decision:
        return decisions.correct_decision(
            cache.workspace(), opened, draft, by=by, request_key=request_key
        )

    label = "Record the correction"
    _show_form(f"correct_decision:{opened}", standing[opened].draft, label, keep)


def _show_form(form: str, start: DecisionDraft | None, label: str, keep: Keep) -> None:
    with kept_form(form):
        draft = _ask_draft(start)
        by = ask_author()
        sent = send_button(form, label)
    if sent:
        save(form, lambda key: f"Decision {keep(draft, by, key).reference} is in the log.")


def _ask_draft(start: DecisionDraft | None) -> DecisionDraft:
    blank = DecisionDraft(what="", rationale="", taken_on=cache.workspace().today())
    old = start or blank
    what = kept_area("What was decided", value=old.what, height=70)
    rationale = kept_area("Rationale", value=old.rationale, height=100)
    not_doing = kept_line("What we are not doing", value=old.not_doing)
    not_doing_why = kept_line("Why not", value=old.not_doing_why)
    taken_on = st.date_input("Taken on", value=old.taken_on, format="DD/MM/YYYY")
    links = _ask_links() if start is None else start.links
    with st.expander("Approach, focus, business area, information"):
        approach = st.selectbox("Approach", _APPROACHES, index=_APPROACHES.index(old.approach))
        focus = st.selectbox("Focus", _FOCUSES, index=_FOCUSES.index(old.focus))
        area = st.selectbox("Business area", _AREAS, index=_AREAS.index(old.business_area))
        protocol = kept_line("Information protocol", value=old.information_protocol)
    return DecisionDraft(
        what=what,
        rationale=rationale,
        taken_on=taken_on,
        not_doing=not_doing,
        not_doing_why=not_doing_why,
        business_area=area,
        approach=approach,
        focus=focus,
        information_protocol=protocol,
        links=links,
    )


def _ask_links() -> tuple[Link, ...]:
    subjects = list_subjects()
    about = ask_subject(subjects)
    return tuple(subject.link for subject in subjects if subject.id in about)
