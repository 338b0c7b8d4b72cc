"""Places and work, as partners and the community are shown them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, TypeVar

import streamlit as st

from chb.domain.access.roles import View
from chb.domain.views.work import CommunityPlace, CommunityTask, PartnerPlace, PartnerTask
from chb.services.exports.products import ExportKind
from chb.services.views import community_work, partner_work
from chb.ui import cache, viewer
from chb.ui.parts.download import offer_download
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import show_table
from chb.ui.parts.notices import refusals_shown, show_empty
from chb.ui.parts.page_head import page_head

_ALL: Final = "All places"
_MOST: Final = 60
_DONE: Final = ("completed", "stopped")

TaskT = TypeVar("TaskT", bound=PartnerTask | CommunityTask)


def show() -> None:
    """The page."""
    page_head("Places and work")
    with refusals_shown():
        if viewer.scope().view >= View.PARTNER:
            _show_to_partners()
        else:
            _show_to_the_community()


def _show_to_partners() -> None:
    ws = cache.workspace()
    places, tasks = partner_work.partner_work(ws)
    if not places:
        show_empty(
            "No place is shared yet",
            "A place appears here when its lead officer has started it and, for an agency, "
            "when its sharing agreement for that place is in force.",
            (),
        )
    else:
        _show_shared(places, tasks)
    _show_elsewhere({place.title for place in places})


def _show_shared(places: Sequence[PartnerPlace], tasks: Sequence[PartnerTask]) -> None:
    st.subheader("Places", anchor=False)
    show_table(
        ("Place", "Area", "Phases", "Organised crime", "Next"),
        [_partner_place(each) for each in places],
        name="Places",
    )
    explain("The places", ("phase_intensity", "shared_next"), key="explain_places")
    st.subheader("Work", anchor=False)
    show_table(
        ("What", "Place", "Phase and P", "Agency", "Status", "Due"),
        [_partner_task(each) for each in _chosen(tasks)],
        name="Work",
    )
    offer_download("Take the tasks out", lambda: None, kind=ExportKind.PARTNER_TASKS)


def _show_elsewhere(shown: set[str]) -> None:
    """Of places without an agreement of the agency, what any resident may see."""
    if not viewer.scope().needs_agreements:
        return
    ws = cache.workspace()
    places = [each for each in community_work.community_places(ws) if each.title not in shown]
    tasks = [each for each in community_work.community_tasks(ws) if each.place not in shown]
    if places:
        st.subheader("Elsewhere", anchor=False)
        st.caption("Your agency has no sharing agreement in force there: Build only.")
        _show_building(places, name="Places elsewhere")
        _show_community_work(tasks[:_MOST], name="Work elsewhere")


def _show_to_the_community() -> None:
    ws = cache.workspace()
    places, tasks = community_work.community_places(ws), community_work.community_tasks(ws)
    st.subheader("Where communities build", anchor=False)
    _show_building(places, name="Places")
    explain("The places", ("phase_intensity", "shared_next"), key="explain_places")
    st.subheader("Work", anchor=False)
    _show_community_work(_chosen(tasks), name="Work")


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


def _chosen(tasks: Sequence[TaskT]) -> Sequence[TaskT]:
    """The work of one place or of all, what is still to do first, no more than can be read."""
    titles: list[str] = sorted({task.place for task in tasks})
    wanted = st.selectbox("Place", [_ALL, *titles], key="work_of_place")
    listed = [task for task in tasks if wanted in (_ALL, task.place)]
    listed.sort(key=lambda task: task.status in _DONE)
    if not listed:
        st.caption("No work is shared here yet.")
    if len(listed) > _MOST:
        st.caption(f"The first {_MOST} of {len(listed):,}. Choose a place to see its own.")
    return listed[:_MOST]


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
