"""A week as a table: days down, hours across, what runs at once on lines under each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import time
from itertools import pairwise
from typing import Final

import streamlit as st

from chb.domain.assets.sessions import Session
from chb.domain.wording import plural
from chb.services.assets.weeks import LONGEST_SESSION_MINUTES, Evening, Key, Slot, Week
from chb.ui.parts.weeks.style import WEEK_RULES
from chb.ui.parts.words import literal_html

COLUMN_MINUTES: Final = 15
_HOUR: Final = 60 // COLUMN_MINUTES
_FIRST_HOURS: Final = (12, 21)
"""What is always on the table, so that weeks can be compared by eye."""

Span = tuple[int, int]
"""Columns since midnight: the first, and the one after the last."""


@dataclass(frozen=True)
class Marks:
    """What is said beside a session, by its key."""

    clashes: dict[Key, int]
    """Number of its clash."""
    moved: Collection[Key]

    @classmethod
    def of(cls, week: Week, moved: Collection[Key] = ()) -> Marks:
        """The clashes of a week, numbered from 1 in its order."""
        numbered = enumerate(week.clashes, start=1)
        return cls({slot.key: at for at, clash in numbered for slot in clash.slots}, moved)


def show_week(week: Week, *, name: str, moved: Collection[Key] = ()) -> None:
    """The table; ``moved`` are the sessions that stand where they were only tried."""
    marks = Marks.of(week, moved)
    shown = without_day_openings(week)
    n_left_out = len(week.slots) - len(shown.slots)
    if n_left_out and st.toggle(
        f"With {plural(n_left_out, 'opening')} of over {LONGEST_SESSION_MINUTES // 60} hours",
        key="week_openings",
        persist_state="session",
    ):
        shown = week
    st.html(WEEK_RULES + week_html(shown, name=name, marks=marks))


def without_day_openings(week: Week) -> Week:
    """The week without openings that neither clash nor reach into an evening."""
    begins, ends = week.evening
    kept = tuple(
        slot
        for slot in week.slots
        if not slot.is_opening or (slot.session.start < ends and begins < slot.session.end)
    )
    return replace(week, slots=kept)


def week_html(week: Week, *, name: str, marks: Marks) -> str:
    """The table as HTML, everybody's words in it as they were written."""
    hours = _hours_shown(week)
    columns = f'<colgroup><col class="hf-day"><col span="{_width(hours)}"></colgroup>'
    days = "".join(
        _day(evening, week.on(evening.weekday), hours, _columns_of(*week.evening), marks)
        for evening in week.evenings
    )
    return (
        f'<table class="hf-week" aria-label="{literal_html(name)}">'
        f"{columns}<thead><tr><td></td>{_hour_heads(hours)}</tr></thead>{days}</table>"
    )


def lanes(slots: Iterable[Slot]) -> list[list[Slot]]:
    """Sessions on as few lines as they need, none over another; in order of their start."""
    lines: list[list[Slot]] = []
    for slot in slots:
        begins = _columns(slot.session)[0]
        free = (line for line in lines if _columns(line[-1].session)[1] <= begins)
        line = next(free, None)
        if line is None:
            lines.append([slot])
        else:
            line.append(slot)
    return lines


def time_words(session: Session) -> str:
    """``18:00 to 20:00``."""
    return f"{session.start:%H:%M} to {session.end:%H:%M}"


def evening_words(evening: Evening) -> str:
    """How much of an evening is covered, in words."""
    if not evening.minutes:
        return "nothing"
    hours, minutes = divmod(evening.minutes, 60)
    told = " ".join(filter(None, (f"{hours} h" * bool(hours), f"{minutes} min" * bool(minutes))))
    return told if evening.is_covered else f"{told} only"


def _hours_shown(week: Week) -> Span:
    """Whole hours that hold every session and the evening."""
    begins, ends = _columns_of(*week.evening)
    spans = [_columns(slot.session) for slot in week.slots]
    first = min([begins, _FIRST_HOURS[0] * _HOUR, *(span[0] for span in spans)])
    last = max([ends, _FIRST_HOURS[1] * _HOUR, *(span[1] for span in spans)])
    return first // _HOUR * _HOUR, -(-last // _HOUR) * _HOUR


def _hour_heads(hours: Span) -> str:
    return "".join(
        f'<th scope="col" colspan="{_HOUR}">{at // _HOUR:02}<span>:00</span></th>'
        for at in range(*hours, _HOUR)
    )


def _day(
    evening: Evening, slots: tuple[Slot, ...], hours: Span, after_work: Span, marks: Marks
) -> str:
    """The lines of one day under one heading."""
    lines = lanes(slots) or [[]]
    head = (
        f'<th scope="rowgroup" rowspan="{len(lines)}">{evening.weekday}'
        f'<small class="{"" if evening.is_covered else "hf-bare"}">'
        f"{'Evening' if evening.is_covered else '○ Evening'}: {evening_words(evening)}"
        "</small></th>"
    )
    told = "" if evening.slots else "Nothing this evening"
    rows = [
        f"<tr>{'' if at else head}"
        f"{_line(line, hours, after_work, marks, empty='' if at else told)}</tr>"
        for at, line in enumerate(lines)
    ]
    return f"<tbody>{''.join(rows)}</tbody>"


def _line(line: list[Slot], hours: Span, after_work: Span, marks: Marks, *, empty: str) -> str:
    """The sessions of a line with what is free between them."""
    cells, at = [], hours[0]
    for slot in line:
        begins, ends = _columns(slot.session)
        cells += [*_free(at, begins, after_work, empty), _session(slot, marks)]
        at = ends
    return "".join([*cells, *_free(at, hours[1], after_work, empty)])


def _free(begins: int, ends: int, after_work: Span, empty: str) -> Iterator[str]:
    """Free time, parted where the evening begins and ends; ``empty`` is said of all of one."""
    cuts = sorted({begins, ends, *(cut for cut in after_work if begins < cut < ends)})
    for start, end in pairwise(cuts):
        is_evening = after_work[0] <= start and end <= after_work[1]
        is_whole = is_evening and (start, end) == after_work
        kind = "hf-eve hf-none-at-all" if is_whole and empty else "hf-eve" if is_evening else ""
        yield f'<td class="{kind}" colspan="{end - start}">{empty if is_whole else ""}</td>'


def _session(slot: Slot, marks: Marks) -> str:
    begins, ends = _columns(slot.session)
    clash = marks.clashes.get(slot.key)
    kinds = ["hf-open" if slot.is_opening else "hf-runs"]
    said = [literal_html(time_words(slot.session)), literal_html(slot.session.activity)]
    if clash is not None:
        kinds.append("hf-clash")
        said.append(f"<em>◆ Clash {clash}</em>")
    if slot.key in marks.moved:
        kinds.append("hf-moved")
        said.append("<em>▸ Moved here</em>")
    words = "".join(f"<span>{each}</span>" for each in said if each)
    return (
        f'<td class="{" ".join(kinds)}" colspan="{ends - begins}">'
        f"<b>{literal_html(slot.asset_name)}</b>{words}</td>"
    )


def _columns(session: Session) -> Span:
    return _columns_of(session.start, session.end)


def _columns_of(start: time, end: time) -> Span:
    """The columns that a span touches."""
    first = (start.hour * 60 + start.minute) // COLUMN_MINUTES
    return first, -(-(end.hour * 60 + end.minute) // COLUMN_MINUTES)


def _width(hours: Span) -> int:
    return hours[1] - hours[0]
