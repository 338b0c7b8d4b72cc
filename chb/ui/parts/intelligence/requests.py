"""Partner requests under the six headings, those that wait for a reply first."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from chb.domain.planning.intelligence import PartnerRequest, RequestHeading, RequestState
from chb.ui import theme
from chb.ui.parts.intelligence.glance import Picture
from chb.ui.parts.planner_style import WARNING
from chb.ui.parts.words import literal_html

_MOST: Final = 12
_EDGES: Final = {
    RequestState.OVERDUE: WARNING,
    RequestState.WAITING: theme.BLUE,
    RequestState.ANSWERED: theme.HAIRLINE,
}
_ORDER: Final = tuple(_EDGES)


def show_requests(picture: Picture, *, today: date) -> None:
    """A box a heading, with what it asks for; an empty one stays and says so."""
    boxes = "".join(_box(heading, picture, today) for heading in RequestHeading)
    st.html(f'<div class="hf-headings" data-testid="requests">{boxes}</div>')


def _box(heading: RequestHeading, picture: Picture, today: date) -> str:
    under = sorted(
        (each for each in picture.requests if each.heading == heading),
        key=lambda each: (_ORDER.index(each.state(today)), each.due_on),
    )
    lines = "".join(_request(each, picture, today) for each in under[:_MOST])
    more = len(under) - _MOST
    rest = f"<p><small>and {more} more: choose a place or an OCG</small></p>" if more > 0 else ""
    return (
        f"<div><b>{heading}</b><p><small>{heading.asks_for}</small></p>"
        f"{lines or '<p><small>Nobody is asked yet.</small></p>'}{rest}</div>"
    )


def _request(each: PartnerRequest, picture: Picture, today: date) -> str:
    replies = "".join(
        f"<p><small>{reply.received_on.day} {reply.received_on:%b %Y}, "
        f"{literal_html(reply.by)}</small>{literal_html(reply.text)}</p>"
        for reply in each.replies
    )
    return (
        f'<div class="hf-entry hf-old" style="border-left-color:{_EDGES[each.state(today)]}">'
        f"<p>{literal_html(each.question)}"
        f"<small>{literal_html(each.agency)}; {literal_html(picture.about(each))}; "
        f"{_due(each, today)}</small></p>{replies}</div>"
    )


def _due(each: PartnerRequest, today: date) -> str:
    day = f"{each.due_on.day} {each.due_on:%b %Y}"
    match each.state(today):
        case RequestState.OVERDUE:
            return f'<span class="hf-late">overdue since {day}</span>'
        case RequestState.WAITING:
            return f"due {day}"
        case RequestState.ANSWERED:
            return "answered" if each.replies else "closed without a reply"
