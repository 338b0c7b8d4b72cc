"""Intelligence at a glance: figures, and the replies that are overdue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import streamlit as st

from chb.domain.people import Person
from chb.domain.planning.intelligence import (
    IntelligenceRequirement,
    PartnerRequest,
    RequestState,
)
from chb.domain.wording import plural
from chb.ui import theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.planner_style import WARNING
from chb.ui.parts.words import literal_html


@dataclass(frozen=True)
class Picture:
    """Requirements and requests about what is chosen, and the names that stand in them."""

    requirements: tuple[IntelligenceRequirement, ...]
    requests: tuple[PartnerRequest, ...]
    names: Mapping[str, str]
    """Of places and groups, by id."""
    people: Mapping[str, Person]
    """Those at work, by work address."""

    @cached_property
    def requests_of(self) -> Mapping[str, Sequence[PartnerRequest]]:
        """Requests by the requirement that they are made for."""
        found: defaultdict[str, list[PartnerRequest]] = defaultdict(list)
        for each in self.requests:
            if each.requirement_id:
                found[each.requirement_id].append(each)
        return found

    def about(self, record: IntelligenceRequirement | PartnerRequest) -> str:
        """The place and the OCG that a record is about."""
        ids = (record.place_id, record.ocg_id)
        return " and ".join(self.names[id_] for id_ in ids if id_ and id_ in self.names)

    def in_state(self, state: RequestState, today: date) -> tuple[PartnerRequest, ...]:
        """Requests that stand so on the day, the earliest due first."""
        return tuple(each for each in self.requests if each.state(today) == state)


def show_glance(picture: Picture, *, today: date) -> None:
    """What is open, what is late, what came back."""
    unanswered = [each for each in picture.requirements if each.is_open]
    late = sum(each.is_overdue(today) for each in unanswered)
    steps = (step for each in unanswered for step in each.collection)
    late_steps = sum(step.is_overdue(today) for step in steps)
    overdue, waiting, answered = (
        len(picture.in_state(state, today))
        for state in (RequestState.OVERDUE, RequestState.WAITING, RequestState.ANSWERED)
    )
    show_cards(
        (
            Card("Requirements", str(len(unanswered)), "to be answered"),
            _late_card("Late requirements", late, "past their day"),
            _late_card("Late sources", late_steps, "not delivered"),
            Card("Requests waiting", str(waiting), "for a partner's reply"),
            _late_card("Late replies", overdue, "past their day"),
            Card("Requests answered", str(answered), "or closed"),
        )
    )


def show_overdue_requests(picture: Picture, *, today: date) -> None:
    """Partners whose reply is late, the longest wait first."""
    late = picture.in_state(RequestState.OVERDUE, today)
    if not late:
        return
    st.warning(f"{plural(len(late), 'reply', 'replies')} overdue", icon=":material/alarm:")
    items = "".join(f"<li>{_late_words(each, picture, today)}</li>" for each in late)
    st.html(f'<ul class="hf-lacks" data-testid="overdue-requests">{items}</ul>')


def _late_card(label: str, number: int, note: str) -> Card:
    return Card(label, str(number), note, colour=WARNING if number else theme.BLUE)


def _late_words(each: PartnerRequest, picture: Picture, today: date) -> str:
    days = plural((today - each.due_on).days, "day")
    return (
        f"<b>{literal_html(each.agency)}</b>, {days} late: {literal_html(each.question)} "
        f"<small>({each.heading}; {literal_html(picture.about(each))})</small>"
    )
