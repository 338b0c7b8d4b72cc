"""Home: when a visit begins, what changed since the one before, and in which groups it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

VISIT_ENDS_AFTER: Final = timedelta(minutes=30)
"""Without a look at Home; a look after that begins the next visit."""
FIRST_LOOK_BACK: Final = timedelta(days=14)
"""What somebody is shown who was never here."""
MOST_OF_A_GROUP: Final = 3


@dataclass(frozen=True, kw_only=True)
class HomeVisit:
    """When somebody looked at Home, and how far they are with the tour."""

    seen_at: datetime
    """Their last look."""
    since: datetime | None = None
    """The last look of the visit before; None during the first visit."""
    tour_is_away: bool = False
    tour_done: frozenset[str] = frozenset()
    """Keys of steps that they opened."""

    @property
    def is_first(self) -> bool:
        return self.since is None

    @property
    def looks_back_to(self) -> datetime:
        """The moment after which something counts as new to them."""
        return self.since or self.seen_at - FIRST_LOOK_BACK


def next_look(last: HomeVisit | None, now: datetime) -> HomeVisit:
    """One more look at Home.

    Within a visit what is new stays new, so that a reload shows the same list again.
    """
    if last is None:
        return HomeVisit(seen_at=now)
    if now - last.seen_at > VISIT_ENDS_AFTER:
        return replace(last, seen_at=now, since=last.seen_at)
    return replace(last, seen_at=now)


class Subject(StrEnum):
    """What a change is about: a group of the list, with a page of its own."""

    PLACES = "Places and phases"
    PLANS = "Plans and actions"
    DECISIONS = "Decisions"
    DISRUPTIONS = "Disruptions"
    OCGS = "OCGs"
    INTELLIGENCE = "Intelligence"
    SIGNALS = "Signals"
    PARTNERSHIP = "Partnership"
    REFERRALS = "Referrals"
    LEARNING = "Learning"
    ASSETS = "Assets"
    DATA = "Data"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that is new, as its viewer may read it."""

    title: str
    what: str
    """What happened to it: ``added``, ``proposed to agreed``."""
    at: datetime
    about: str = ""
    """The place or group it belongs to."""
    by: str = ""
    """Who recorded it; empty where the viewer is not told."""


@dataclass(frozen=True)
class Found:
    """Changes of one subject: how many things changed, and the newest of them."""

    subject: Subject
    number: int
    newest: tuple[Change, ...]
    is_more: bool = False
    """Whether there are more than were counted."""

    @classmethod
    def of(cls, subject: Subject, changes: Iterable[Change]) -> Found:
        """All of the changes given."""
        every = tuple(changes)
        return cls(subject, len(every), every)


def grouped(found: Iterable[Found], *, most: int = MOST_OF_A_GROUP) -> tuple[Found, ...]:
    """One group a subject, with the newest ``most`` changes of each.

    Groups come by the day of their newest change, those of one day in the order of Subject.
    """
    by_subject: dict[Subject, list[Found]] = defaultdict(list)
    for each in found:
        by_subject[each.subject].append(each)
    groups = (_together(each, by_subject[each], most) for each in Subject if each in by_subject)
    return tuple(sorted((group for group in groups if group.newest), key=_newest_day, reverse=True))


def _together(subject: Subject, parts: Iterable[Found], most: int) -> Found:
    parts = tuple(parts)
    changes = [change for part in parts for change in part.newest]
    changes.sort(key=lambda change: change.at, reverse=True)
    return Found(
        subject,
        number=sum(part.number for part in parts),
        newest=tuple(changes[:most]),
        is_more=any(part.is_more for part in parts),
    )


def _newest_day(group: Found) -> date:
    return group.newest[0].at.date()


@dataclass(frozen=True)
class ActionCount:
    """Actions at one place that are still to be done."""

    n: int
    n_overdue: int
    next_due_on: date | None
    """The first due date that has not passed."""


_MOST_FIELDS: Final = 3


def what_changed(
    before: Mapping[str, object] | None,
    after: Mapping[str, object],
    *,
    unseen: Collection[str] = (),
) -> str:
    """What happened to a record between two versions, in a few words.

    Empty when nothing did, or nothing but fields that are ``unseen``.
    """
    if before is None:
        return "added"
    if before.get("status") != after.get("status"):
        return f"{before.get('status')} to {after['status']}"
    silent = {"version", *unseen}
    fields = [_words(name) for name in after if name not in silent and differs(name, before, after)]
    if len(fields) > _MOST_FIELDS:
        fields = [*fields[:_MOST_FIELDS], f"{len(fields) - _MOST_FIELDS} more"]
    return f"changed: {', '.join(fields)}" if fields else ""


def differs(name: str, before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether a value changed; one that an older version did not have yet counts where it is set.

    An older version lacks the fields that came with a later edition of the program.
    """
    return before.get(name) != after.get(name) and (name in before or bool(after.get(name)))


def _words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ").replace("ocg", "OCG")
