"""Intelligence: what we need to know and how it is collected; what partners were asked."""

from __future__ import annotations

from datetime import date

import streamlit as st

from chb.services.planning import intelligence
from chb.ui import cache
from chb.ui.parts.explained import explain
from chb.ui.parts.intelligence.glance import Picture, show_glance, show_overdue_requests
from chb.ui.parts.intelligence.request_form import show_save_request
from chb.ui.parts.intelligence.requests import show_requests
from chb.ui.parts.intelligence.requirement_form import show_save_requirement
from chb.ui.parts.intelligence.requirements import show_requirements
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.people_fields import people_at_work
from chb.ui.parts.subjects import Subject, list_subjects, names_by_id


def show() -> None:
    """The page."""
    page_head("Intelligence")
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """Lists and forms: a choice runs this part only."""
    subjects = list_subjects()
    if not subjects:
        st.write("Intelligence is about a place or an OCG, and there is none yet.")
        return
    today = cache.workspace().today()
    picture = _picture(_choose_subject(subjects), names_by_id(subjects))
    show_glance(picture, today=today)
    explain("The figures", ("requirements_open", "requests_state"), key="explain_intelligence")
    show_overdue_requests(picture, today=today)
    requirements, requests = st.tabs(["What we need to know", "Partner requests"])
    with requirements:
        _show_requirements(picture, subjects, today=today)
    with requests:
        _show_requests(picture, subjects, today=today)


def _choose_subject(subjects: tuple[Subject, ...]) -> Subject | None:
    by_id = {subject.id: subject for subject in subjects}
    chosen = st.columns([1, 1.4])[0].selectbox(
        "About",
        list(by_id),
        index=None,
        placeholder="Every place and OCG",
        format_func=lambda each: by_id[each].words,
    )
    return by_id.get(chosen or "")


def _picture(about: Subject | None, names: dict[str, str]) -> Picture:
    place_id, ocg_id = (about.place_id, about.ocg_id) if about else (None, None)
    ws = cache.workspace()
    return Picture(
        requirements=intelligence.list_requirements(ws, place_id=place_id, ocg_id=ocg_id),
        requests=intelligence.list_requests(ws, place_id=place_id, ocg_id=ocg_id),
        names=names,
        people=people_at_work(),
    )


def _show_requirements(picture: Picture, subjects: tuple[Subject, ...], *, today: date) -> None:
    wide, narrow = st.columns([1.5, 1], gap="medium")
    with wide:
        show_requirements(picture, today=today)
    with narrow, refusals_shown():
        show_save_requirement(picture, subjects)


def _show_requests(picture: Picture, subjects: tuple[Subject, ...], *, today: date) -> None:
    wide, narrow = st.columns([1.5, 1], gap="medium")
    with wide:
        show_requests(picture, today=today)
    with narrow, refusals_shown():
        show_save_request(picture, subjects)
