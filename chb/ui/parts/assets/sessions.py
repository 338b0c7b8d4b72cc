"""The timetable of an asset: its sessions, and a form to add, change or end one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Final

import streamlit as st

from chb.domain.assets.ages import MOST_PEOPLE
from chb.domain.assets.register import Asset
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.refusal import Refusal
from chb.ui.parts.assets.edit import ask_ages
from chb.ui.parts.assets.saving import save_edited
from chb.ui.parts.assets.words import session_words
from chb.ui.parts.drafts import kept_area, kept_form, kept_line
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.record_fields import ask_reason
from chb.ui.parts.sending import as_shown, send_button

_DAYS: Final[list[Weekday]] = list(Weekday)
_WRITTEN: Final = "%d/%m/%Y"
_USUAL: Final = Session(Weekday.MONDAY, time(18), time(20))


def show_asset_sessions(asset: Asset) -> None:
    """The sessions as a list, and the form for one of them, a new one at first."""
    listed = _in_order(asset.sessions)
    at = st.selectbox(
        "Add or change",
        [None, *range(len(listed))],
        format_func=lambda each: "A new session" if each is None else session_words(listed[each]),
        key=f"open_session:{asset.id}:{asset.version}",
    )
    _ask(asset, listed, at)


def in_place_of(
    sessions: Sequence[Session], before: Session | None, after: Session | None
) -> tuple[Session, ...]:
    """The sessions with one changed, added (``before`` None) or ended (``after`` None)."""
    kept = [each for each in sessions if each != before]
    return tuple(_in_order([*kept, after] if after else kept))


def days_of_lines(lines: str) -> tuple[date, ...]:
    """Days as DD/MM/YYYY, one on each line; Refusal for a line that is none."""
    return tuple(_day(line.strip()) for line in lines.splitlines() if line.strip())


def _day(written: str) -> date:
    try:
        day, month, year = map(int, written.split("/"))
        return date(year, month, day)
    except ValueError:
        raise Refusal(
            "A day on which a session does not happen cannot be read",
            found=f"Found {written[:40]!r}",
            remedy="Write each as DD/MM/YYYY, one on each line",
        ) from None


def _in_order(sessions: Iterable[Session]) -> list[Session]:
    return sorted(sessions, key=lambda each: (_DAYS.index(each.weekday), each.start, each.end))


def _ask(asset: Asset, listed: Sequence[Session], at: int | None) -> None:
    before = None if at is None else listed[at]
    form = f"asset_session:{asset.id}:{'new' if at is None else at}"
    seen = as_shown(form, asset)
    with kept_form(form):
        made = _ask_when(before or _USUAL)
        ends = before is not None and st.checkbox("It does not happen any more")
        reason = ask_reason(before)
        by = ask_author()
        sent = send_button(form, "Save the session")
    if not sent:
        return

    def work(request_key: str) -> str:
        after = None if ends else made()
        edited = replace(seen, sessions=in_place_of(seen.sessions, before, after))
        why = reason or ("A session added" if before is None else "A session changed")
        return save_edited(edited, by=by, reason=why, request_key=request_key)

    save(form, work)


def _ask_when(present: Session) -> Callable[[], Session]:
    """The fields; the session is made of them when it is sent, and may be refused then."""
    day, first, second = st.columns([1.4, 1, 1])
    weekday = day.selectbox("Weekday", _DAYS, index=_DAYS.index(present.weekday))
    start = first.time_input("From", value=present.start, step=900)
    end = second.time_input("Until", value=present.end, step=900)
    activity = kept_line("What happens", value=present.activity, placeholder="For example boxing")
    youngest, oldest = ask_ages(present.youngest, present.oldest)
    capacity = st.number_input("People at once", 1, MOST_PEOPLE, value=present.capacity)
    term_time_only = st.checkbox("Term time only", value=present.term_time_only)
    days = kept_area(
        "Not on these days",
        value="\n".join(f"{each:{_WRITTEN}}" for each in present.exceptions),
        height=68,
        placeholder="DD/MM/YYYY, one on each line",
    )
    return lambda: Session(
        weekday=weekday,
        start=start,
        end=end,
        activity=activity,
        youngest=youngest,
        oldest=oldest,
        term_time_only=term_time_only,
        capacity=capacity,
        exceptions=days_of_lines(days),
    )
