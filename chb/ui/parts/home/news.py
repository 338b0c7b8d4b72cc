"""What changed since the person was last here, under its subjects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.access.permissions import Permission, may
from chb.domain.access.scope import Scope
from chb.domain.home import Change, Found, HomeVisit, Subject
from chb.domain.wording import plural
from chb.services.home.changes import changes_in_full
from chb.services.home.shared_changes import shared_changes
from chb.services.workspace import Workspace
from chb.ui.parts.explained import explain
from chb.ui.parts.home.moments import FACTS_APART, moment_words
from chb.ui.parts.page_links import show_page_link
from chb.ui.parts.words import literal_html

_Page = tuple[str, Permission]
_MOST_GROUPS: Final = 5

PAGES: Final[dict[Subject, tuple[str, tuple[_Page, ...]]]] = {
    Subject.PLACES: (
        "flag",
        (("places", Permission.SEE_OPERATIONS), ("shared-work", Permission.SEE_COMMUNITY)),
    ),
    Subject.PLANS: (
        "checklist",
        (("plan", Permission.SEE_OPERATIONS), ("shared-work", Permission.SEE_COMMUNITY)),
    ),
    Subject.DECISIONS: ("gavel", (("decisions", Permission.SEE_OPERATIONS),)),
    Subject.DISRUPTIONS: ("bolt", (("disruptions", Permission.SEE_OPERATIONS),)),
    Subject.OCGS: ("hub", (("ocgs", Permission.SEE_OPERATIONS),)),
    Subject.INTELLIGENCE: (
        "search_insights",
        (("intelligence", Permission.MANAGE_INTELLIGENCE), ("my-work", Permission.SEE_COMMUNITY)),
    ),
    Subject.SIGNALS: ("forum", (("signals", Permission.SEND_SIGNALS),)),
    Subject.PARTNERSHIP: ("groups", (("partnership", Permission.MANAGE_PARTNERSHIP),)),
    Subject.REFERRALS: ("alt_route", (("referrals", Permission.SEE_COMMUNITY),)),
    Subject.LEARNING: ("school", (("learning", Permission.MANAGE_PARTNERSHIP),)),
    Subject.ASSETS: ("handshake", (("assets", Permission.SEE_COMMUNITY),)),
    Subject.DATA: ("database", (("data", Permission.SEE_HARM_BANDS),)),
}
"""The picture of a subject, and its pages: the first that the person may open is theirs."""


def show_news(ws: Workspace, visit: HomeVisit) -> None:
    """Every subject with something new; or that nothing is."""
    found = news(ws, visit)
    st.subheader("What changed", anchor=False)
    st.caption(since_words(visit, found, today=ws.today()))
    with st.container(key="home-news"):
        for group in found[:_MOST_GROUPS]:
            _show_group(group, ws)
        if len(found) > _MOST_GROUPS:
            with st.expander(f"{plural(len(found) - _MOST_GROUPS, 'more subject')}"):
                for group in found[_MOST_GROUPS:]:
                    _show_group(group, ws)
    explain("What changed", ("home_new",), key="explain_news")


def news(ws: Workspace, visit: HomeVisit) -> tuple[Found, ...]:
    """Changes since the last visit, as the person may read them."""
    if may(ws.scope, Permission.SEE_OPERATIONS):
        return changes_in_full(ws, visit.looks_back_to)
    return shared_changes(ws, visit.looks_back_to)


def since_words(visit: HomeVisit, found: Sequence[Found], *, today: date) -> str:
    """Since when the list is, and how much is on it."""
    number = sum(group.number for group in found)
    counted = plural(number, "change") if number else "nothing new"
    if any(group.is_more for group in found):
        counted = f"more than {counted}"
    if visit.is_first:
        return f"Your first visit: the last 14 days, {counted}."
    return f"Since your last visit, {moment_words(visit.looks_back_to, today=today)}: {counted}."


def page_of(subject: Subject, scope: Scope) -> str:
    """The address of the person's page for a subject; empty when they have none."""
    pages = PAGES[subject][1]
    return next((path for path, permission in pages if may(scope, permission)), "")


def _show_group(group: Found, ws: Workspace) -> None:
    title = f"{group.subject} ({group.number:,}{' or more' if group.is_more else ''})"
    path = page_of(group.subject, ws.scope)
    with st.container(gap="xxsmall"):
        if path:
            show_page_link(path, title, icon=PAGES[group.subject][0])
        else:
            st.html(f'<p class="hf-group">{literal_html(title)}</p>')
        rows = "".join(change_row(change, today=ws.today()) for change in group.newest)
        st.html(f'<ul class="hf-news">{rows}{_more(group)}</ul>')


def change_row(change: Change, *, today: date) -> str:
    """What is new, what happened to it, what it belongs to, by whom and when."""
    facts = [change.what, change.about, f"by {change.by}" if change.by else ""]
    words = literal_html(FACTS_APART.join(fact for fact in facts if fact))
    when = moment_words(change.at, today=today)
    return (
        f"<li><div><b>{literal_html(change.title)}</b><small>{words}</small></div>"
        f'<time datetime="{change.at:%Y-%m-%dT%H:%MZ}">{when}</time></li>'
    )


def _more(group: Found) -> str:
    left = group.number - len(group.newest)
    return f"<li><em>and {left:,} more</em></li>" if left > 0 else ""
