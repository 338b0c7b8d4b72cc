"""What moving sessions to other hours would change in a week; nothing is saved.

Nothing here asks the store, so a screen may ask at every move.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time

from chb.domain.assets.sessions import Weekday
from chb.domain.refusal import Refusal
from chb.services.assets.weeks import Clash, Key, Week, in_order


@dataclass(frozen=True)
class Moved:
    """A session at another time; ``index`` is its place in the asset's timetable."""

    asset_id: str
    index: int
    weekday: Weekday
    start: time
    end: time


@dataclass(frozen=True)
class Effect:
    """What moving sessions would change."""

    week: Week
    clashes_ended: tuple[Clash, ...]
    """Of whose sessions none competes with another of them any more."""
    clashes_made: tuple[Clash, ...]
    """In which sessions compete that did not before."""
    evenings_gained: tuple[Weekday, ...]
    evenings_lost: tuple[Weekday, ...]


def what_if(week: Week, *moves: Moved) -> Effect:
    """The week with some sessions moved, beside what that ends and makes.

    Raises Refusal for a session that is not in the week, or one that would end before it starts.
    """
    slots = {slot.key: slot for slot in week.slots}
    for move in moves:
        slot = slots.get((move.asset_id, move.index))
        if slot is None:
            raise Refusal(
                "That session is not in this week",
                cause="Its asset may have been changed meanwhile, or it is for other ages",
                remedy="Look at the week again, then move it",
            )
        session = replace(slot.session, weekday=move.weekday, start=move.start, end=move.end)
        slots[move.asset_id, move.index] = replace(slot, session=session)
    moved = replace(week, slots=in_order(slots.values()))
    before, after = set(week.uncovered), set(moved.uncovered)
    return Effect(
        week=moved,
        clashes_ended=tuple(each for each in week.clashes if not _pairs_in(each, moved)),
        clashes_made=tuple(
            each for each in moved.clashes if _pairs_in(each, moved) - _pairs_in(each, week)
        ),
        evenings_gained=tuple(day for day in Weekday if day in before - after),
        evenings_lost=tuple(day for day in Weekday if day in after - before),
    )


def _pairs_in(clash: Clash, week: Week) -> set[tuple[Key, Key]]:
    """Which of the clash's sessions compete in a week, wherever in it they are."""
    keys = {slot.key for slot in clash.slots}
    return {pair for pair in week.competing if keys.issuperset(pair)}
