"""Gates between phases: local checklists with evidence, never a score.

There are no official entry or exit criteria. A gate tells people what they
agreed to have in place; going through with items open is possible, and is kept
with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from chb.domain.places.phases import GatePassage, Intensity, Phase
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line, checked_text

MOST_ITEMS = 40
_AT_WORK = (Intensity.ACTIVE, Intensity.SUSTAINING)


class Gate(StrEnum):
    """The changes of phase that have a checklist."""

    CLEAR_TO_HOLD = "Clear to Hold"
    HOLD_TO_BUILD = "Hold to Build"
    BUILD_TO_EXIT = "Build to exit"


@dataclass(frozen=True)
class GateItem:
    """One thing to have in place. The key stays with its words from version to version."""

    key: str
    words: str
    hint: str = ""


@dataclass(frozen=True)
class Checklist:
    """One version of a gate's checklist; version 0 is the one that ships with the product."""

    gate: Gate
    version: int
    items: tuple[GateItem, ...]
    place_id: str = ""
    """The place it was written for; empty for the partnership's own."""
    reason: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None

    def item(self, key: str) -> GateItem:
        """The item of that key; Refusal when the checklist in force has none."""
        for item in self.items:
            if item.key == key:
                return item
        raise Refusal(
            "That item is not on the checklist",
            found=f"Version {self.version} of {self.gate} has no item {key!r}",
            cause="The checklist was probably edited meanwhile",
            remedy="Look at the checklist again",
        )


@dataclass(frozen=True)
class Figure:
    """A number the system worked out, with what it was made from."""

    name: str
    value: float
    unit: str
    period: str
    source: str

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        return cls(**values)

    def __str__(self) -> str:
        return f"{self.name}: {self.value:,.1f} {self.unit}, {self.period} ({self.source})"


@dataclass(frozen=True)
class Evidence:
    """What shows that an item is in place, or that it no longer is."""

    gate: Gate
    item_key: str
    checklist_version: int
    is_met: bool
    words: str
    link: str
    figure: Figure | None
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class GateState:
    """A gate at a place: its checklist in force and the last evidence for each item."""

    checklist: Checklist
    evidence: Mapping[str, Evidence]

    @property
    def open_items(self) -> tuple[GateItem, ...]:
        """Items without evidence, or whose last evidence says they are not met."""
        return tuple(
            item
            for item in self.checklist.items
            if item.key not in self.evidence or not self.evidence[item.key].is_met
        )

    @property
    def is_complete(self) -> bool:
        return not self.open_items

    def passage(self) -> GatePassage:
        """What a change of phase records when it goes through now."""
        return GatePassage(
            gate=self.checklist.gate.value,
            checklist_version=self.checklist.version,
            open_items=tuple(item.words for item in self.open_items),
        )


def gate_of(phase: Phase, before: Intensity | None, after: Intensity) -> Gate | None:
    """The gate that a change goes through, None for a change that has none.

    Clear has no gate: it may be started, and resumed, at any time with a reason.
    """
    starts = after in _AT_WORK and before not in _AT_WORK
    if phase == Phase.HOLD and starts:
        return Gate.CLEAR_TO_HOLD
    if phase == Phase.BUILD and starts:
        return Gate.HOLD_TO_BUILD
    if phase == Phase.BUILD and after == Intensity.CLOSED:
        return Gate.BUILD_TO_EXIT
    return None


def latest_evidence(entries: Iterable[Evidence]) -> dict[str, Evidence]:
    """The last entry for each item, by the item's key; entries run oldest first."""
    return {entry.item_key: entry for entry in entries}


def checked_items(items: Iterable[GateItem]) -> tuple[GateItem, ...]:
    """The items as they will be kept; Refusal for none, too many, or the same twice."""
    kept = tuple(
        GateItem(
            key=item.key,
            words=checked_text(item.words, what="A checklist item", longest=500),
            hint=checked_text(item.hint, what="A hint", required=False, longest=500),
        )
        for item in items
    )
    if not 0 < len(kept) <= MOST_ITEMS:
        raise Refusal(
            f"A checklist has 1 to {MOST_ITEMS} items",
            found=f"Found {len(kept)}",
            remedy="Keep to what the partnership must have agreed before the change",
        )
    seen: set[str] = set()
    for item in kept:
        if item.words.casefold() in seen:
            raise Refusal("A checklist asks each thing once", found=f"Twice: {item.words}")
        seen.add(item.words.casefold())
    return kept


def checked_link(link: str) -> str:
    """A web address or nothing; Refusal for an address that a browser would run or not find."""
    link = checked_line(link, what="A link", required=False, longest=2_000)
    if link and not link.lower().startswith(("https://", "http://")):
        raise Refusal(
            "A link starts with https://",
            found=f"Found {link[:80]!r}",
            remedy="Copy the address from the browser, or put a document's name in the words",
        )
    return link
