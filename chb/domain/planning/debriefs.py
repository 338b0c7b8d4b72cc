"""Debriefs: what worked, what to repeat, whom to thank, kept for the next place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from chb.domain.places.phases import Phase
from chb.domain.records import Record, checked_subject
from chb.domain.wording import checked_line, checked_text


@dataclass(frozen=True)
class Thanks:
    """Thanks owed to an agency or person, and when they were given."""

    to: str
    given_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Debrief(Record):
    """The record after a phase or an operation."""

    title: str
    held_on: date
    worked: str
    place_id: str | None = None
    ocg_id: str | None = None
    phase: Phase | None = None
    repeat: str = ""
    change: str = ""
    new_intelligence: str = ""
    thanks: tuple[Thanks, ...] = ()
    owner: str = ""

    def checked(self) -> Self:
        checked_subject(self.place_id, self.ocg_id, what="A debrief")
        return replace(
            self,
            title=checked_line(self.title, what="The title of the debrief"),
            worked=checked_text(self.worked, what="What worked"),
            repeat=checked_text(self.repeat, what="What to repeat", required=False),
            change=checked_text(self.change, what="What to do differently", required=False),
            new_intelligence=checked_text(
                self.new_intelligence, what="Intelligence not yet submitted", required=False
            ),
            thanks=tuple(
                replace(each, to=checked_line(each.to, what="Whom to thank"))
                for each in self.thanks
            ),
            owner=checked_line(self.owner, what="The owner", required=False),
        )

    @property
    def thanks_owed(self) -> tuple[str, ...]:
        return tuple(each.to for each in self.thanks if each.given_on is None)


def search(debriefs: Iterable[Debrief], words: str) -> tuple[Debrief, ...]:
    """Debriefs that hold every word, the most recent first; all of them for no words."""
    wanted = words.casefold().split()
    found = [each for each in debriefs if all(word in _text(each) for word in wanted)]
    return tuple(sorted(found, key=lambda each: each.held_on, reverse=True))


def _text(debrief: Debrief) -> str:
    parts = (debrief.title, debrief.worked, debrief.repeat, debrief.change, debrief.phase or "")
    return " ".join(parts).casefold()
