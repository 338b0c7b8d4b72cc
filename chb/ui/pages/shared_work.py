"""Places and work, as partners and the community are shown them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.access.roles import View
from chb.domain.views.work import (
    CommunityPlace,
    CommunityTask,
    CommunityWork,
    PartnerPlace,
    PartnerTask,
    PartnerWork,
)
from chb.services.exports.products import ExportKind
from chb.services.views import community_work, partner_work
from chb.ui import cache, viewer
from chb.ui.parts.download import offer_download
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import show_table
from chb.ui.parts.notices import refusals_shown, show_empty
from chb.ui.parts.page_head import page_head

_ALL: Final = "All places"
_CHOICE: Final = "work_of_place"
_MOST: Final = 60


def show() -> None:
    """The page."""
    page_head("Places and work")
    with refusals_shown():
        if viewer.scope().view >= View.PARTNER:
            _show_to_partners()
        else:
            _show_to_the_community()


def _show_to_partners() -> None:
    work = partner_work.partner_work(cache.workspace(), most=_MOST, at=_asked_place())
    if not work.places:
        show_empty(
            "No place is shared yet",
            "A place appears here when its lead officer has started it and, for an agency, "
            "when its sharing agreement for that place is in force.",
            (),
        )
    else:
        _show_shared(work)
    _show_elsewhere({place.title for place in work.places})


def _show_shared(work: PartnerWork) -> None:
    st.subheader("Places", anchor=False)
    show_table(
        ("Place", "Area", "Phases", "Organised crime", "Next"),
        [_partner_place(each) for each in work.places],
        name="Places",
    )
    explain("The places", ("phase_intensity", "shared_next"), key="explain_places")
    st.subheader("Work", anchor=False)
    _ask_place(work)
    show_table(
        ("What", "Place", "Phase and P", "Agency", "Status", "Due"),
        [_partner_task(each) for each in work.tasks],
        name="Work",
    )
    offer_download("Take the tasks out", lambda: None, kind=ExportKind.PARTNER_TASKS)


def _show_elsewhere(shown: set[str]) -> None:
    """Of places without an agreement of the agency, what any resident may see."""
    if not viewer.scope().needs_agreements:
        return
    work = community_work.community_work(cache.workspace(), most=_MOST, besides=shown)
    if work.places:
        st.subheader("Elsewhere", anchor=False)
        st.caption("Your agency has no sharing agreement in force there: Build only.")
        _show_building(work.places, name="Places elsewhere")
        _say_how_many(len(work.tasks), sum(work.n_tasks.values()))
        _show_community_work(work.tasks, name="Work elsewhere")


def _show_to_the_community() -> None:
    work = community_work.community_work(cache.workspace(), most=_MOST, at=_asked_place())
    st.subheader("Where communities build", anchor=False)
    _show_building(work.places, name="Places")
    explain("The places", ("phase_intensity", "shared_next"), key="explain_places")
    st.subheader("Work", anchor=False)
    _ask_place(work)
    _show_community_work(work.tasks, name="Work")


def _show_building(places: Sequence[CommunityPlace], *, name: str) -> None:
    show_table(
        ("Place", "Area", "Build", "Next"),
        [_community_place(each) for each in places],
        name=name,
    )


def _show_community_work(tasks: Sequence[CommunityTask], *, name: str) -> None:
    show_table(
        ("What", "Place", "P", "Agency", "Status", "Due"),
        [_community_task(each) for each in tasks],
        name=name,
    )


def _asked_place() -> str:
    """The title that was chosen, before its field is drawn: `_ALL` is no place's."""
    return st.session_state.get(_CHOICE) or _ALL


def _ask_place(work: PartnerWork | CommunityWork) -> None:
    """The work of one place or of all, what is still to do first, no more than can be read."""
    titles = sorted({place.title for place in work.places} | set(work.n_tasks))
    if _asked_place() not in titles:
        st.session_state[_CHOICE] = _ALL
    wanted = st.selectbox("Place", [_ALL, *titles], key=_CHOICE)
    if not work.tasks:
        st.caption("No work is shared here yet.")
    _say_how_many(
        len(work.tasks), sum(n for title, n in work.n_tasks.items() if wanted in (_ALL, title))
    )


def _say_how_many(n_shown: int, n_meant: int) -> None:
    if n_meant > n_shown:
        st.caption(f"The first {n_shown} of {n_meant:,}. Choose a place to see its own.")


def _partner_place(place: PartnerPlace) -> tuple[str, ...]:
    phases = ", ".join(f"{each.phase} {each.intensity}" for each in place.phases)
    return place.title, place.area, phases, _crime(place), _next(place)


def _crime(place: PartnerPlace) -> str:
    """As much as may be said: code names to those let in, else that there is some."""
    return ", ".join(place.codes) or ("affects this place" if place.is_affected else "")


def _community_place(place: CommunityPlace) -> tuple[str, ...]:
    return place.title, place.area, place.build, _next(place)


def _next(place: PartnerPlace | CommunityPlace) -> str:
    return "; ".join(f"{each.wording}, {_day(each.due_on)}" for each in place.milestones)


def _partner_task(task: PartnerTask) -> tuple[str, ...]:
    return (
        task.wording,
        task.place,
        f"{task.phase}, {task.pillar}",
        task.lead_agency,
        task.status,
        _day(task.due_on),
    )


def _community_task(task: CommunityTask) -> tuple[str, ...]:
    return (
        task.wording,
        task.place,
        task.pillar,
        task.lead_agency,
        task.status,
        _day(task.due_on),
    )


def _day(day: date | None) -> str:
    return "no date" if day is None else f"{day.day} {day:%b %Y}"
