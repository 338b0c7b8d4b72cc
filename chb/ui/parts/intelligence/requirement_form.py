"""Write a requirement or edit one: the need, from whom and how, by when, and what it drives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from chb.domain.planning.intelligence import (
    CollectionMethod,
    CollectionStep,
    IntelligenceRequirement,
    Need,
)
from chb.services.planning import intelligence
from chb.services.planning.record_versions import RecordKind
from chb.ui import cache, session
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.intelligence.glance import Picture
from chb.ui.parts.people_fields import ask_person
from chb.ui.parts.record_fields import ask_day, ask_reason, open_record
from chb.ui.parts.record_versions import show_versions
from chb.ui.parts.sending import as_shown, send_button
from chb.ui.parts.subjects import Subject, ask_subject

_NEEDS: Final[list[Need]] = list(Need)
_METHODS: Final[list[CollectionMethod]] = list(CollectionMethod)
_BLANK: Final = CollectionStep("", CollectionMethod.OVERT)
_FIRST_STEPS: Final = 2
_LONGEST_WORDS: Final = 70


def show_save_requirement(picture: Picture, subjects: tuple[Subject, ...]) -> None:
    """Choose a requirement, or a new one; its answer is such an edit."""
    present = open_record(
        "Requirement",
        picture.requirements,
        lambda each: each.question[:_LONGEST_WORDS],
        new="A new requirement",
    )
    _show_form(present, subjects)
    if present is not None:
        with st.expander("Versions of this requirement"):
            show_versions(RecordKind.REQUIREMENT, present.id)


def _show_form(present: IntelligenceRequirement | None, subjects: tuple[Subject, ...]) -> None:
    form = f"requirement:{present.id if present else 'new'}"
    seen = as_shown(form, present)
    key = session.form_key(form)
    with kept_form(form):
        typed = _ask_need(present, subjects, key) | _ask_collection(present, key)
        reason = ask_reason(present)
        by = ask_author()
        sent = send_button(form, "Save the requirement" if present else "Add the requirement")
    if not sent:
        return
    edited = replace(seen, **typed) if seen else IntelligenceRequirement(**typed)

    def work(request_key: str) -> str:
        saved = intelligence.save_requirement(
            cache.workspace(), edited, by=by, reason=reason, request_key=request_key
        )
        return "The requirement is recorded." if saved.is_open else "The answer is recorded."

    save(form, work)


def _ask_need(
    present: IntelligenceRequirement | None, subjects: tuple[Subject, ...], key: str
) -> dict[str, Any]:
    question = kept_area(
        "What do we need to know",
        value=present.question if present else "",
        height=70,
        key=f"{key}:question",
    )
    drives = kept_line(
        "What the answer will drive",
        value=present.drives if present else "",
        placeholder="The intervention that waits for it",
        key=f"{key}:drives",
    )
    about = {} if present else dict(zip(("place_id", "ocg_id"), ask_subject(subjects), strict=True))
    known = kept_line(
        "What is known already", value=present.known_already if present else "", key=f"{key}:known"
    )
    first, second = st.columns(2)
    need = first.selectbox(
        "Need", _NEEDS, index=_NEEDS.index(present.need) if present else 0, key=f"{key}:need"
    )
    with second:
        due_on = ask_day("Answer needed by", present.due_on if present else None, key=f"{key}:due")
    owner = ask_person("Owner", current=present.owner if present else "", key=f"{key}:owner")
    return {
        "question": question,
        "drives": drives,
        "known_already": known,
        "need": need,
        "due_on": due_on,
        "owner": owner,
        **about,
    }


def _ask_collection(present: IntelligenceRequirement | None, key: str) -> dict[str, Any]:
    """The plan row by row, an empty row to add one; then the answer, once there is a question."""
    st.caption("Collection plan: from whom, how, by when")
    known = present.collection if present else ()
    rows = (*known, _BLANK) if present else (_BLANK,) * _FIRST_STEPS
    steps = [
        _ask_step(step, number, key, is_known=step is not _BLANK)
        for number, step in enumerate(rows, start=1)
    ]
    plan = tuple(step for step in steps if step.source.strip())
    if present is None:
        return {"collection": plan}
    answer = kept_area("Answer", value=present.answer, height=70, key=f"{key}:answer")
    answered_on = ask_day("Answered on", present.answered_on, key=f"{key}:answered")
    return {"collection": plan, "answer": answer, "answered_on": answered_on}


def _ask_step(step: CollectionStep, number: int, key: str, *, is_known: bool) -> CollectionStep:
    ordinal = f" {number}" if number > 1 else ""
    first, second = st.columns(2)
    source = kept_line(
        f"From whom{ordinal}", column=first, value=step.source, key=f"{key}:source{number}"
    )
    method = second.selectbox(
        f"How{ordinal}", _METHODS, index=_METHODS.index(step.method), key=f"{key}:how{number}"
    )
    with first:
        due_on = ask_day(f"By when{ordinal}", step.due_on, key=f"{key}:by{number}")
    if not is_known:
        return CollectionStep(source, method, due_on)
    with second:
        delivered = ask_day(
            f"Delivered{ordinal}", step.delivered_on, key=f"{key}:delivered{number}"
        )
    return CollectionStep(source, method, due_on, delivered)
