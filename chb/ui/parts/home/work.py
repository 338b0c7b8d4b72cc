"""The top of the person's own work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.access.scope import Scope
from chb.domain.ocgs.register import OcgStanding
from chb.domain.planning.my_work import Timing, WorkItem
from chb.domain.wording import plural
from chb.services.planning.my_work import my_work
from chb.services.planning.ocg_register import overdue_reviews
from chb.services.workspace import Workspace
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.explained import explain
from chb.ui.parts.home.moments import FACTS_APART, due_words
from chb.ui.parts.page_links import show_page_link
from chb.ui.parts.words import literal_html

PRESSING: Final = (Timing.OVERDUE, Timing.DUE, Timing.WAITING)
_MOST: Final = 5


def show_own_work(ws: Workspace) -> None:
    """How much presses, and what comes first."""
    work = my_work(ws, *known_as(ws.scope))
    st.subheader("My work", anchor=False)
    with st.container(key="home-work"):
        show_cards(
            Card(
                timing.value.capitalize(),
                str(len(work[timing])),
                colour=theme.CLARET if timing is Timing.OVERDUE and work[timing] else theme.BLUE,
            )
            for timing in PRESSING
        )
    first = [item for timing in PRESSING for item in work[timing]][:_MOST]
    rows = work_rows(first, today=ws.today())
    st.html(
        f'<ul class="hf-news">{rows}</ul>' if rows else '<p class="hf-note">Nothing presses.</p>'
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        show_page_link("my-work", "All my work", icon="task_alt")
        explain("My work", ("home_work",), key="explain_work")


def show_overdue_reviews(ws: Workspace) -> None:
    """For who holds the lead officers to account: groups whose review is overdue, of all leads."""
    late = overdue_reviews(ws)
    st.subheader("Overdue reviews", anchor=False)
    if not late:
        st.html('<p class="hf-note">No group\'s review is overdue.</p>')
        return
    st.caption(f"{plural(len(late), 'group')}, the longest wait first.")
    rows = "".join(review_row(each, today=ws.today()) for each in late[:_MOST])
    st.html(f'<ul class="hf-news">{rows}</ul>')
    with st.container(horizontal=True, vertical_alignment="center"):
        show_page_link("ocgs", "Review calendar", icon="hub")
        explain("Overdue reviews", ("ocg_review_due",), key="explain_reviews")


def review_row(standing: OcgStanding, *, today: date) -> str:
    """A group, who leads on it, and how late its review is."""
    late = due_words(standing.review_due_on, today=today)
    return (
        f"<li><div><b>{literal_html(standing.ocg.code)}</b>"
        f"<small>{literal_html(standing.ocg.lro)}</small></div>"
        f'<em class="hf-late">{late}</em></li>'
    )


def known_as(scope: Scope) -> tuple[str, ...]:
    """What the person's work may be recorded under: their name, address and roles."""
    roles = sorted(role.value for role in scope.roles)
    return tuple(dict.fromkeys(name for name in (scope.name, scope.person, *roles) if name))


def work_rows(items: Iterable[WorkItem], *, today: date) -> str:
    """Each piece of work with what it is about and when it is due."""
    return "".join(_row(item, today) for item in items)


def _row(item: WorkItem, today: date) -> str:
    waits = f"waiting on {item.waiting_on}" if item.waiting_on else ""
    facts = FACTS_APART.join(fact for fact in (item.kind.value, item.about, waits) if fact)
    is_late = item.due_on is not None and item.due_on < today
    mark = ' class="hf-late"' if is_late else ""
    return (
        f"<li><div><b>{literal_html(item.title)}</b><small>{literal_html(facts)}</small></div>"
        f"<em{mark}>{due_words(item.due_on, today=today)}</em></li>"
    )
