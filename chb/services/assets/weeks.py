"""A week of sessions: where they clash and which evenings are empty.

Nothing here asks the store, so a screen may work a week out again at every change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from functools import cached_property
from itertools import product
from typing import Final

from chb.domain.assets.sessions import Session, Weekday

LONGEST_SESSION_MINUTES: Final = 240
"""What is open longer is an opening, such as a library's: it covers an evening, and it does
not clash with what runs meanwhile."""
LEAST_EVENING_MINUTES: Final = 60
"""What an evening needs to count as covered."""
EVENING: Final = (time(17), time(21))

_DAYS: Final = list(Weekday)

Hours = tuple[time, time]
Key = tuple[str, int]
"""An asset's id and the place of a session in its timetable."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One session of an asset in the week; ``index`` is its place in the asset's timetable."""

    asset_id: str
    asset_name: str
    kind: str
    index: int
    session: Session
    ages: tuple[int, int]
    """Whom it is for, both ends included."""

    @property
    def key(self) -> Key:
        return self.asset_id, self.index

    @property
    def minutes(self) -> int:
        return _minutes(self.session.end) - _minutes(self.session.start)

    @property
    def is_opening(self) -> bool:
        return self.minutes > LONGEST_SESSION_MINUTES


@dataclass(frozen=True)
class Clash:
    """Sessions of different assets within reach of each other that compete for the same people.

    Each overlaps with another of them in time and in ages; hours run from the first start to
    the last end.
    """

    weekday: Weekday
    start: time
    end: time
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Evening:
    """What there is on the evening of a weekday, and for how many minutes of it."""

    weekday: Weekday
    slots: tuple[Slot, ...]
    minutes: int

    @property
    def is_covered(self) -> bool:
        return self.minutes >= LEAST_EVENING_MINUTES


@dataclass(frozen=True, kw_only=True)
class Week:
    """Sessions for an age band within reach of some cells, Monday first."""

    slots: tuple[Slot, ...]
    ages: tuple[int, int]
    near: frozenset[tuple[str, str]]
    """Pairs of assets, by id, that are within reach of each other; each pair once."""
    evening: Hours = EVENING
    n_assets: int = 0
    """Assets of the kinds asked about within reach, with a session or without."""
    choices: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()

    def on(self, weekday: Weekday) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.session.weekday == weekday)

    @cached_property
    def competing(self) -> frozenset[tuple[Key, Key]]:
        """Pairs of sessions of different assets that compete for the same people."""
        by_asset: dict[str, list[Slot]] = defaultdict(list)
        for slot in self.slots:
            if not slot.is_opening:
                by_asset[slot.asset_id].append(slot)
        return frozenset(
            (one.key, other.key)
            for pair in self.near
            for one, other in product(*(by_asset.get(asset, ()) for asset in pair))
            if self._compete(one, other)
        )

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """By weekday and hour."""
        by_key = {slot.key: slot for slot in self.slots}
        found = [in_order(by_key[key] for key in group) for group in _joined(self.competing)]
        return tuple(_clash(slots) for slots in sorted(found, key=lambda each: _order(each[0])))

    @cached_property
    def evenings(self) -> tuple[Evening, ...]:
        """All seven, Monday first."""
        return tuple(self._evening_of(weekday) for weekday in Weekday)

    @property
    def uncovered(self) -> tuple[Weekday, ...]:
        """Weekdays whose evening has nothing, or next to nothing."""
        return tuple(each.weekday for each in self.evenings if not each.is_covered)

    @property
    def days(self) -> tuple[Weekday, ...]:
        """Weekdays with a session at any hour."""
        return tuple(weekday for weekday in Weekday if self.on(weekday))

    def _compete(self, one: Slot, other: Slot) -> bool:
        return one.session.overlaps(other.session) and max(
            one.ages[0], other.ages[0], self.ages[0]
        ) <= min(one.ages[1], other.ages[1], self.ages[1])

    def _evening_of(self, weekday: Weekday) -> Evening:
        begins, ends = self.evening
        slots = tuple(
            slot
            for slot in self.on(weekday)
            if slot.session.start < ends and begins < slot.session.end
        )
        spans = ((max(slot.session.start, begins), min(slot.session.end, ends)) for slot in slots)
        return Evening(weekday, slots, _minutes_of(spans))


def in_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Monday first, then by start, end and name."""
    return tuple(sorted(slots, key=_order))


def _order(slot: Slot) -> tuple[int, time, time, str, str, int]:
    session = slot.session
    name = slot.asset_name.casefold()
    return (_DAYS.index(session.weekday), session.start, session.end, name, *slot.key)


def _joined(pairs: Iterable[tuple[Key, Key]]) -> Iterator[set[Key]]:
    """Sets of keys that pairs join, directly or by way of others."""
    beside: dict[Key, set[Key]] = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    while beside:
        group: set[Key] = set()
        waiting = {next(iter(beside))}
        while waiting:
            group |= waiting
            waiting = set().union(*(beside.pop(key) for key in waiting)) - group
        yield group


def _clash(slots: tuple[Slot, ...]) -> Clash:
    sessions = [slot.session for slot in slots]
    return Clash(
        weekday=sessions[0].weekday,
        start=min(session.start for session in sessions),
        end=max(session.end for session in sessions),
        slots=slots,
    )


def _minutes_of(spans: Iterable[Hours]) -> int:
    """Minutes that any of the spans covers, each counted once."""
    covered, until = 0, 0
    for start, end in sorted((_minutes(start), _minutes(end)) for start, end in spans):
        covered += max(end - max(start, until), 0)
        until = max(until, end)
    return covered


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
