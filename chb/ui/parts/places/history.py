"""Everything recorded about a place, the latest first. Nothing of it is ever rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Protocol

import streamlit as st

from chb.domain.places.phases import GatePassage
from chb.domain.places.places import Place
from chb.domain.places.records import RelationKind
from chb.domain.wording import plural
from chb.ui.parts.words import literal_html

_MOST: Final = 100
_LATEST: Final = 3
_ALL: Final = "Everything"
_RELATIONS: Final = {
    RelationKind.SPLIT_FROM: "Split from",
    RelationKind.MERGED_INTO: "Merged into",
}


class Recorded(Protocol):
    """Anything that was recorded: why, by whom and when."""

    @property
    def reason(self) -> str: ...
    @property
    def recorded_by(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...


@dataclass(frozen=True)
class HistoryLine:
    """One thing that was recorded, in words."""

    subject: str
    what: str
    on: date
    reason: str
    by: str
    at: datetime
    passage: GatePassage | None = None


def show_place_history(place: Place, listed: tuple[Place, ...]) -> None:
    """The entries, all of them or those of one subject."""
    lines = history_lines(place, {each.id: each.name for each in listed})
    subjects = [_ALL, *dict.fromkeys(line.subject for line in lines)]
    wanted = st.segmented_control(
        "About", subjects, default=_ALL, required=True, key=f"history_about:{place.id}"
    )
    shown = [line for line in lines if wanted in (_ALL, line.subject)]
    st.html("".join(_entry(line) for line in shown[:_MOST]))
    if len(shown) > _MOST:
        st.caption(f"The latest {_MOST} of {len(shown):,} entries.")


def show_latest(place: Place, listed: tuple[Place, ...]) -> None:
    """The last few entries; all of them are under History."""
    lines = history_lines(place, {each.id: each.name for each in listed})
    st.html("".join(_entry(line) for line in lines[:_LATEST]))


def history_lines(place: Place, names: dict[str, str]) -> list[HistoryLine]:
    """What was recorded about a place, the latest first; ``names`` are those of all places."""
    lines = [
        *_phases(place),
        *_boundaries(place),
        *_names(place),
        *_openings(place),
        *_ties(place),
        *_relations(place, names),
    ]
    return sorted(lines, key=lambda line: (line.at, line.on), reverse=True)


def passage_words(passage: GatePassage) -> str:
    """Through which gate a change went, and how many items were open there."""
    number = plural(len(passage.open_items), "item")
    open_then = f"with {number} open" if passage.open_items else "with every item met"
    version = f"checklist version {passage.checklist_version}"
    return f"Through the gate {passage.gate}, {version}, {open_then}"


def _phases(place: Place) -> Iterator[HistoryLine]:
    for each in place.history:
        line = _line("Phases", f"{each.phase} {each.intensity}", each.effective_on, each)
        yield replace(line, passage=each.gate)


def _boundaries(place: Place) -> Iterator[HistoryLine]:
    for each in place.boundaries:
        number = plural(len(each.cells), "cell")
        what = f"Boundary {each.change}: version {each.version}, {number}"
        yield _line("Boundary", what, each.valid_from, each)


def _names(place: Place) -> Iterator[HistoryLine]:
    for each in place.names:
        yield _line("Name", f"Called {each.name}", each.valid_from, each)


def _openings(place: Place) -> Iterator[HistoryLine]:
    for each in place.openings:
        what = "Opened again" if each.is_open else "Closed"
        yield _line("Closing", what, each.effective_on, each)


def _ties(place: Place) -> Iterator[HistoryLine]:
    for each in place.ties:
        what = f"{'Added' if each.is_added else 'Ended'}: {each.kind} {each.subject}"
        yield _line("Ties", what, each.effective_on, each)


def _relations(place: Place, names: dict[str, str]) -> Iterator[HistoryLine]:
    for each in place.relations:
        other = names.get(each.other_place_id, "a place that is not there any more")
        yield _line("Boundary", f"{_RELATIONS[each.kind]} {other}", each.effective_on, each)


def _line(subject: str, what: str, on: date, recorded: Recorded) -> HistoryLine:
    return HistoryLine(
        subject, what, on, recorded.reason, recorded.recorded_by, recorded.recorded_at
    )


def _entry(line: HistoryLine) -> str:
    return (
        f'<div class="hf-entry"><b>{literal_html(line.what)}</b> '
        f"<small>from {line.on:%d %B %Y}</small><p>{literal_html(line.reason)}</p>"
        f"{_passage(line.passage)}"
        f"<small>{literal_html(line.by)}, {line.at:%d %B %Y %H:%M}</small></div>"
    )


def _passage(passage: GatePassage | None) -> str:
    if passage is None:
        return ""
    items = "".join(f"<li>{literal_html(item)}</li>" for item in passage.open_items)
    listed = f'<ul class="hf-lacks">{items}</ul>' if items else ""
    return f"<p><b>{literal_html(passage_words(passage))}</b></p>{listed}"
