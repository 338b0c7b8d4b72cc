"""Disruptions: a running log, recorded in under a minute, moderated, CSV in and out."""

from __future__ import annotations

from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission
from chb.domain.planning.disruptions import Disruption
from chb.services.exports.products import ExportKind
from chb.services.planning import disruptions
from chb.ui import cache
from chb.ui.parts.allowed import may_or_is_told
from chb.ui.parts.disruptions.form import show_record_disruption
from chb.ui.parts.disruptions.list import show_level_cards, show_log
from chb.ui.parts.disruptions.log_import import show_import_log
from chb.ui.parts.disruptions.moderation import show_moderation
from chb.ui.parts.download import offer_download
from chb.ui.parts.explained import explain
from chb.ui.parts.notices import refusals_shown
from chb.ui.parts.page_head import page_head
from chb.ui.parts.subjects import Subject, list_subjects, names_by_id

_MOST: Final = 500


def show() -> None:
    """The page."""
    page_head("Disruptions")
    with refusals_shown():
        _explore()


@st.fragment
def _explore() -> None:
    """Log and forms: a choice runs this part only."""
    subjects = list_subjects()
    names = names_by_id(subjects)
    wide, narrow = st.columns([2.1, 1], gap="medium")
    with wide:
        listed = _choose_listed(subjects)
        _show_listed(listed, names)
    with narrow, refusals_shown():
        if may_or_is_told(Permission.LOG_DISRUPTIONS):
            _show_forms(listed, names)


def _show_forms(listed: tuple[Disruption, ...], names: dict[str, str]) -> None:
    record, moderate, bring_in = st.tabs(["Record one", "Moderate", "Bring a log in"])
    with record:
        show_record_disruption()
    with moderate:
        if not listed:
            st.write("There is nothing to moderate.")
        elif may_or_is_told(Permission.MODERATE):
            show_moderation(listed, names)
    with bring_in:
        show_import_log(names)


def _choose_listed(subjects: tuple[Subject, ...]) -> tuple[Disruption, ...]:
    by_id = {subject.id: subject for subject in subjects}
    choice, download = st.columns([2, 1], vertical_alignment="bottom")
    chosen = choice.selectbox(
        "About",
        list(by_id),
        index=None,
        placeholder="Every place and OCG",
        format_func=lambda each: by_id[each].words,
    )
    with download:
        offer_download(
            "APMIS-ready log (CSV)",
            lambda: None,
            kind=ExportKind.DISRUPTION_LOG,
        )
    subject = by_id.get(chosen or "")
    return disruptions.list_disruptions(
        cache.workspace(),
        place_id=subject.place_id if subject else None,
        ocg_id=subject.ocg_id if subject else None,
        most=_MOST,
    )


def _show_listed(listed: tuple[Disruption, ...], names: dict[str, str]) -> None:
    if not listed:
        st.info(
            "No disruption is recorded here yet. Record one beside this, or bring a log in.",
            icon=":material/event_note:",
        )
        return
    show_level_cards(listed)
    explain("The levels", ("disruption_level",), key="explain_levels")
    show_log(listed, names)
    if len(listed) == _MOST:
        st.caption(f"The latest {_MOST:,} are shown; the CSV holds the whole log.")
