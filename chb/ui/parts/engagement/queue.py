"""The assets to call on and to be in touch with again, as figures and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.assets.engagement import Contact
from chb.domain.assets.register import AssetPin, AssetStatus
from chb.domain.assets.verification import verification_of
from chb.domain.planning.referral_options import verified_words
from chb.domain.wording import plural
from chb.services.assets.engagement import QueuedAsset
from chb.services.assets.follow_ups import FollowUp
from chb.ui import cache, theme
from chb.ui.parts.cards import Card, show_cards
from chb.ui.parts.html_table import Cell, Noted, show_table
from chb.ui.parts.planner_style import WARNING

_MOST: Final = 60
_STEP_M: Final = 10
_INSIDE_M: Final = 100
_QUEUE: Final = ("Asset", "Nearest place", "Status", "Last contact", "Checked")
_DUE: Final = ("Asset", "When", "Last contact", "In touch")


def show_engagement_cards(
    queue: Sequence[QueuedAsset], due: Sequence[FollowUp], *, today: date
) -> None:
    """How many nobody has spoken to, how many are being won, and what is late."""
    not_yet = sum(each.asset.status == AssetStatus.FOUND for each in queue)
    late = sum(each.due_on < today for each in due)
    show_cards(
        (
            Card("Not contacted", f"{not_yet:,}", "near a place at work"),
            Card("Contacted", f"{len(queue) - not_yet:,}", "not engaged yet"),
            Card(
                "In touch again",
                f"{len(due):,}",
                f"{late:,} late" if late else "a day was agreed",
                WARNING if late else theme.BLUE,
            ),
        )
    )


def of_one_place(queue: Sequence[QueuedAsset]) -> tuple[QueuedAsset, ...]:
    """The queue of the place that is chosen, or all of it."""
    names = {each.place_id: each.place_name for each in queue}
    chosen = st.selectbox(
        "Near",
        sorted(names, key=lambda each: names[each].casefold()),
        index=None,
        placeholder="Every place at work",
        format_func=lambda each: names[each],
        key="engagement_place",
        width=380,
    )
    return tuple(each for each in queue if chosen in (None, each.place_id))


def show_queue(queue: Sequence[QueuedAsset], *, today: date) -> None:
    """One row an asset, in the order of the queue."""
    if not queue:
        st.info(
            "Nothing to call on: no asset that is still to be won stands near a place at work.",
            icon=":material/handshake:",
        )
        return
    kinds = {kind.key: kind.label for kind in cache.asset_kinds()}
    rows = [_queued(each, kinds.get(each.asset.kind, each.asset.kind), today) for each in queue]
    show_table(_QUEUE, rows[:_MOST], name="Assets to call on")
    _say_how_many(len(queue))


def show_follow_ups(due: Sequence[FollowUp], *, today: date) -> None:
    """One row an asset to be in touch with again, the earliest day first."""
    if not due:
        st.info("No day is agreed with any asset.", icon=":material/event:")
        return
    show_table(_DUE, [_followed(each, today) for each in due[:_MOST]], name="In touch again")
    _say_how_many(len(due))


def distance_words(distance_m: float) -> str:
    """``about 230 m away``; nearer than its cells are wide it may stand inside."""
    if distance_m < _INSIDE_M:
        return f"within {_INSIDE_M} m"
    return f"about {round(distance_m / _STEP_M) * _STEP_M:,} m away"


def when_words(day: date, today: date) -> Noted:
    """A day, and how far off or how late it is."""
    days = (day - today).days
    if days == 0:
        note = "today"
    else:
        note = f"in {plural(days, 'day')}" if days > 0 else f"{plural(-days, 'day')} late"
    return Noted(_day(day), note)


def _queued(each: QueuedAsset, kind: str, today: date) -> Sequence[Cell]:
    return (
        Noted(each.asset.name, kind),
        Noted(each.place_name, distance_words(each.distance_m)),
        each.asset.status.value,
        _contact(each.last_contact),
        _checked(each.asset, today),
    )


def _followed(each: FollowUp, today: date) -> Sequence[Cell]:
    return (
        each.asset_name,
        when_words(each.due_on, today),
        _contact(each.contact),
        each.contact.by,
    )


def _checked(asset: AssetPin, today: date) -> Cell:
    """When somebody last looked, and what that is worth."""
    if asset.verified_on is None:
        return "never"
    age = verification_of(asset, today)
    return Noted(verified_words(asset.verified_on, today), age.state.value)


def _contact(contact: Contact | None) -> Cell:
    if contact is None:
        return "none"
    return Noted(f"{contact.outcome}", f"{contact.how}, {_day(contact.on)}")


def _say_how_many(number: int) -> None:
    if number > _MOST:
        st.caption(f"The first {_MOST} of {number:,}. Choose a place to see its own.")


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
